// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeliveryRepository.h"
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Migrator.h"

#include <QTest>

using namespace carillon;

class DeliveryRepositoryTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;

    qint64 insertDue(qint64 dueAt, qint64 accountId = 7)
    {
        Delivery d;
        d.accountId = accountId;
        d.channel = QStringLiteral("email");
        d.address = QStringLiteral("a@example.org");
        d.dueAt = dueAt;
        return DeliveryRepository(*m_connection).insertQueued(d, QStringLiteral("test"));
    }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
    }

    void claimsWhatIsDueOnceAndOnlyOfItsLane()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(10);
        insertDue(30);
        insertDue(20, 8);
        QCOMPARE(deliveries.claim(0, 7, 20, 100, QStringLiteral("me")).size(), 1);
        QCOMPARE(deliveries.claim(0, 7, 20, 100, QStringLiteral("you")).size(), 0);
        QCOMPARE(*deliveries.nextDue(0, 7), 30);
        QCOMPARE(*deliveries.nextDue(0, 8), 20);
    }

    void everyChangeLeavesItsEntry()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        Delivery d = deliveries.claim(0, 7, 1, 1, QStringLiteral("me")).first();
        QVERIFY(deliveries.change(d, {DeliveryState::Sending, false, 0, {}, {}, QStringLiteral("engine"), {}}, 2));
        QVERIFY(deliveries.change(
            d, {DeliveryState::Retrying, true, 99, {}, QStringLiteral("busy"), QStringLiteral("engine"), {}}, 3));
        QCOMPARE(d.attempts, 1);
        QCOMPARE(*deliveries.nextDue(0, 7), 99);
        QStringList types;
        for (const LogEntry& entry : LogRepository(*m_connection).ofDelivery(d.id, 10))
            types << entry.type;
        QCOMPARE(types,
                 (QStringList{QStringLiteral("delivery.queued"), QStringLiteral("delivery.sending"),
                              QStringLiteral("delivery.retrying")}));
        QCOMPARE(deliveries.find(d.id), d);
    }

    void refusesForbiddenAndStaleChanges()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        Delivery d = *deliveries.find(1);
        QVERIFY(
            !deliveries.change(d, {DeliveryState::Sent, true, 0, {}, {}, {}, {}}, 2)); // not without having been on the wire
        Delivery stale = d;
        QVERIFY(deliveries.change(d, {DeliveryState::Cancelled, false, 0, {}, {}, {}, {}}, 2));
        QVERIFY(!deliveries.change(stale, {DeliveryState::Sending, false, 0, {}, {}, {}, {}}, 3)); // cancelled meanwhile
        QCOMPARE(LogRepository(*m_connection).lastSeq(), 2);
    }

    void takesOverWhatADeadEngineHeld()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        insertDue(2);
        QList<Delivery> claimed = deliveries.claim(0, 7, 5, 10, QStringLiteral("dead"));
        QVERIFY(deliveries.change(claimed[0], {DeliveryState::Sending, false, 0, {}, {}, {}, {}}, 6));
        const QList<Delivery> onTheWire = deliveries.takeOver(QStringLiteral("alive"), 100);
        QCOMPARE(onTheWire.size(), 1);
        QCOMPARE(onTheWire.first().id, claimed[0].id);
        QCOMPARE(deliveries.claim(0, 7, 5, 10, QStringLiteral("alive")).size(), 1);
    }

    void aCampaignsListIsByNumberWhateverTheStates()
    {
        m_connection->script("PRAGMA foreign_keys = OFF"); // the campaigns are numbers only
        DeliveryRepository deliveries(*m_connection);
        QList<qint64> all;
        QList<qint64> failed;
        for (int i = 0; i < 20; ++i) {
            Delivery d;
            d.campaignId = 1 + i % 2;
            d.accountId = 7 + i % 3;
            d.channel = QStringLiteral("email");
            Delivery known = *deliveries.find(deliveries.insertQueued(d, QStringLiteral("test")));
            if (i % 3 == 0)
                QVERIFY(deliveries.change(known, {DeliveryState::Failed, false, 0, {}, {}, {}, {}}, 1));
            if (d.campaignId == 1)
                all.prepend(known.id);
            if (d.campaignId == 1 && i % 3 == 0)
                failed.prepend(known.id);
        }
        const auto ids = [&](const DeliveryFilter& filter, qint64 offset, int limit) {
            QList<qint64> found;
            for (const Delivery& delivery : deliveries.page(filter, offset, limit))
                found << delivery.id;
            return found;
        };
        DeliveryFilter filter;
        filter.campaignId = 1;
        QCOMPARE(ids(filter, 0, 100), all);
        QCOMPARE(ids(filter, 3, 4), all.mid(3, 4));
        filter.states = {DeliveryState::Failed};
        QCOMPARE(ids(filter, 0, 100), failed);
        QCOMPARE(ids(filter, 1, 1), failed.mid(1, 1));
        filter.states = {DeliveryState::Failed, DeliveryState::Queued};
        QCOMPARE(ids(filter, 2, 5), all.mid(2, 5));
        QCOMPARE(deliveries.idsAfter(filter, all.at(3), 2), (QList<qint64>{all.at(2), all.at(1)}));
        QCOMPARE(deliveries.waitingAccounts(1), (QList<qint64>{8, 9}));
        QCOMPARE(deliveries.waiting(1, 100).size(), all.size() - failed.size());
        QCOMPARE(deliveries.waiting(1, 2).size(), 2);
        QVERIFY(deliveries.hasWaiting(1));
        QCOMPARE(deliveries.triedCounts(1), (QMap<DeliveryState, qint64>{{DeliveryState::Failed, failed.size()}}));
    }
};

QTEST_GUILESS_MAIN(DeliveryRepositoryTest)
#include "DeliveryRepositoryTest.moc"
