// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/LogFilter.h"
#include "engine/realtime/LogSource.h"

#include <QPointer>

#include <deque>
#include <memory>

namespace carillon {

class Clock;
class Feed;

// One reader of the feed: a filter, a place in the log, and a pull.
//
// It asks with next() and gets one entries() or one cut() for it, as soon as there is something that its filter takes;
// between the two nothing is held for it, so a reader that does not ask costs nothing and can wait as long as it likes, up
// to the feed's maxLag. Then it is told what it misses and is cut: it gets nothing more, and who wants to go on subscribes
// anew.
//
// Lives in the feed's thread. next() may be called from any thread, and the signals may be queued to any (the window).
// Destroy it in the feed's thread, or with deleteLater() from another.
class FeedSubscription : public QObject {
    Q_OBJECT

public:
    ~FeedSubscription() override;

    // Asks for the next batch. Asking again before it came is the same as asking once.
    void next();

    // Entries up to here were delivered or did not match.
    qint64 cursor() const { return m_cursor; }
    bool isCut() const { return m_cut; }
    // An entry is delivered when any of the filters matches; none: nothing is.
    const QList<LogFilter>& filters() const { return m_filters; }
    // Holds from the cursor on.
    void setFilters(const QList<LogFilter>& filters) { m_filters = filters; }

Q_SIGNALS:
    // In order, no gap, no repeat, never empty. `through` is the new cursor: at or after the last entry.
    void entries(const QList<carillon::LogEntry>& entries, qint64 through);
    // It fell too far behind: what lies after `from` up to and including `to` will not come, and nothing after.
    void cut(qint64 from, qint64 to);

private:
    friend class Feed;
    FeedSubscription(Feed& feed, QList<LogFilter> filters, qint64 after);
    bool takes(const LogEntry& entry) const;

    QPointer<Feed> m_feed;
    QList<LogFilter> m_filters;
    qint64 m_cursor;
    bool m_asking = false;
    bool m_reading = false; // its own read of the past is under way
    bool m_cut = false;
};

struct FeedLimits {
    int tail = 8'192; // newest entries kept in memory, which serve every reader near the head with one read of the log
    int batch = 1'000; // entries looked at for one delivery
    qint64 maxLag = 100'000; // a reader that does not ask and is further behind is cut
    int reads = 4; // of the past, at the same time
    qint64 paceMs = 25; // commits within that time are read and announced together
    qint64 retryMs = 1'000; // after the log could not be read
};

// Announces the committed log, in order, to any number of readers (the window, sockets, ...), each at its own pace.
//
// A reader near the head is served from the tail in memory, one further back by reads of its own, a few readers at a time.
// While nobody listens nothing is read. A failed read is tried again and told through failed(): readers wait, and miss
// nothing.
//
// Lives in one thread, that of the socket server. Outlived by its source and clock; subscriptions may outlive it and fall
// silent.
//
//     auto subscription = feed.subscribe({filter}, feed.lastSeq());
//     connect(subscription.get(), &FeedSubscription::entries, this, [...] { show(...); subscription->next(); });
//     subscription->next();
class Feed : public QObject {
    Q_OBJECT

public:
    Feed(LogSource& source, Clock& clock, FeedLimits limits = {}, QObject* parent = nullptr);
    ~Feed() override;

    qint64 lastSeq() const { return m_head; }
    // Delivers what comes after `after`; a number beyond the head counts as the head.
    std::unique_ptr<FeedSubscription> subscribe(const QList<LogFilter>& filters, qint64 after);

Q_SIGNALS:
    // The log could not be read; it is tried again.
    void failed(const carillon::Error& error);

private:
    friend class FeedSubscription;

    void onAdvanced(qint64 lastSeq);
    void turnSoon();
    void turn();
    void cutIdle();
    void pump();
    void pumped(int limit, qint64 head, const Result<QList<LogEntry>>& read);
    void trimTail();
    void serve(FeedSubscription& reader);
    void serveFromTail(FeedSubscription& reader);
    void readPast(FeedSubscription& reader);
    void pastRead(FeedSubscription* reader, qint64 head, const Result<QList<LogEntry>>& read);
    void readFailed(const Error& error);
    static void deliver(FeedSubscription& reader, const QList<LogEntry>& taken, qint64 through);

    LogSource& m_source;
    Clock& m_clock;
    FeedLimits m_limits;
    QList<FeedSubscription*> m_readers;
    std::deque<LogEntry> m_tail; // all entries after m_tailFrom up to m_tailTo
    qint64 m_tailFrom = 0;
    qint64 m_tailTo = 0;
    qint64 m_head = 0;
    int m_pastReads = 0;
    bool m_pumping = false;
    bool m_turning = false; // a turn is posted
    bool m_pacing = false; // a turn comes when the pace allows it
    bool m_failing = false; // waits before reading again
};

} // namespace carillon
