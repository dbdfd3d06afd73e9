// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Receipt.h"

#include <QList>
#include <QStringList>

#include <string>

namespace carillon {

class Connection;

// A receipt, and the account whose platform told it.
struct ToldReceipt {
    qint64 accountId = 0;
    Receipt receipt;
};

// What is needed to know a receipt's delivery, now or later, as rows. Throws SqlFailure, as everything that runs on a
// Connection does.
class ReceiptRepository {
public:
    static constexpr qint64 MostWaiting = 200'000; // beyond, the oldest are forgotten
    static constexpr qint64 WaitMs = 3LL * 86'400'000; // a receipt that nothing was sent for by then is forgotten
    static constexpr qint64 MostMessages = 200'000;
    static constexpr qint64 MessageMs = 9LL * 86'400'000; // platforms repeat for a week

    explicit ReceiptRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // From now on the platform's id stands for this delivery.
    void remember(qint64 accountId, const QString& providerId, qint64 deliveryId);
    // The same of a message that the platform has in parts: `providerId` is the first one's, `others` are the others'.
    void rememberParts(qint64 accountId, const QString& providerId, const QStringList& others, qint64 deliveryId);
    // The id of the first part of the message that has this id, when it has parts; else empty.
    QString firstPartOf(qint64 accountId, const QString& providerId);
    // One part got there. True when all of its message have.
    bool partDelivered(qint64 accountId, const QString& providerId);
    // Whether that part got there.
    bool isPartDelivered(qint64 accountId, const QString& providerId);
    // 0 when it stands for none.
    qint64 deliveryOf(qint64 accountId, const QString& providerId);

    // Keeps a receipt for its delivery (0: the one that will have its id). One that waits already is the same.
    void wait(qint64 accountId, const Receipt& receipt, qint64 now);
    // Those that wait for a delivery with this id of the platform's, in the order in which they came; they wait no more.
    QList<ToldReceipt> takeWaiting(qint64 accountId, const QString& providerId);
    // The same of those that wait for this very delivery.
    QList<ToldReceipt> takeWaiting(qint64 deliveryId);
    // Lets go of what has waited too long, or is too much, at most `limit` at once; how many.
    int forget(qint64 now, int limit);

    // False when the message has come before. An id that is empty is always new.
    bool isNewMessage(qint64 accountId, const QString& messageId, qint64 now);

private:
    template <typename... Values>
    QList<ToldReceipt> take(const std::string& which, const Values&... values);

    Connection& m_connection;
};

} // namespace carillon
