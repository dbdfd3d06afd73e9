// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/WorkspacePlace.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <sys/stat.h>

namespace carillon {

namespace {

constexpr int machineDigits = 32;

QString machineOf(const QString& workspaceId)
{
    QFile file(QStringLiteral("/etc/machine-id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray id = file.read(64).trimmed();
    if (id.isEmpty())
        return {};
    const QByteArray both = id + ' ' + workspaceId.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(both, QCryptographicHash::Sha256).toHex().left(machineDigits));
}

bool isOlder(const WorkspacePlace& place, const WorkspaceMemory& memory, qint64 lastSeq)
{
    return place.generation < memory.generation || (place.generation == memory.generation && lastSeq < memory.seq);
}

} // namespace

WorkspacePlace WorkspacePlace::here(const QString& path, const QString& workspaceId)
{
    WorkspacePlace place;
    place.machine = machineOf(workspaceId);
    place.host = QSysInfo::machineHostName();
    place.path = QFileInfo(path).canonicalFilePath();
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) == 0) {
        place.device = qint64(status.st_dev);
        place.inode = qint64(status.st_ino);
    }
    return place;
}

QJsonObject toJson(const WorkspacePlace& place)
{
    // Numbers of 64 bits as text: JSON numbers lose digits.
    return {{QStringLiteral("machine"), place.machine},
            {QStringLiteral("host"), place.host},
            {QStringLiteral("path"), place.path},
            {QStringLiteral("device"), QString::number(place.device)},
            {QStringLiteral("inode"), QString::number(place.inode)},
            {QStringLiteral("generation"), place.generation},
            {QStringLiteral("used_at"), place.usedAt}};
}

std::optional<WorkspacePlace> workspacePlaceOf(const QJsonObject& object)
{
    WorkspacePlace place;
    place.machine = object.value(u"machine").toString();
    place.host = object.value(u"host").toString();
    place.path = object.value(u"path").toString();
    place.device = object.value(u"device").toString().toLongLong();
    place.inode = object.value(u"inode").toString().toLongLong();
    place.generation = object.value(u"generation").toInteger();
    place.usedAt = object.value(u"used_at").toInteger();
    return place.generation > 0 ? std::optional(place) : std::nullopt;
}

PlaceVerdict judgePlace(const std::optional<WorkspacePlace>& before, const WorkspacePlace& now,
                        const std::optional<WorkspaceMemory>& memory, qint64 lastSeq)
{
    if (!before)
        return PlaceVerdict::Same;
    if (!before->machine.isEmpty() && !now.machine.isEmpty() && before->machine != now.machine)
        return PlaceVerdict::OtherMachine;
    if (memory && isOlder(*before, *memory, lastSeq))
        return PlaceVerdict::OlderCopy;
    const bool samePath = before->path == now.path;
    if (before->inode == now.inode && (before->device == now.device || samePath))
        return PlaceVerdict::Same;
    return samePath && memory ? PlaceVerdict::Same : PlaceVerdict::OtherFile;
}

} // namespace carillon
