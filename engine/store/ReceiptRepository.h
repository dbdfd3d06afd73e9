// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Receipt.h"

#include <QList>

#include <string>

namespace carillon {

class Connection;

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
    // 0 when it stands for none.
    qint64 deliveryOf(qint64 accountId, const QString& providerId);

    // Keeps a receipt for its delivery (0: the one that will have its id). One that waits already is the same.
    void wait(qint64 accountId, const Receipt& receipt, qint64 now);
    // Those that wait for a delivery with this id of the platform's, in the order in which they came; they wait no more.
    QList<Receipt> takeWaiting(qint64 accountId, const QString& providerId);
    // The same of those that wait for this very delivery.
    QList<Receipt> takeWaiting(qint64 deliveryId);
    // Lets go of what has waited too long, or is too much, at most `limit` at once; how many.
    int forget(qint64 now, int limit);

    // False when the message has come before. An id that is empty is always new.
    bool isNewMessage(qint64 accountId, const QString& messageId, qint64 now);

private:
    template <typename... Values>
    QList<Receipt> take(const std::string& which, const Values&... values);

    Connection& m_connection;
};

} // namespace carillon
