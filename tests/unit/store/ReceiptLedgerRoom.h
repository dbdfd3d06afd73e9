// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SystemClock.h"
#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Migrator.h"
#include "engine/store/ReceiptLedger.h"
#include "engine/store/ReceiptRepository.h"
#include "engine/store/SuppressionRepository.h"

#include <QTest>

namespace carillon {

// A workspace in memory, and deliveries of one account in it whose platform tells what became of them.
class ReceiptLedgerRoom {
protected:
    static constexpr qint64 Now = 1'700'000'000'000;
    static constexpr qint64 AccountId = 7;

    static Receipt receipt(ReceiptKind kind, const QString& id = QStringLiteral("p1"))
    {
        return {id, 0, kind, QStringLiteral("words"), QStringLiteral("42"), Now - 5, false};
    }
    void openWorkspace()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
    }

    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;

    qint64 queue(const QString& address = QStringLiteral("a@example.org"))
    {
        Delivery d;
        d.accountId = AccountId;
        d.contactId = 3;
        d.channel = QStringLiteral("email");
        d.address = address;
        return DeliveryRepository(*m_connection).insertQueued(d, QStringLiteral("test"));
    }
    Delivery find(qint64 id) { return DeliveryRepository(*m_connection).find(id).value(); }
    Delivery begin(qint64 id)
    {
        return DeliveryRepository(*m_connection)
            .begin({find(id)}, QStringLiteral("engine"), QStringLiteral("run"), Now)
            .value(0);
    }
    // As the recorder does it.
    void record(qint64 id, const QString& providerId = QStringLiteral("p1"), DeliveryState to = DeliveryState::Sent,
                const QStringList& partIds = {})
    {
        Delivery delivery = find(id);
        QVERIFY(DeliveryRepository(*m_connection)
                    .change(delivery, {to, true, 0, providerId, {}, QStringLiteral("engine"), {}, true}, Now));
        ReceiptLedger ledger(*m_connection, Now);
        to == DeliveryState::Sent ? ledger.sent(delivery, partIds) : ledger.ended(delivery);
    }
    qint64 send(const QString& providerId = QStringLiteral("p1"))
    {
        const qint64 id = queue();
        begin(id);
        record(id, providerId);
        return id;
    }
    std::optional<Delivery> take(const Receipt& receipt, qint64 accountId = AccountId)
    {
        return ReceiptLedger(*m_connection, Now).take(accountId, receipt);
    }
    QStringList entries(qint64 id)
    {
        QStringList types;
        for (const LogEntry& entry : LogRepository(*m_connection).ofDelivery(id, 100))
            types << entry.type;
        return types;
    }
    qint64 waiting() { return m_connection->integer("SELECT COUNT(*) FROM receipt_waiting"); }

    static Receipt byKey(Receipt receipt, qint64 id)
    {
        receipt.deliveryId = id;
        return receipt;
    }
    void moveTo(qint64 id, qint64 accountId)
    {
        Delivery moved = find(id);
        QVERIFY(DeliveryRepository(*m_connection).reroute(moved, {accountId, 1, Now, QStringLiteral("engine"), {}}, Now));
    }
    void sendAgain(qint64 id)
    {
        Delivery again = find(id);
        QVERIFY(DeliveryRepository(*m_connection)
                    .change(again, {DeliveryState::Retrying, false, Now, {}, {}, QStringLiteral("window:ann"), {}}, Now));
    }
};

} // namespace carillon
