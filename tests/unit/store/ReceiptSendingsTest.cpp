// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/store/ReceiptLedgerRoom.h"

#include <algorithm>

using namespace carillon;

// Receipts of deliveries that are on their way, and of those that were sent more than once.
class ReceiptSendingsTest : public QObject, private ReceiptLedgerRoom {
    Q_OBJECT

private Q_SLOTS:
    void init() { openWorkspace(); }

    // A delivery of which we do not know whether it was sent: the platform knows, and repeats our key.
    void anUncertainDeliveryIsSettledByItsKey()
    {
        const qint64 id = queue();
        begin(id);
        record(id, {}, DeliveryState::Uncertain);
        Receipt sent = receipt(ReceiptKind::Sent, QStringLiteral("p9"));
        sent.deliveryId = id;
        QCOMPARE(take(sent)->state, DeliveryState::Sent);
        QCOMPARE(find(id).providerId, QStringLiteral("p9"));
    }

    void aReceiptByKeyAloneWaitsForTheRecord()
    {
        const qint64 id = queue();
        begin(id);
        Receipt delivered = receipt(ReceiptKind::Delivered, {});
        delivered.deliveryId = id;
        QVERIFY(!take(delivered).has_value());
        QCOMPARE(waiting(), 1);
        record(id);
        QCOMPARE(find(id).state, DeliveryState::Delivered);
        QCOMPARE(waiting(), 0);
    }

    // It failed, was sent again by hand, and the first one's failure comes once more.
    void anEarlierSendingDoesNotFailTheLaterOne()
    {
        const qint64 id = send(QStringLiteral("first"));
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        QCOMPARE(find(id).state, DeliveryState::Failed);
        Delivery again = find(id);
        QVERIFY(DeliveryRepository(*m_connection)
                    .change(again, {DeliveryState::Retrying, false, Now, {}, {}, QStringLiteral("window:ann"), {}}, Now));
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        QCOMPARE(find(id).state, DeliveryState::Retrying);
        begin(id);
        record(id, QStringLiteral("second"));
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        QCOMPARE(find(id).state, DeliveryState::Sent);
        take(receipt(ReceiptKind::Delivered, QStringLiteral("first")));
        QCOMPARE(find(id).state, DeliveryState::Delivered);
    }

    // The engine died before it recorded the answer, and the platform had told already.
    void whatCameBeforeTheEndOfAnUncertainAttemptIsNotLost()
    {
        const qint64 id = queue();
        begin(id);
        take(byKey(receipt(ReceiptKind::Delivered, QStringLiteral("p1")), id));
        QCOMPARE(find(id).state, DeliveryState::Sending);
        record(id, {}, DeliveryState::Uncertain);
        QCOMPARE(find(id).state, DeliveryState::Delivered);
        QCOMPARE(waiting(), 0);
    }

    // The first sending got there, told while the second one is on its way: that comes to the same as if it had been told
    // later, however the second one ends.
    void whatIsToldOfAnEarlierSendingHoldsWhateverBecomesOfTheLater()
    {
        for (const DeliveryState end : {DeliveryState::Sent, DeliveryState::Failed, DeliveryState::Uncertain}) {
            for (const bool early : {true, false}) {
                m_connection->run("SAVEPOINT trial");
                const qint64 id = send(QStringLiteral("first"));
                take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
                sendAgain(id);
                begin(id);
                if (early)
                    take(receipt(ReceiptKind::Delivered, QStringLiteral("first")));
                record(id, end == DeliveryState::Sent ? QStringLiteral("second") : QString(), end);
                if (!early)
                    take(receipt(ReceiptKind::Delivered, QStringLiteral("first")));
                QCOMPARE(find(id).state, DeliveryState::Delivered);
                m_connection->run("ROLLBACK TO trial");
                m_connection->run("RELEASE trial");
            }
        }
    }

    // It was sent again by hand, its account was down by then, and it went out through another. What the first account's
    // platform tells comes after that, while it waits, while it is on the wire, or before.
    void anAccountSpeaksOfWhatItHadAfterTheDeliveryHasMoved_data()
    {
        QTest::addColumn<ReceiptKind>("kind");
        QTest::addColumn<QString>("end");
        QTest::addColumn<bool>("suppresses");
        QTest::newRow("sent") << ReceiptKind::Sent << QStringLiteral("sent") << false;
        QTest::newRow("failed") << ReceiptKind::Failed << QStringLiteral("sent") << false;
        QTest::newRow("bounced") << ReceiptKind::Bounced << QStringLiteral("sent") << true;
        QTest::newRow("delivered") << ReceiptKind::Delivered << QStringLiteral("delivered") << false;
        QTest::newRow("read") << ReceiptKind::Read << QStringLiteral("delivered") << false;
        QTest::newRow("complained") << ReceiptKind::Complained << QStringLiteral("delivered") << true;
    }

    void anAccountSpeaksOfWhatItHadAfterTheDeliveryHasMoved()
    {
        QFETCH(ReceiptKind, kind);
        QFETCH(QString, end);
        QFETCH(bool, suppresses);
        for (int when = 0; when < 3; ++when) {
            for (const bool isByKey : {false, true}) {
                m_connection->run("SAVEPOINT trial");
                const qint64 id = send(QStringLiteral("first"));
                take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
                sendAgain(id);
                moveTo(id, AccountId + 1);
                const Receipt late = isByKey ? byKey(receipt(kind, {}), id) : receipt(kind, QStringLiteral("first"));
                if (when == 0)
                    take(late);
                begin(id);
                if (when == 1)
                    take(late);
                record(id, QStringLiteral("second"));
                if (when == 2)
                    take(late);
                QCOMPARE(nameOf(find(id).state), end);
                QCOMPARE(find(id).providerId, QStringLiteral("second"));
                QCOMPARE(SuppressionRepository(*m_connection).count() == 1, suppresses);
                QCOMPARE(waiting(), 0);
                for (const LogEntry& entry : LogRepository(*m_connection).ofDelivery(id, 100)) {
                    if (entry.type == u"engagement.read" || entry.type == u"delivery.complained"
                        || entry.type == u"address.suppressed")
                        QCOMPARE(entry.accountId, AccountId);
                    if (entry.type == u"delivery.delivered")
                        QCOMPARE(entry.data.value(u"told_by_account").toInteger(), AccountId);
                }
                m_connection->run("ROLLBACK TO trial");
                m_connection->run("RELEASE trial");
            }
        }
    }

    // Whoever guesses our key of a delivery is not believed, nor is he who knows another account's id of it.
    void anAccountThatNeverHadADeliverySaysNothingOfIt()
    {
        const qint64 id = send(QStringLiteral("first"));
        for (const ReceiptKind kind : {ReceiptKind::Delivered, ReceiptKind::Bounced, ReceiptKind::Complained}) {
            QVERIFY(!take(byKey(receipt(kind, QStringLiteral("first")), id), AccountId + 1).has_value());
            QVERIFY(!take(byKey(receipt(kind, {}), id), AccountId + 1).has_value());
        }
        // It was to have it, and never did.
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        sendAgain(id);
        moveTo(id, AccountId + 1);
        moveTo(id, AccountId);
        begin(id);
        record(id, QStringLiteral("second"));
        QVERIFY(!take(byKey(receipt(ReceiptKind::Delivered, {}), id), AccountId + 1).has_value());
        QCOMPARE(find(id).state, DeliveryState::Sent);
        QCOMPARE(SuppressionRepository(*m_connection).count(), 0);
    }

    // What is told of the parts of one message, in any order, before the record and after it: each is delivered and failed
    // as the second column says ("d" and "f" of part 1 to 3).
    void aMessageInPartsIsDeliveredWhenAllAre_data()
    {
        QTest::addColumn<QStringList>("told");
        QTest::addColumn<QString>("end");
        const auto row
            = [](const QString& told, const QString& end) { QTest::newRow(qPrintable(told)) << told.split(u' ') << end; };
        row(QStringLiteral("d1 d2"), QStringLiteral("sent"));
        row(QStringLiteral("d1 d2 d3"), QStringLiteral("delivered"));
        row(QStringLiteral("d1 f2 d3"), QStringLiteral("failed"));
        row(QStringLiteral("f1 d2 d3"), QStringLiteral("failed"));
        row(QStringLiteral("f3"), QStringLiteral("failed"));
        row(QStringLiteral("d1 d2 f2 d3"), QStringLiteral("delivered"));
        row(QStringLiteral("r1 d2"), QStringLiteral("sent"));
        row(QStringLiteral("r1 f2"), QStringLiteral("failed"));
        row(QStringLiteral("r1 d2 d3"), QStringLiteral("delivered"));
    }

    void aMessageInPartsIsDeliveredWhenAllAre()
    {
        QFETCH(QStringList, told);
        QFETCH(QString, end);
        std::sort(told.begin(), told.end());
        do {
            for (qsizetype recorded = 0; recorded <= told.size(); ++recorded) {
                m_connection->run("SAVEPOINT trial");
                const qint64 id = queue();
                begin(id);
                for (qsizetype i = 0; i <= told.size(); ++i) {
                    if (i == recorded)
                        record(id, QStringLiteral("1"), DeliveryState::Sent, {QStringLiteral("2"), QStringLiteral("3")});
                    if (i == told.size())
                        continue;
                    const ReceiptKind kind = told[i][0] == u'd' ? ReceiptKind::Delivered
                        : told[i][0] == u'r'                    ? ReceiptKind::Read
                                                                : ReceiptKind::Failed;
                    take(byKey(receipt(kind, told[i].mid(1)), i % 2 == 0 ? id : 0)); // some platforms repeat our key
                }
                QVERIFY2(nameOf(find(id).state) == end, qPrintable(told.join(u' ') + u": " + nameOf(find(id).state)));
                QCOMPARE(find(id).providerId, QStringLiteral("1"));
                QCOMPARE(waiting(), 0);
                m_connection->run("ROLLBACK TO trial");
                m_connection->run("RELEASE trial");
            }
        } while (std::next_permutation(told.begin(), told.end()));
    }

    void anEarlierFailureSaysNothingOfAnUncertainSending()
    {
        const qint64 id = send(QStringLiteral("first"));
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        sendAgain(id);
        begin(id);
        record(id, {}, DeliveryState::Uncertain);
        take(receipt(ReceiptKind::Failed, QStringLiteral("first")));
        take(receipt(ReceiptKind::Sent, QStringLiteral("first")));
        QCOMPARE(find(id).state, DeliveryState::Uncertain);
    }
};

QTEST_GUILESS_MAIN(ReceiptSendingsTest)
#include "ReceiptSendingsTest.moc"
