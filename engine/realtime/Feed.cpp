// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/Feed.h"

#include "engine/base/Clock.h"

#include <algorithm>

namespace carillon {

FeedSubscription::FeedSubscription(Feed& feed, QList<LogFilter> filters, qint64 after)
    : m_feed(&feed)
    , m_filters(std::move(filters))
    , m_cursor(after)
{
}

FeedSubscription::~FeedSubscription()
{
    if (m_feed)
        m_feed->m_readers.removeOne(this);
}

void FeedSubscription::next()
{
    QMetaObject::invokeMethod(this, [this] {
        m_asking = !m_cut;
        if (m_feed)
            m_feed->turnSoon();
    });
}

bool FeedSubscription::takes(const LogEntry& entry) const
{
    return std::any_of(m_filters.begin(), m_filters.end(), [&](const LogFilter& filter) { return filter.matches(entry); });
}

Feed::Feed(LogSource& source, Clock& clock, FeedLimits limits, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_clock(clock)
    , m_limits(limits)
    , m_head(source.lastSeq())
{
    connect(&m_source, &LogSource::advanced, this, &Feed::onAdvanced);
}

Feed::~Feed() = default;

std::unique_ptr<FeedSubscription> Feed::subscribe(const QList<LogFilter>& filters, qint64 after)
{
    std::unique_ptr<FeedSubscription> reader(new FeedSubscription(*this, filters, std::clamp<qint64>(after, 0, m_head)));
    m_readers.append(reader.get());
    return reader;
}

void Feed::onAdvanced(qint64 lastSeq)
{
    m_head = qMax(m_head, lastSeq);
    if (m_pacing || m_readers.isEmpty())
        return;
    m_pacing = true;
    m_clock.after(m_limits.paceMs, this, [this] {
        m_pacing = false;
        turn();
    });
}

void Feed::turnSoon()
{
    if (!std::exchange(m_turning, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_turning = false;
                turn();
            },
            Qt::QueuedConnection);
}

void Feed::turn()
{
    cutIdle();
    pump();
    // A reader that is told something may destroy itself or others.
    QList<QPointer<FeedSubscription>> readers(m_readers.begin(), m_readers.end());
    for (const auto& reader : readers) {
        if (reader && reader->m_asking && !reader->m_reading)
            serve(*reader);
    }
}

void Feed::cutIdle()
{
    QList<QPointer<FeedSubscription>> readers(m_readers.begin(), m_readers.end());
    for (const auto& reader : readers) {
        if (!reader || reader->m_asking || reader->m_cut || m_head - reader->m_cursor <= m_limits.maxLag)
            continue;
        reader->m_cut = true;
        Q_EMIT reader->cut(reader->m_cursor, m_head);
    }
}

void Feed::pump()
{
    if (m_pumping || m_failing || m_readers.isEmpty() || m_tailTo >= m_head)
        return;
    if (m_head - m_tailTo > m_limits.tail) {
        m_tail.clear();
        m_tailFrom = m_tailTo = m_head - m_limits.tail;
    }
    m_pumping = true;
    const int limit = m_limits.batch;
    const auto done = [this, limit, head = m_head](const Result<QList<LogEntry>>& read) { pumped(limit, head, read); };
    m_source.fetch(m_tailTo, limit, this, done);
}

void Feed::pumped(int limit, qint64 head, const Result<QList<LogEntry>>& read)
{
    m_pumping = false;
    if (!read) {
        readFailed(read.error());
        return;
    }
    m_tail.insert(m_tail.end(), read->begin(), read->end());
    if (!read->isEmpty())
        m_tailTo = read->last().seq;
    if (read->size() < limit)
        m_tailTo = qMax(m_tailTo, head);
    m_head = qMax(m_head, m_tailTo);
    trimTail();
    turn();
}

void Feed::trimTail()
{
    while (m_tail.size() > size_t(m_limits.tail)) {
        m_tailFrom = m_tail.front().seq;
        m_tail.pop_front();
    }
}

void Feed::serve(FeedSubscription& reader)
{
    if (reader.m_cursor < m_tailFrom)
        readPast(reader);
    else if (reader.m_cursor < m_tailTo)
        serveFromTail(reader);
}

void Feed::serveFromTail(FeedSubscription& reader)
{
    auto entry = std::upper_bound(m_tail.begin(), m_tail.end(), reader.m_cursor,
                                  [](qint64 seq, const LogEntry& other) { return seq < other.seq; });
    QList<LogEntry> taken;
    qint64 through = m_tailTo;
    for (; entry != m_tail.end(); ++entry) {
        if (!reader.takes(*entry))
            continue;
        taken.append(*entry);
        if (taken.size() >= m_limits.batch) {
            through = entry->seq;
            break;
        }
    }
    deliver(reader, taken, through);
}

void Feed::readPast(FeedSubscription& reader)
{
    if (m_failing || m_pastReads >= m_limits.reads)
        return;
    ++m_pastReads;
    reader.m_reading = true;
    const auto done = [this, to = QPointer(&reader), head = m_head](const Result<QList<LogEntry>>& read) {
        --m_pastReads;
        pastRead(to, head, read);
    };
    m_source.fetch(reader.m_cursor, m_limits.batch, this, done);
}

void Feed::pastRead(FeedSubscription* reader, qint64 head, const Result<QList<LogEntry>>& read)
{
    if (reader) {
        reader->m_reading = false;
        // Those who wait for a read of their own come before it gets another.
        m_readers.removeOne(reader);
        m_readers.append(reader);
    }
    if (!read) {
        readFailed(read.error());
        return;
    }
    turnSoon();
    if (!reader)
        return;
    QList<LogEntry> taken;
    std::copy_if(read->begin(), read->end(), std::back_inserter(taken),
                 [&](const LogEntry& entry) { return reader->takes(entry); });
    qint64 through = read->isEmpty() ? reader->m_cursor : read->last().seq;
    // Fewer than asked for: that was all there was when it was asked.
    if (read->size() < m_limits.batch)
        through = qMax(through, head);
    deliver(*reader, taken, through);
}

void Feed::readFailed(const Error& error)
{
    if (std::exchange(m_failing, true))
        return;
    m_clock.after(m_limits.retryMs, this, [this] {
        m_failing = false;
        turn();
    });
    Q_EMIT failed(error);
}

void Feed::deliver(FeedSubscription& reader, const QList<LogEntry>& taken, qint64 through)
{
    reader.m_cursor = through;
    if (taken.isEmpty())
        return;
    reader.m_asking = false;
    Q_EMIT reader.entries(taken, through);
}

} // namespace carillon
