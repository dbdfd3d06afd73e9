// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/StoreLogSource.h"
#include "engine/base/SystemClock.h"
#include "engine/realtime/Feed.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

// The feed over a real workspace: what is committed is announced, once, in order.
class StoreLogSourceTest : public QObject {
    Q_OBJECT

    static void write(Store& store, int count)
    {
        store.write([count](Connection& connection) -> Result<qint64> {
            LogRepository log(connection);
            for (int i = 0; i < count; ++i) {
                LogEntry entry;
                entry.time = 1'700'000'000'000;
                entry.type = QStringLiteral("delivery.sent");
                entry.actor = QStringLiteral("engine");
                log.append(entry);
            }
            return log.lastSeq();
        });
    }

private Q_SLOTS:
    void announcesWhatIsCommitted()
    {
        QTemporaryDir folder;
        SystemClock clock;
        qint64 before = 0;
        {
            auto store = Store::open(folder.filePath(u"w.carillon"_qs), clock);
            QVERIFY(store.has_value());
            before = (*store)->lastSeqAtOpening();
            write(**store, 3);
        }
        auto store = Store::open(folder.filePath(u"w.carillon"_qs), clock);
        QVERIFY(store.has_value());
        write(**store, 20); // committed before the source is there: caught up with
        StoreLogSource source(**store);
        FeedLimits limits;
        limits.tail = 100;
        limits.batch = 64;
        Feed feed(source, clock, limits);
        LogFilter any;
        QList<qint64> seen;
        auto subscription = feed.subscribe({any}, before);
        connect(subscription.get(), &FeedSubscription::entries, this, [&](const QList<LogEntry>& entries) {
            for (const LogEntry& entry : entries)
                seen << entry.seq;
            subscription->next();
        });
        subscription->next();
        for (int i = 0; i < 50; ++i) {
            write(**store, 10);
            QTest::qWait(1);
        }
        QTRY_COMPARE(seen.size(), 523);
        for (qsizetype i = 1; i < seen.size(); ++i)
            QCOMPARE(seen[i], seen[i - 1] + 1);
        QCOMPARE(feed.lastSeq(), seen.last());
    }
};

QTEST_GUILESS_MAIN(StoreLogSourceTest)
#include "StoreLogSourceTest.moc"
