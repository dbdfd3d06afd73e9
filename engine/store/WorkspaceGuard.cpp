// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/WorkspaceGuard.h"

#include "engine/base/Clock.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QSaveFile>

namespace carillon {

namespace {

constexpr qint64 longestMemory = 4'096; // bytes; what is longer is not ours

// What was found when the workspace was opened.
struct Found {
    std::optional<WorkspacePlace> before;
    qint64 lastSeq = 0;
};

QString sentenceOf(PlaceVerdict verdict, const WorkspacePlace& before)
{
    const QString day
        = QLocale().toString(QDateTime::fromMSecsSinceEpoch(before.usedAt).date(), QStringLiteral("d MMMM yyyy"));
    switch (verdict) {
    case PlaceVerdict::OtherMachine:
        return WorkspaceGuard::tr("This workspace was last used on another machine (%1), on %2.").arg(before.host, day);
    case PlaceVerdict::OtherFile:
        return WorkspaceGuard::tr("This workspace is a copy: it was last used as %1, on %2.").arg(before.path, day);
    case PlaceVerdict::OlderCopy:
        return WorkspaceGuard::tr("This workspace is an older copy, of %1: a newer one was used here since.").arg(day);
    case PlaceVerdict::Same: break;
    }
    return {};
}

} // namespace

WorkspaceGuard::WorkspaceGuard(Store& store, Clock& clock, QString stateFolder)
    : m_store(store)
    , m_clock(clock)
    , m_stateFolder(std::move(stateFolder))
    , m_here(WorkspacePlace::here(store.path(), store.workspaceId()))
    , m_memory(readMemory())
{
}

Status WorkspaceGuard::check()
{
    const Result<Found> found = m_store
                                    .read([this](Connection& connection) -> Result<Found> {
                                        return Found{readPlace(connection), LogRepository(connection).lastSeq()};
                                    })
                                    .result();
    if (!found)
        return fail(found.error());
    const PlaceVerdict verdict = judgePlace(found->before, m_here, m_memory, found->lastSeq);
    if (verdict != PlaceVerdict::Same) {
        m_sentence = sentenceOf(verdict, *found->before);
        m_held = true;
        return {};
    }
    const Status written = m_store
                               .write([this, now = m_clock.now()](Connection& connection) -> Status {
                                   takePlace(connection, now);
                                   return {};
                               })
                               .result();
    if (!written)
        return written;
    rememberLater();
    return remember();
}

std::optional<WorkspacePlace> WorkspaceGuard::readPlace(Connection& connection) const
{
    Rows rows = connection.query("SELECT value FROM workspace WHERE key = 'place'");
    return rows.next() ? workspacePlaceOf(rows.json(0)) : std::nullopt;
}

void WorkspaceGuard::takePlace(Connection& connection, qint64 now) const
{
    WorkspacePlace place = m_here;
    const std::optional<WorkspacePlace> before = readPlace(connection);
    // Beyond both: a copy that was left behind is the older one from now on.
    place.generation = qMax(before ? before->generation : 0, m_memory ? m_memory->generation : 0) + 1;
    place.usedAt = now;
    connection.run("INSERT INTO workspace (key, value) VALUES ('place', ?) ON CONFLICT (key) DO UPDATE SET value = "
                   "excluded.value",
                   toJson(place));
}

void WorkspaceGuard::markReleased()
{
    if (m_held.exchange(false))
        Q_EMIT released();
}

QString WorkspaceGuard::memoryPath() const
{
    return QDir(m_stateFolder).filePath(m_store.workspaceId() + QStringLiteral(".json"));
}

std::optional<WorkspaceMemory> WorkspaceGuard::readMemory() const
{
    QFile file(memoryPath());
    if (m_stateFolder.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.read(longestMemory)).object();
    const WorkspaceMemory memory{object.value(u"generation").toInteger(), object.value(u"seq").toInteger()};
    return memory.generation > 0 ? std::optional(memory) : std::nullopt;
}

Status WorkspaceGuard::remember() const
{
    if (m_stateFolder.isEmpty() || m_held)
        return {};
    const Result<Found> found = m_store
                                    .read([this](Connection& connection) -> Result<Found> {
                                        return Found{readPlace(connection), LogRepository(connection).lastSeq()};
                                    })
                                    .result();
    if (!found)
        return fail(found.error());
    const QJsonObject object{{QStringLiteral("generation"), found->before ? found->before->generation : 0},
                             {QStringLiteral("seq"), found->lastSeq}};
    QDir().mkpath(m_stateFolder);
    QSaveFile file(memoryPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0
        || !file.commit())
        return fail(ErrorCode::Storage,
                    tr("%1 cannot be written (%2): an older copy that is restored over this workspace will not be noticed.")
                        .arg(file.fileName(), file.errorString()));
    return {};
}

void WorkspaceGuard::rememberLater()
{
    m_clock.after(RememberMs, this, [this] {
        (void)remember(); // it was said at opening if it cannot be written; the next minute tries again
        rememberLater();
    });
}

} // namespace carillon
