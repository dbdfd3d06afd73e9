// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/store/ReceiptLedgerRoom.h"

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
