// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/store/ReceiptLedgerRoom.h"

#include <algorithm>

using namespace carillon;

class ReceiptLedgerTest : public QObject, private ReceiptLedgerRoom {
    Q_OBJECT

private:
    // What the same receipts must come to, whatever their order.
    QString end(qint64 id)
    {
        QStringList kinds = EngagementRepository(*m_connection).kinds(id);
        kinds.sort();
        return nameOf(find(id).state) + u' ' + kinds.join(u',') + u' '
            + QString::number(SuppressionRepository(*m_connection).count()) + u' '
            + QString::number(entries(id).count(QStringLiteral("delivery.complained")));
    }
    // Everything since the workspace was made is undone when it returns.
    QString endOf(const QList<ReceiptKind>& kinds, qsizetype recordedAfter)
    {
        m_connection->run("SAVEPOINT trial");
        const qint64 id = queue();
        begin(id);
        for (qsizetype i = 0; i <= kinds.size(); ++i) {
            if (i == recordedAfter)
                record(id);
            if (i < kinds.size())
                take(receipt(kinds.at(i)));
        }
        QString came = end(id);
        const QStringList types = entries(id);
        for (const QString& type : types) {
            if (types.count(type) > 1)
                came += u" twice: " + type;
        }
        if (waiting() != 0)
            came += QStringLiteral(" still waiting");
        m_connection->run("ROLLBACK TO trial");
        m_connection->run("RELEASE trial");
        return came;
    }

private Q_SLOTS:
    void init() { openWorkspace(); }

    void deliveredIsWrittenWithItsEntry()
    {
        const qint64 id = send();
        const auto changed = take(receipt(ReceiptKind::Delivered));
        QVERIFY(changed.has_value());
        QCOMPARE(changed->state, DeliveryState::Delivered);
        QCOMPARE(find(id), *changed);
        QCOMPARE(entries(id).last(), QStringLiteral("delivery.delivered"));
        const LogEntry entry = LogRepository(*m_connection).ofDelivery(id, 100).last();
        QCOMPARE(entry.data.value(u"provider_id").toString(), QStringLiteral("p1"));
        QCOMPARE(entry.data.value(u"told_at").toInteger(), Now - 5);
        QCOMPARE(entry.actor, QStringLiteral("platform"));
        QVERIFY(!take(receipt(ReceiptKind::Delivered)).has_value());
        QVERIFY(!take(receipt(ReceiptKind::Sent)).has_value());
        QCOMPARE(entries(id).count(QStringLiteral("delivery.delivered")), 1);
    }

    // Every sequence of up to four receipts of seven kinds, repetitions among them, with our own record of the send at any
    // place: the end is that of the same set in one order, and no entry comes twice.
    void anyOrderAnyNumberOfTimes()
    {
        static const QList<ReceiptKind> all{ReceiptKind::Sent,   ReceiptKind::Delivered, ReceiptKind::Read,
                                            ReceiptKind::Failed, ReceiptKind::Bounced,   ReceiptKind::Complained,
                                            ReceiptKind::Clicked};
        QHash<QString, QString> ends; // by the set of kinds
        int looked = 0;
        const auto look = [&](const QList<ReceiptKind>& kinds) {
            QStringList names;
            for (const ReceiptKind kind : kinds)
                names << nameOf(kind);
            names.sort();
            names.removeDuplicates();
            for (qsizetype recorded = 0; recorded <= kinds.size(); ++recorded) {
                const QString came = endOf(kinds, recorded);
                const QString expected = ends.value(names.join(u' '), came);
                ends.insert(names.join(u' '), expected);
                QVERIFY2(came == expected && !came.contains(u"twice") && !came.contains(u"waiting"),
                         qPrintable(names.join(u' ') + u": " + came + u", else " + expected));
                ++looked;
            }
        };
        for (int number = 0; number < 7 * 7 * 7; ++number) {
            const QList<ReceiptKind> kinds{all[number % 7], all[number / 7 % 7], all[number / 49]};
            look(kinds);
            if (number % 5 == 0)
                look(kinds + QList<ReceiptKind>{all[number % 6]});
        }
        QVERIFY(looked > 1'500);
        QCOMPARE(ends.value(QStringLiteral("delivered failed")), QStringLiteral("delivered  0 0"));
        QCOMPARE(ends.value(QStringLiteral("delivered read")), QStringLiteral("delivered read 0 0"));
        QCOMPARE(ends.value(QStringLiteral("bounced delivered")), QStringLiteral("bounced  1 0"));
        QCOMPARE(ends.value(QStringLiteral("complained")), QStringLiteral("delivered  1 1"));
        QCOMPARE(ends.value(QStringLiteral("failed")), QStringLiteral("failed  0 0"));
    }

    void anAddressThatBouncesIsSuppressed()
    {
        Contact contact;
        contact.addresses = {{0, 0, QStringLiteral("email"), QStringLiteral("A@Example.org"), AddressState::Active}};
        const qint64 who = ContactRepository(*m_connection).insert(contact);
        const qint64 id = send();
        take(receipt(ReceiptKind::Bounced));
        QCOMPARE(ContactRepository(*m_connection).find(who)->addresses.first().state, AddressState::Bounced);
        const Suppression suppression = SuppressionRepository(*m_connection).page(0, 10).value(0);
        QCOMPARE(suppression.reason, QStringLiteral("bounced"));
        QCOMPARE(suppression.note, QStringLiteral("words"));
        QVERIFY(entries(id).contains(QStringLiteral("address.suppressed")));
    }

    void aRefusalForEverSuppressesToo()
    {
        send();
        Receipt failed = receipt(ReceiptKind::Failed);
        failed.suppress = true;
        take(failed);
        QCOMPARE(SuppressionRepository(*m_connection).page(0, 10).value(0).reason, QStringLiteral("refused"));
        // Whoever takes it off again is not overruled by a repetition.
        SuppressionRepository(*m_connection).remove(1);
        take(failed);
        QCOMPARE(SuppressionRepository(*m_connection).count(), 0);
    }

    void anAccountSpeaksOfItsOwnDeliveriesOnly()
    {
        const qint64 id = send();
        QVERIFY(!take(receipt(ReceiptKind::Bounced), 8).has_value());
        Receipt byKey = receipt(ReceiptKind::Bounced, QStringLiteral("other"));
        byKey.deliveryId = id;
        QVERIFY(!take(byKey, 8).has_value());
        QCOMPARE(find(id).state, DeliveryState::Sent);
    }

    // In any order, before the record and after it.
    void whatSuppressesDoesSoWhateverElseIsTold()
    {
        Receipt forEver = receipt(ReceiptKind::Failed);
        forEver.suppress = true;
        const QList<Receipt> told{receipt(ReceiptKind::Failed), forEver};
        for (int trial = 0; trial < 6; ++trial) {
            m_connection->run("SAVEPOINT trial");
            const qint64 id = queue();
            begin(id);
            for (int i = 0; i < 3; ++i) {
                if (i == trial / 2)
                    record(id);
                if (i < 2)
                    take(told.at((i + trial) % 2));
            }
            QCOMPARE(SuppressionRepository(*m_connection).count(), 1);
            m_connection->run("ROLLBACK TO trial");
            m_connection->run("RELEASE trial");
        }
    }

    // It may be given up before its next attempt, and then nothing would look at what waits for that.
    void aBounceSuppressesWhileTheDeliveryWaits()
    {
        const qint64 id = queue();
        begin(id);
        record(id, {}, DeliveryState::Retrying);
        take(byKey(receipt(ReceiptKind::Bounced, QStringLiteral("p1")), id));
        QCOMPARE(SuppressionRepository(*m_connection).count(), 1);
        QCOMPARE(find(id).state, DeliveryState::Retrying);
    }

    void repeatedRefusalsSuppress()
    {
        Receipt failed = receipt(ReceiptKind::Failed);
        failed.suppressAfter = {3, 30};
        for (int i = 1; i <= 3; ++i) {
            const qint64 id = send(QStringLiteral("p%1").arg(i));
            failed.providerId = QStringLiteral("p%1").arg(i);
            take(failed);
            take(failed); // a repetition is the same refusal
            QCOMPARE(SuppressionRepository(*m_connection).count(), i < 3 ? 0 : 1);
            QCOMPARE(find(id).lastError,
                     i < 3 ? QStringLiteral("words") : QStringLiteral("words Suppressed after 3 refusals within 30 days."));
        }
        QCOMPARE(SuppressionRepository(*m_connection).page(0, 1).first().note, find(3).lastError);
        QCOMPARE(m_connection->integer("SELECT COUNT(*) FROM address_refusal"), 0);
    }

    void whatGetsThereBeginsAnew()
    {
        Receipt failed = receipt(ReceiptKind::Failed);
        failed.suppressAfter = {2, 30};
        for (int i = 1; i <= 5; ++i) {
            send(QStringLiteral("p%1").arg(i));
            Receipt told = i % 2 == 1 ? failed : receipt(ReceiptKind::Delivered);
            told.providerId = QStringLiteral("p%1").arg(i);
            take(told);
        }
        QCOMPARE(SuppressionRepository(*m_connection).count(), 0);
    }

    void whatWaitsIsBoundedAndForgotten()
    {
        ReceiptRepository receipts(*m_connection);
        for (int i = 0; i < 5; ++i)
            take(receipt(ReceiptKind::Delivered, QStringLiteral("x%1").arg(i % 3)));
        QCOMPARE(waiting(), 3);
        QCOMPARE(receipts.forget(Now + ReceiptRepository::WaitMs, 100), 0);
        QCOMPARE(receipts.forget(Now + ReceiptRepository::WaitMs + 1, 2), 2);
        QCOMPARE(receipts.forget(Now + ReceiptRepository::WaitMs + 1, 100), 1);
        m_connection->run("INSERT INTO receipt_waiting VALUES (1, 7, 'old', 0, 'read', '', '', 0, 0, 0, 0, ?)", Now);
        m_connection->run("INSERT INTO receipt_waiting VALUES (?, 7, 'new', 0, 'read', '', '', 0, 0, 0, 0, ?)",
                          ReceiptRepository::MostWaiting + 1, Now);
        QCOMPARE(receipts.forget(Now, 100), 1);
        QCOMPARE(receipts.takeWaiting(7, QStringLiteral("new")).size(), 1);
    }

    void messagesAreKeptOnce()
    {
        const qint64 id = send();
        const InboundMessage message{QStringLiteral("m1"),
                                     QStringLiteral("b@example.org"),
                                     QStringLiteral("Yes!"),
                                     QStringLiteral("p1"),
                                     Now - 1,
                                     false};
        ReceiptLedger ledger(*m_connection, Now);
        QVERIFY(ledger.take(AccountId, QStringLiteral("email"), message));
        QVERIFY(!ledger.take(AccountId, QStringLiteral("email"), message));
        QVERIFY(ledger.take(8, QStringLiteral("email"), message)); // another platform's numbers
        QCOMPARE(EngagementRepository(*m_connection).kinds(id), QStringList{QStringLiteral("replied")});
        QCOMPARE(entries(id).count(QStringLiteral("message.received")), 1);
        const LogEntry entry = LogRepository(*m_connection).ofDelivery(id, 100).last();
        QCOMPARE(entry.data.value(u"text").toString(), QStringLiteral("Yes!"));
    }

    void whoeverSaysStopGetsNoMore()
    {
        ReceiptLedger ledger(*m_connection, Now);
        QVERIFY(ledger.take(AccountId, QStringLiteral("sms"),
                            {QStringLiteral("m1"), QStringLiteral("+49170"), QStringLiteral("STOP"), {}, 0, true}));
        const Suppression suppression = SuppressionRepository(*m_connection).page(0, 10).value(0);
        QCOMPARE(suppression.reason, QStringLiteral("unsubscribed"));
        QCOMPARE(suppression.value, QStringLiteral("+49170"));
    }
};

QTEST_GUILESS_MAIN(ReceiptLedgerTest)
#include "ReceiptLedgerTest.moc"
