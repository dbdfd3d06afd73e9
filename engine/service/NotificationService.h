// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Notification.h"
#include "engine/security/Jwt.h"

#include <QList>

#include <optional>

namespace carillon {

class Clock;
class Store;

struct InboxQuery {
    InboxPart part = InboxPart::Inbox;
    qint64 before = 0; // those with a smaller id; 0: from the newest on
    int limit = 50;
};

struct InboxPage {
    QList<Notification> notifications; // newest first
    qint64 unread = 0; // in the whole inbox
    qint64 next = 0; // `before` of the next page; 0: there is none

    //     {"notifications": [...], "unread": 3, "next": 17}        next is null on the last page
    QJsonObject toJson() const;
};

//     {"id": 17, "topic": "order.shipped", "card": {"title": "..."}, "created_at": "2026-...", "read_at": null,
//      "archived_at": null}
QJsonObject toJson(const Notification& notification);

// What is to become of a notification; what is not said stays.
struct InboxChange {
    std::optional<bool> read;
    std::optional<bool> archived;
};

struct InboxToken {
    QString token;
    qint64 expiresAt = 0;
};

// What applications do with the inboxes of contacts, who are named by their external ids. Thread-safe; answers come from a
// thread of the store. NotFound: there is no such contact, or the notification is not in the contact's inbox.
class NotificationService {
public:
    static constexpr int MostRows = 200; // of a page, and of one readAll()
    static constexpr qint64 UsualTokenMs = 15 * 60'000;
    static constexpr qint64 LongestTokenMs = 24 * 3'600'000;

    // `key`: the workspace's own. Store and clock outlive it.
    NotificationService(Store& store, const Clock& clock, JwtKey key);

    Future<InboxPage> page(const QString& externalId, const InboxQuery& query) const;

    // Operator, each. Who reads something has also engaged in its delivery ("read"), once. Each change leaves an entry
    // ("notification.read", ".unread", ".archived", ".restored"), by which the contact's other pages hear of it; what is
    // so already leaves none.
    Future<Notification> change(const Caller& caller, const QString& externalId, qint64 id, const InboxChange& change);
    // The newest unread ones, MostRows at the most; how many are unread still.
    Future<qint64> readAll(const Caller& caller, const QString& externalId);

    // Operator. A token for this contact's inbox alone (engine/security/InboxToken.h).
    Future<InboxToken> issueToken(const Caller& caller, const QString& externalId, qint64 validMs) const;

private:
    Store& m_store;
    const Clock& m_clock;
    JwtKey m_key;
};

} // namespace carillon
