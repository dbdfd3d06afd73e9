// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QByteArray>
#include <QString>

namespace carillon {

// Where one browser takes push messages: what its PushManager.subscribe() gives as JSON (W3C Push API), which is the address
// of the channel "web_push":
//
//     {"endpoint": "https://push.example.net/p/abc", "keys": {"auth": "BTBZ…", "p256dh": "BCVx…"}}
//
// Other members are dropped, but for "key", which a site may add: the VAPID public key that the browser subscribed with.
struct PushSubscription {
    static constexpr qsizetype MaxText = 4'096; // characters
    static constexpr qsizetype MaxEndpoint = 2'048;

    QString endpoint; // whoever knows it may send to it: the push service's own secret for this browser
    QByteArray p256dh; // the browser's public key: 65 octets
    QByteArray auth; // the secret that goes with it: 16 octets
    QByteArray key; // the VAPID public key, 65 octets; empty: not known

    // InvalidInput says what is wrong. The endpoint is https, without user name or fragment; http only to this machine, as
    // browsers have it for trying things out (which nothing is sent to unless the transport allows it).
    static Result<PushSubscription> parse(const QString& text);

    // The form in which it is kept: compact, members in alphabetical order, base64url without padding.
    QString text() const;
    // "https://push.example.net": what a VAPID token is for (RFC 8292 section 2).
    QString origin() const;
    QString host() const;
};

} // namespace carillon
