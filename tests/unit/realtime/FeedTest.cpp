// SPDX-License-Identifier: GPL-3.0-or-later
#include "MemoryLog.h"

#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/realtime/Feed.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace carillon;

namespace {

LogFilter typed(const QString& pattern)
{
    LogFilter filter;
    filter.types = {pattern};
    return filter;
}

// Reads as fast as it can, unless told to stop asking.
class Reader : public QObject {
public:
    Reader(Feed& feed, const LogFilter& filter, qint64 after)
        : subscription(feed.subscribe({filter}, after))
    {
        connect(subscription.get(), &FeedSubscription::entries, this,
                [this](const QList<LogEntry>& entries, qint64 through) {
                    for (const LogEntry& entry : entries)
                        seen << entry.seq;
                    ordered = ordered && !entries.isEmpty() && through >= entries.last().seq;
                    ++batches;
                    if (eager)
                        subscription->next();
                });
        connect(subscription.get(), &FeedSubscription::cut, this, [this](qint64 from, qint64 to) {
            cuts.append({from, to});
        });
        subscription->next();
    }

    std::unique_ptr<FeedSubscription> subscription;
    QList<qint64> seen;
    QList<QPair<qint64, qint64>> cuts;
    int batches = 0;
    bool eager = true;
    bool ordered = true;
};

QList<qint64> expected(const MemoryLog& log, const LogFilter& filter, qint64 after)
{
    QList<qint64> seqs;
    for (const LogEntry& entry : log.all()) {
        if (entry.seq > after && filter.matches(entry))
            seqs << entry.seq;
    }
    return seqs;
}

} // namespace

class FeedTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{0};

    // One pace of the feed, and what follows from it.
    void settle(qint64 ms = 25)
    {
        m_clock.advance(ms);
        for (int turns = 0; turns < 20; ++turns)
            QTest::qWait(0);
    }

private Q_SLOTS:
    void deliversInOrderWithoutGapOrRepeat()
    {
        MemoryLog log;
        FeedLimits limits;
        limits.tail = 50;
        limits.batch = 7;
        SeededRandom random(3);
        for (int i = 0; i < 300; ++i)
            log.append(random.below(3) == 0 ? u"delivery.sent"_qs : u"contact.saved"_qs, 0, {}, qint64(random.below(3)));
        Feed feed(log, m_clock, limits);
        Reader fromStart(feed, typed(u"*"_qs), 0);
        Reader fromMiddle(feed, typed(u"delivery.*"_qs), 150);
        Reader live(feed, typed(u"delivery.sent"_qs), feed.lastSeq());
        const qint64 head = feed.lastSeq();
        for (int round = 0; round < 40; ++round) {
            for (quint64 n = random.below(30); n > 0; --n)
                log.append(random.below(2) == 0 ? u"delivery.sent"_qs : u"account.saved"_qs, 0, {}, qint64(random.below(3)));
            log.announce();
            m_clock.advance(25);
            for (quint64 turns = random.below(4); turns > 0; --turns)
                QTest::qWait(0);
        }
        QTRY_COMPARE(fromStart.seen, expected(log, typed(u"*"_qs), 0));
        QTRY_COMPARE(fromMiddle.seen, expected(log, typed(u"delivery.*"_qs), 150));
        QTRY_COMPARE(live.seen, expected(log, typed(u"delivery.sent"_qs), head));
        QVERIFY(fromStart.ordered && fromMiddle.ordered && live.ordered);
        QVERIFY(fromStart.seen.size() > 300 && fromMiddle.seen.size() > 50 && live.seen.size() > 50);
    }

    void manyReadersNearTheHeadCostOneRead()
    {
        MemoryLog log;
        Feed feed(log, m_clock);
        std::vector<std::unique_ptr<Reader>> readers;
        for (int i = 0; i < 100; ++i)
            readers.push_back(std::make_unique<Reader>(feed, typed(u"delivery.*"_qs), 0));
        settle();
        for (int i = 0; i < 5; ++i) {
            log.append(u"delivery.sent"_qs);
            log.announce();
        }
        settle();
        for (const auto& reader : readers) {
            QCOMPARE(reader->seen.size(), 5);
            QCOMPARE(reader->batches, 1); // five commits within one pace are announced together
        }
        QCOMPARE(log.fetches, 1);
    }

    void readsNothingWhileNobodyListens()
    {
        MemoryLog log;
        Feed feed(log, m_clock);
        log.append(u"delivery.sent"_qs);
        log.announce();
        settle(1'000);
        QCOMPARE(log.fetches, 0);
        QCOMPARE(feed.lastSeq(), 1);
    }

    void holdsNothingForAReaderThatDoesNotAsk()
    {
        MemoryLog log;
        Feed feed(log, m_clock);
        Reader reader(feed, typed(u"*"_qs), 0);
        reader.eager = false;
        for (int i = 0; i < 10; ++i) {
            log.append(u"a.b"_qs);
            log.announce();
            settle();
        }
        QCOMPARE(reader.batches, 1);
        reader.subscription->next();
        settle();
        QCOMPARE(reader.batches, 2);
        QCOMPARE(reader.seen.size(), 10);
    }

    void cutsAReaderThatFallsTooFarBehind()
    {
        MemoryLog log;
        FeedLimits limits;
        limits.maxLag = 100;
        Feed feed(log, m_clock, limits);
        Reader lazy(feed, typed(u"*"_qs), 0);
        Reader brisk(feed, typed(u"*"_qs), 0);
        lazy.eager = false;
        log.append(u"a.b"_qs);
        log.announce();
        settle();
        QCOMPARE(lazy.seen.size(), 1);
        for (int i = 0; i < 100; ++i)
            log.append(u"a.b"_qs);
        log.announce();
        settle();
        QVERIFY(lazy.cuts.isEmpty()); // 100 behind is allowed
        log.append(u"a.b"_qs);
        log.announce();
        settle();
        QCOMPARE(lazy.cuts, (QList<QPair<qint64, qint64>>{{1, 102}}));
        QVERIFY(lazy.subscription->isCut());
        lazy.subscription->next();
        log.append(u"a.b"_qs);
        log.announce();
        settle();
        QCOMPARE(lazy.seen.size(), 1);
        QCOMPARE(brisk.seen.size(), 103);
    }

    void keepsWaitingReadersWholeWhenTheLogCannotBeRead()
    {
        MemoryLog log;
        FeedLimits limits;
        limits.tail = 10;
        for (int i = 0; i < 30; ++i)
            log.append(u"a.b"_qs);
        Feed feed(log, m_clock, limits);
        QSignalSpy failures(&feed, &Feed::failed);
        log.broken = true;
        Reader past(feed, typed(u"*"_qs), 0);
        Reader near(feed, typed(u"*"_qs), 25);
        settle();
        QVERIFY(!failures.isEmpty());
        const int tries = log.fetches;
        settle(500);
        QCOMPARE(log.fetches, tries); // not at once again
        log.broken = false;
        settle(1'000);
        QTRY_COMPARE(past.seen, expected(log, typed(u"*"_qs), 0));
        QTRY_COMPARE(near.seen, expected(log, typed(u"*"_qs), 25));
    }

    void changesFiltersFromTheCursorOn()
    {
        MemoryLog log;
        Feed feed(log, m_clock);
        Reader reader(feed, typed(u"a.*"_qs), 0);
        log.append(u"a.x"_qs);
        log.append(u"b.x"_qs);
        log.announce();
        settle();
        reader.subscription->setFilters({typed(u"a.*"_qs), typed(u"b.*"_qs)});
        log.append(u"b.x"_qs);
        log.append(u"c.x"_qs);
        log.announce();
        settle();
        QCOMPARE(reader.seen, (QList<qint64>{1, 3}));
        reader.subscription->setFilters({});
        log.append(u"a.x"_qs);
        log.announce();
        settle();
        QCOMPARE(reader.seen.size(), 2);
        QCOMPARE(reader.subscription->cursor(), 5);
    }

    void readersMayDieInTheirOwnSignal()
    {
        MemoryLog log;
        auto feed = std::make_unique<Feed>(log, m_clock);
        auto first = std::make_unique<Reader>(*feed, typed(u"*"_qs), 0);
        auto second = std::make_unique<Reader>(*feed, typed(u"*"_qs), 0);
        connect(first->subscription.get(), &FeedSubscription::entries, this, [&] { second.reset(); });
        log.append(u"a.b"_qs);
        log.announce();
        settle();
        QVERIFY(!second);
        QCOMPARE(first->seen.size(), 1);
        feed.reset();
        first->subscription->next(); // outlives the feed, silent
        settle();
    }

    // The window: signals queued to it, next() called from its thread.
    void servesAnotherThread()
    {
        MemoryLog log;
        FeedLimits limits;
        limits.batch = 10;
        for (int i = 0; i < 500; ++i)
            log.append(u"a.b"_qs);
        Feed feed(log, m_clock, limits);
        auto subscription = feed.subscribe({typed(u"*"_qs)}, 0);
        QThread thread;
        QObject window;
        window.moveToThread(&thread);
        std::atomic<qint64> last = 0;
        std::atomic<bool> right = true;
        connect(subscription.get(), &FeedSubscription::entries, &window, [&](const QList<LogEntry>& entries) {
            right = right && QThread::currentThread() == &thread && entries.first().seq == last + 1;
            last = entries.last().seq;
            subscription->next();
        });
        thread.start();
        subscription->next();
        QTRY_COMPARE(last.load(), 500);
        QVERIFY(right);
        thread.quit();
        thread.wait();
    }
};

QTEST_GUILESS_MAIN(FeedTest)
#include "FeedTest.moc"
