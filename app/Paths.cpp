// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

namespace carillon {

Result<QString> defaultWorkspacePath()
{
    const QString folder
        = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/carillon");
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::Storage,
                    QCoreApplication::translate("Paths", "The folder %1 cannot be made. Name a workspace with --workspace.")
                        .arg(folder));
    return folder + QStringLiteral("/workspace.carillon");
}

QString stateFolder()
{
    const QString ofService = qEnvironmentVariable("STATE_DIRECTORY").section(u':', 0, 0);
    if (!ofService.isEmpty())
        return ofService;
    const QString ofUser = qEnvironmentVariable("XDG_STATE_HOME");
    return (ofUser.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : ofUser) + QStringLiteral("/carillon");
}

QString userName()
{
    return userName(geteuid());
}

QString userName(uint user)
{
    const passwd* entry = getpwuid(user);
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(user);
}

} // namespace carillon
