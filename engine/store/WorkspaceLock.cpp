// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/WorkspaceLock.h"

#include <QCoreApplication>

#include <sys/file.h>

namespace carillon {

Result<std::unique_ptr<WorkspaceLock>> WorkspaceLock::take(const QString& databasePath)
{
    std::unique_ptr<WorkspaceLock> lock(new WorkspaceLock);
    lock->m_file.setFileName(databasePath + QStringLiteral(".lock"));
    if (!lock->m_file.open(QIODevice::ReadWrite))
        return fail(ErrorCode::Storage,
                    QCoreApplication::translate("Store", "%1 cannot be written: %2.")
                        .arg(lock->m_file.fileName(), lock->m_file.errorString()));
    if (flock(lock->m_file.handle(), LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::Busy,
                    QCoreApplication::translate("Store", "Another Carillon has this workspace open (%1). Close it first.")
                        .arg(databasePath));
    return lock;
}

} // namespace carillon
