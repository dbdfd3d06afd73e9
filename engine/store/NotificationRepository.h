// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Notification.h"

#include <QList>

#include <optional>

namespace carillon {

class Connection;

// The inboxes of contacts, as rows. What has expired is not given, and is removed bit by bit. Throws SqlFailure, as
// everything that runs on a Connection does.
class NotificationRepository {
public:
    // Rows that prune() removes at the most: a small part of a transaction.
    static constexpr int PruneStep = 100;

    explicit NotificationRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    struct Added {
        qint64 id = 0;
        bool isNew = true; // else the delivery had one already, and this is its id
    };
    // Writes it (its id and topic key are not looked at); nothing when its delivery has one.
    Added add(const Notification& notification);

    // One of the contact's; nothing when it is another's.
    std::optional<Notification> find(qint64 contactId, qint64 id, qint64 now);
    // Those with a smaller id than `before` (0: from the newest on), newest first.
    QList<Notification> page(qint64 contactId, InboxPart part, qint64 before, int limit, qint64 now);
    qint64 countUnread(qint64 contactId, qint64 now);

    // Times of 0: unread again, back in the inbox.
    void setRead(qint64 id, qint64 at);
    void setArchived(qint64 id, qint64 at);

    // Removes some of what has expired, the oldest first; how many. Called with each write, it cannot fall behind.
    int prune(qint64 now);

private:
    Connection& m_connection;
};

} // namespace carillon
