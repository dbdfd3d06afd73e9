// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/realtime/LogSource.h"

#include <algorithm>

namespace carillon {

// A log in memory, for tests: append() commits, and each fetch is answered in a later turn of the event loop.
class MemoryLog final : public LogSource {
public:
    using LogSource::LogSource;

    qint64 lastSeq() const override { return m_log.isEmpty() ? 0 : m_log.last().seq; }

    void fetch(qint64 after, int limit, QObject* context, Callback callback) override
    {
        ++fetches;
        QMetaObject::invokeMethod(
            context, [this, after, limit, callback = std::move(callback)] { callback(read(after, limit)); },
            Qt::QueuedConnection);
    }

    // Numbers skip `hole` values first, as after a rollback.
    void append(const QString& type, qint64 campaignId = 0, const QJsonObject& data = {}, qint64 hole = 0)
    {
        LogEntry entry;
        entry.seq = lastSeq() + 1 + hole;
        entry.time = 1'700'000'000'000 + entry.seq;
        entry.type = type;
        entry.campaignId = campaignId;
        entry.channel = QStringLiteral("email");
        entry.data = data;
        m_log.append(entry);
    }
    // Takes the entry as it is, with the next number.
    void append(LogEntry entry)
    {
        entry.seq = lastSeq() + 1;
        m_log.append(entry);
    }
    void announce() { Q_EMIT advanced(lastSeq()); }

    const QList<LogEntry>& all() const { return m_log; }
    int fetches = 0;
    bool broken = false;

private:
    Result<QList<LogEntry>> read(qint64 after, int limit) const
    {
        if (broken)
            return fail(ErrorCode::Storage, QStringLiteral("The log cannot be read."));
        const auto from
            = std::upper_bound(m_log.begin(), m_log.end(), after, [](qint64 seq, const LogEntry& e) { return seq < e.seq; });
        return m_log.mid(from - m_log.begin(), limit);
    }

    QList<LogEntry> m_log;
};

} // namespace carillon
