// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Queue.h"
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/Store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

class QueueTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    int m_count = 0;
    const LaneKey m_lane{0, 7};

    void insert(int count, qint64 dueAt)
    {
        m_store
            ->write([count, dueAt](Connection& connection) -> Status {
                Delivery delivery;
                delivery.accountId = 7;
                delivery.channel = QStringLiteral("email");
                delivery.dueAt = dueAt;
                DeliveryRepository(connection).insertQueued(QList<Delivery>(count, delivery), QStringLiteral("test"));
                return {};
            })
            .waitForFinished();
    }
    // The ids that a claim gives.
    QList<qint64> claim(Queue& queue, int limit, qint64* nextDue = nullptr)
    {
        QList<qint64> ids;
        bool answered = false;
        queue.claim({m_lane, limit}, [&](const Result<Queue::Batch>& batch) {
            for (const Delivery& delivery : batch->deliveries)
                ids << delivery.id;
            if (nextDue)
                *nextDue = batch->nextDue;
            answered = true;
        });
        [&] { QTRY_VERIFY(answered); }();
        return ids;
    }
    void begin(const QList<qint64>& ids)
    {
        m_store
            ->write([ids](Connection& connection) -> Status {
                DeliveryRepository deliveries(connection);
                for (const qint64 id : ids)
                    deliveries.begin({*deliveries.find(id)}, {}, QStringLiteral("run"), 1);
                return {};
            })
            .waitForFinished();
    }

private Q_SLOTS:
    void init()
    {
        m_store.reset();
        m_store = std::move(*Store::open(m_folder.filePath(QStringLiteral("w%1").arg(++m_count)), m_clock));
    }
    void cleanupTestCase() { m_store.reset(); }

    void claimsEachOnce()
    {
        Queue queue(*m_store, m_clock);
        insert(10, 1);
        QCOMPARE(claim(queue, 4), (QList<qint64>{1, 2, 3, 4}));
        QCOMPARE(claim(queue, 4), (QList<qint64>{5, 6, 7, 8}));
        QCOMPARE(claim(queue, 4), (QList<qint64>{9, 10}));
        QCOMPARE(claim(queue, 4), {}); // though the database knows nothing of it
    }

    void findsAgainWhatWasGivenBack()
    {
        Queue queue(*m_store, m_clock);
        insert(10, 1);
        QCOMPARE(claim(queue, 8).size(), 8);
        queue.release({2, 3});
        QCOMPARE(claim(queue, 8), (QList<qint64>{9, 10}));
        QCOMPARE(claim(queue, 8), (QList<qint64>{2, 3})); // older than where the claims had come to
        queue.release({1, 2, 3, 4});
        queue.forget(0);
        QCOMPARE(claim(queue, 2), (QList<qint64>{1, 2}));
    }

    void passesOverMoreThanAPageThatIsClaimed()
    {
        Queue queue(*m_store, m_clock);
        insert(10, 1);
        QCOMPARE(claim(queue, 9).size(), 9);
        queue.forget(0);
        QCOMPARE(claim(queue, 2), (QList<qint64>{10}));
        QCOMPARE(claim(queue, 2), {});
    }

    void whatIsJournalledIsNotFoundAgain()
    {
        Queue queue(*m_store, m_clock);
        insert(3, 1);
        const QList<qint64> ids = claim(queue, 2);
        begin(ids);
        queue.release(ids);
        queue.forget(0);
        QCOMPARE(claim(queue, 5), (QList<qint64>{3}));
    }

    // Journalled meanwhile, or changed: only what is read from now on tells how it is.
    void whatWasReleasedDuringAReadingIsReadAgain()
    {
        Queue queue(*m_store, m_clock);
        insert(3, 1);
        QCOMPARE(claim(queue, 2), (QList<qint64>{1, 2}));
        queue.forget(0);
        QList<qint64> ids;
        bool answered = false;
        queue.claim({m_lane, 5}, [&](const Result<Queue::Batch>& batch) {
            for (const Delivery& delivery : batch->deliveries)
                ids << delivery.id;
            answered = true;
        });
        queue.release({1});
        QTRY_VERIFY(answered);
        QCOMPARE(ids, (QList<qint64>{3}));
        QCOMPARE(claim(queue, 5), (QList<qint64>{1}));
    }

    void tellsWhenTheNextIsDue()
    {
        Queue queue(*m_store, m_clock);
        const qint64 later = m_clock.now() + 3'600'000;
        insert(1, 1);
        insert(1, later);
        qint64 nextDue = -1;
        QCOMPARE(claim(queue, 5, &nextDue), (QList<qint64>{1}));
        QCOMPARE(claim(queue, 5, &nextDue), {});
        QCOMPARE(nextDue, later); // not the one that is claimed
    }
};

QTEST_GUILESS_MAIN(QueueTest)
#include "QueueTest.moc"
