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

    Delivery begun(qint64 id, qint64 now)
    {
        DeliveryRepository deliveries(*m_connection);
        return deliveries.begin({*deliveries.find(id)}, QStringLiteral("engine"), QStringLiteral("run"), now).value(0);
    }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
    }

    // A partial index whose condition is a list of many words makes SQLite fill a temporary table with them for each row
    // that is written: that took a third of the writer's time.
    void noRowIsWrittenThroughATemporaryTable_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("queue") << QByteArray(
            "INSERT INTO delivery (topic_id, contact_id, account_id, channel, address, state, attempts, due_at, expires_at,"
            " provider_id, last_error, created_at, updated_at) VALUES (1, 1, 1, '', '', 'queued', 0, 0, 0, '', '', 0, 0)");
        QTest::newRow("journal") << QByteArray("UPDATE delivery SET state = 'sending', lease = '' WHERE id = 1");
        QTest::newRow("record") << QByteArray("UPDATE delivery SET state = 'sent', due_at = 1 WHERE id = 1");
        QTest::newRow("log") << QByteArray(
            "INSERT INTO log (time, type, actor, channel, data) VALUES (1, 'delivery.sent', '', '', '{}')");
    }
    void noRowIsWrittenThroughATemporaryTable()
    {
        QFETCH(QByteArray, sql);
        Rows steps = m_connection->query(QByteArray("EXPLAIN " + sql).constData());
        QStringList opcodes;
        while (steps.next())
            opcodes << steps.text(1);
        QVERIFY(opcodes.contains(QStringLiteral("Insert")));
        QVERIFY(!opcodes.contains(QStringLiteral("OpenEphemeral")));
    }

    void findsWhatIsDueInOrderAndOnlyOfItsLane()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(20);
        const qint64 first = insertDue(10);
        const qint64 second = insertDue(10);
        insertDue(30);
        insertDue(20, 8);
        const LaneKey lane{0, 7};
        const QList<Delivery> page = deliveries.due(lane, DeliveryState::Queued, 20, {}, 2);
        QCOMPARE(page.size(), 2);
        QCOMPARE(page[0].id, first);
        QCOMPARE(page[1].id, second);
        // Also from within those that are due at the same time.
        QCOMPARE(deliveries.due(lane, DeliveryState::Queued, 20, {10, first}, 10).size(), 2);
        QCOMPARE(deliveries.due(lane, DeliveryState::Queued, 20, {10, second}, 10).size(), 1);
        QCOMPARE(deliveries.due(lane, DeliveryState::Retrying, 20, {}, 10).size(), 0);
        QCOMPARE(*deliveries.nextDue(lane, 20), 30);
        QCOMPARE(*deliveries.nextDue({0, 8}, 10), 20);
        QVERIFY(!deliveries.nextDue({0, 8}, 20).has_value());
        QCOMPARE(deliveries.waitingAccounts(0), (QList<qint64>{7, 8}));
    }

    void aPageLeavesOneEntryThatEachOfItsDeliveriesFinds()
    {
        DeliveryRepository deliveries(*m_connection);
        QList<Delivery> page;
        for (int i = 0; i < 100; ++i) {
            Delivery delivery;
            delivery.accountId = 7;
            delivery.contactId = i;
            delivery.channel = QStringLiteral("email");
            delivery.address = QStringLiteral("a%1@example.org").arg(i);
            delivery.createdAt = delivery.dueAt = 5;
            page << delivery;
        }
        const QList<Delivery> inserted = deliveries.insertQueued(page, QStringLiteral("engine"));
        LogRepository log(*m_connection);
        QCOMPARE(log.lastSeq(), 1);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(deliveries.find(inserted[i].id)->address, page[i].address); // the ids are the rows'
        QCOMPARE(log.digest(0).byType.value(QStringLiteral("delivery.queued")), 100);
        // Two batches, the second with a gap.
        deliveries.begin(inserted.first(50), QStringLiteral("engine"), QStringLiteral("run"), 6);
        deliveries.begin({inserted[60], inserted[70]}, QStringLiteral("engine"), QStringLiteral("run"), 6);
        QCOMPARE(log.lastSeq(), 3);
        QCOMPARE(log.digest(0).byType.value(QStringLiteral("delivery.sending")), 52);
        const auto typesOf = [&](qint64 id) {
            QStringList types;
            for (const LogEntry& entry : log.ofDelivery(id, 10)) {
                types << entry.type.section(u'.', 1);
                if (entry.deliveryId != id
                    || entry.data != QJsonObject{{QStringLiteral("address"), deliveries.find(id)->address}})
                    types << QStringLiteral("of another");
            }
            return types.join(u' ');
        };
        QCOMPARE(typesOf(inserted[49].id), QStringLiteral("queued sending"));
        QCOMPARE(typesOf(inserted[50].id), QStringLiteral("queued"));
        QCOMPARE(typesOf(inserted[65].id), QStringLiteral("queued"));
        QCOMPARE(typesOf(inserted[70].id), QStringLiteral("queued sending"));
    }

    void everyChangeLeavesItsEntry()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        Delivery d = begun(1, 2);
        QVERIFY(deliveries.change(
            d, {DeliveryState::Retrying, true, 99, {}, QStringLiteral("busy \"now\"\n"), QStringLiteral("engine"), {}}, 3));
        QCOMPARE(d.attempts, 1);
        QCOMPARE(*deliveries.nextDue({0, 7}, 0), 99);
        QStringList types;
        const QList<LogEntry> entries = LogRepository(*m_connection).ofDelivery(d.id, 10);
        for (const LogEntry& entry : entries)
            types << entry.type;
        QCOMPARE(types,
                 (QStringList{QStringLiteral("delivery.queued"), QStringLiteral("delivery.sending"),
                              QStringLiteral("delivery.retrying")}));
        QCOMPARE(entries.last().data.value(QStringLiteral("began")).toInteger(), 2);
        QCOMPARE(entries.last().data.value(QStringLiteral("reason")).toString(), QStringLiteral("busy \"now\"\n"));
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
        QVERIFY(deliveries.begin({stale}, {}, QStringLiteral("run"), 3).isEmpty()); // cancelled meanwhile
        QCOMPARE(LogRepository(*m_connection).lastSeq(), 2);
    }

    void doesNotChangeWhatWasTriedSinceItWasRead()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        Delivery d = begun(1, 2);
        QVERIFY(deliveries.change(d, {DeliveryState::Retrying, true, 50, {}, {}, {}, {}}, 3));
        Delivery stale = d;
        d = deliveries.begin({d}, {}, QStringLiteral("run"), 60).first();
        QVERIFY(deliveries.change(d, {DeliveryState::Retrying, true, 90, {}, {}, {}, {}}, 61));
        QVERIFY(!deliveries.change(stale, {DeliveryState::Expired, false, 0, {}, {}, {}, {}}, 62));
        QCOMPARE(deliveries.find(1)->attempts, 2);
    }

    void doesNotBeginWhatWasTriedSinceItWasRead()
    {
        DeliveryRepository deliveries(*m_connection);
        insertDue(1);
        const Delivery stale = *deliveries.find(1);
        Delivery d = begun(1, 2);
        QVERIFY(deliveries.change(d, {DeliveryState::Queued, false, 50, {}, {}, {}, {}}, 3)); // throttled: queued as before
        QVERIFY(deliveries.begin({stale}, {}, QStringLiteral("run"), 4).isEmpty());
        QCOMPARE(deliveries.begin({d}, {}, QStringLiteral("run"), 60).size(), 1);
    }

    void takesOverWhatADeadEngineHeld()
    {
        DeliveryRepository deliveries(*m_connection);
        const qint64 id = insertDue(1);
        insertDue(2);
        QCOMPARE(deliveries.begin({*deliveries.find(id)}, {}, QStringLiteral("dead"), 6).size(), 1);
        QCOMPARE(deliveries.takeOver(QStringLiteral("dead"), 100).size(), 0); // its own
        const QList<Delivery> onTheWire = deliveries.takeOver(QStringLiteral("alive"), 100);
        QCOMPARE(onTheWire.size(), 1);
        QCOMPARE(onTheWire.first().id, id);
        QCOMPARE(deliveries.waiting(0, 10).size(), 1);
        QCOMPARE(deliveries.openCounts(),
                 (QMap<DeliveryState, qint64>{{DeliveryState::Queued, 1}, {DeliveryState::Sending, 1}}));
        DeliveryFilter filter;
        filter.states = {DeliveryState::Sending};
        QCOMPARE(deliveries.count(filter), 1);
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
