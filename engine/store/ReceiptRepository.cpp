// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ReceiptRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

namespace {

constexpr int mostForgotten = 100; // with each message

} // namespace

void ReceiptRepository::remember(qint64 accountId, const QString& providerId, qint64 deliveryId)
{
    m_connection.run("INSERT INTO receipt_key (account_id, provider_id, delivery_id) VALUES (?, ?, ?)"
                     " ON CONFLICT DO UPDATE SET delivery_id = excluded.delivery_id",
                     accountId, providerId, deliveryId);
}

void ReceiptRepository::rememberParts(qint64 accountId, const QString& providerId, const QStringList& others,
                                      qint64 deliveryId)
{
    for (const QString& part : QStringList(providerId) + others) {
        remember(accountId, part, deliveryId);
        m_connection.run("INSERT INTO receipt_part (account_id, provider_id, first_id, delivered) VALUES (?, ?, ?, 0)"
                         " ON CONFLICT DO NOTHING",
                         accountId, part, providerId);
    }
}

QString ReceiptRepository::firstPartOf(qint64 accountId, const QString& providerId)
{
    Rows rows = m_connection.query("SELECT first_id FROM receipt_part WHERE account_id = ? AND provider_id = ?", accountId,
                                   providerId);
    return rows.next() ? rows.text(0) : QString();
}

bool ReceiptRepository::partDelivered(qint64 accountId, const QString& providerId)
{
    m_connection.run("UPDATE receipt_part SET delivered = 1 WHERE account_id = ? AND provider_id = ?", accountId,
                     providerId);
    return m_connection.integer(
               "SELECT EXISTS (SELECT 1 FROM receipt_part WHERE account_id = ?1 AND delivered = 0 AND"
               " first_id = (SELECT first_id FROM receipt_part WHERE account_id = ?1 AND provider_id = ?2))",
               accountId, providerId)
        == 0;
}

bool ReceiptRepository::isPartDelivered(qint64 accountId, const QString& providerId)
{
    return m_connection.integer("SELECT delivered FROM receipt_part WHERE account_id = ? AND provider_id = ?", accountId,
                                providerId)
        != 0;
}

qint64 ReceiptRepository::deliveryOf(qint64 accountId, const QString& providerId)
{
    return m_connection.integer("SELECT delivery_id FROM receipt_key WHERE account_id = ? AND provider_id = ?", accountId,
                                providerId);
}

void ReceiptRepository::wait(qint64 accountId, const Receipt& r, qint64 now)
{
    m_connection.run("INSERT INTO receipt_waiting (account_id, provider_id, delivery_id, kind, reason, code, time, suppress,"
                     " suppress_times, suppress_days, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT DO NOTHING",
                     accountId, r.providerId, r.deliveryId, nameOf(r.kind), r.reason, r.code, r.time, r.suppress,
                     r.suppressAfter.times, r.suppressAfter.days, now);
}

QList<ToldReceipt> ReceiptRepository::takeWaiting(qint64 accountId, const QString& providerId)
{
    return take("account_id = ?1 AND provider_id = ?2 AND delivery_id = 0", accountId, providerId);
}

QList<ToldReceipt> ReceiptRepository::takeWaiting(qint64 deliveryId)
{
    return take("delivery_id = ?1 AND ?1 <> 0 AND delivery_id <> 0", deliveryId);
}

template <typename... Values>
QList<ToldReceipt> ReceiptRepository::take(const std::string& which, const Values&... values)
{
    QList<ToldReceipt> waiting;
    {
        Rows rows = m_connection.query("SELECT provider_id, delivery_id, kind, reason, code, time, suppress, suppress_times,"
                                       " suppress_days, account_id FROM receipt_waiting WHERE "
                                           + which + " ORDER BY id",
                                       values...);
        while (rows.next()) {
            if (const auto kind = receiptKindOf(rows.text(2)))
                waiting << ToldReceipt{rows.integer(9),
                                       {rows.text(0),
                                        rows.integer(1),
                                        *kind,
                                        rows.text(3),
                                        rows.text(4),
                                        rows.integer(5),
                                        rows.boolean(6),
                                        {int(rows.integer(7)), int(rows.integer(8))}}};
        }
    }
    if (!waiting.isEmpty())
        m_connection.run("DELETE FROM receipt_waiting WHERE " + which, values...);
    return waiting;
}

int ReceiptRepository::forget(qint64 now, int limit)
{
    return m_connection.run("DELETE FROM receipt_waiting WHERE id IN (SELECT id FROM receipt_waiting WHERE received_at < ?"
                            " ORDER BY received_at LIMIT ?)",
                            now - WaitMs, limit)
        + m_connection.run("DELETE FROM receipt_waiting WHERE id IN (SELECT id FROM receipt_waiting"
                           " WHERE id <= (SELECT MAX(id) FROM receipt_waiting) - ? ORDER BY id LIMIT ?)",
                           MostWaiting, limit);
}

bool ReceiptRepository::isNewMessage(qint64 accountId, const QString& messageId, qint64 now)
{
    if (messageId.isEmpty())
        return true;
    m_connection.run("DELETE FROM message_received WHERE id IN (SELECT id FROM message_received WHERE received_at < ?"
                     " ORDER BY received_at LIMIT ?)",
                     now - MessageMs, mostForgotten);
    m_connection.run("DELETE FROM message_received WHERE id IN (SELECT id FROM message_received"
                     " WHERE id <= (SELECT MAX(id) FROM message_received) - ? ORDER BY id LIMIT ?)",
                     MostMessages, mostForgotten);
    return m_connection.run("INSERT INTO message_received (account_id, message_id, received_at) VALUES (?, ?, ?)"
                            " ON CONFLICT DO NOTHING",
                            accountId, messageId, now)
        != 0;
}

} // namespace carillon
