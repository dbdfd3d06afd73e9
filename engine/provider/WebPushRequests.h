// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "engine/model/PushSubscription.h"
#include "engine/provider/HttpMessages.h"
#include "engine/provider/Provider.h"
#include "engine/security/VapidKey.h"

#include <QHash>

namespace carillon {

// Makes the requests of one Web Push account (RFC 8030 section 5): the message as JSON, encrypted for its browser, and
// signed. The same token is used for all browsers of a push service for most of its 12 hours: signing costs more than all
// else. Belongs to one thread.
//
// What the browser's service worker gets is the card that buildPush() made, with "tag" (a repeated message replaces itself)
// and "id", the delivery that a click is reported of:
//
//     {"title": "...", "body": "...", "url": "https://...", "tag": "d42.w@example.org", "id": 42}
class WebPushRequests {
public:
    static constexpr qint64 TokenMs = 12 * 3'600'000;

    // The account's settings and secrets have been checked; if they are wrong after all, make() says so.
    explicit WebPushRequests(const AccountConfig& config);

    // `now` is UTC milliseconds. InvalidInput: the message can never be sent to that browser.
    Result<OutboundRequest> make(const Message& message, const PushSubscription& to, qint64 now);

private:
    struct Token {
        QByteArray field;
        qint64 madeAt = 0;
    };

    Result<QByteArray> authorization(const QString& origin, qint64 now);
    Status checkKeys(const PushSubscription& to) const;
    qint64 ttl(const Message& message, qint64 now) const;

    const Result<VapidKey> m_key;
    const QString m_subject;
    const qint64 m_keptMs;
    QHash<QString, Token> m_tokens; // by origin, bounded
};

} // namespace carillon
