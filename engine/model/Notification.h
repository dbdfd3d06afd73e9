// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace carillon {

// One thing in the inbox that a contact's application shows. Times are UTC milliseconds; 0: not (yet).
struct Notification {
    qint64 id = 0;
    qint64 contactId = 0;
    qint64 topicId = 0; // 0: of a test
    qint64 deliveryId = 0; // 0: of a test
    QJsonObject card; // {"title", "text", "image", "url", "actions"}: see CardBuilder.h
    qint64 createdAt = 0;
    qint64 readAt = 0;
    qint64 archivedAt = 0;
    qint64 expiresAt = 0; // gone from then on
    QString topicKey; // read with it

    friend bool operator==(const Notification&, const Notification&) = default;
};

// Which of a contact's notifications.
enum class InboxPart {
    Inbox, // not archived
    Unread, // not read, not archived
    Archived,
};

} // namespace carillon
