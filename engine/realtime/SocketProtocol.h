// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/LogFilter.h"

namespace carillon {

// The words of the dashboard protocol "carillon.v1": JSON objects, one a text message (RFC 6455).
//
// A client says hello, gets a welcome, subscribes, and gets events:
//
//     > {"id":1,"op":"hello","token":"<JWT>","client":"shop/1.2","resume":{"epoch":"w-7f","seq":1042}}
//     < {"id":1,"ok":true}
//     < {"op":"welcome","session":"s_9c..","epoch":"w-7f","seq":1100,"from":1042,"recovered":true,"time":"2026-...",
//        "ping_interval":25,"expires_in":840}
//     > {"id":2,"op":"subscribe","types":["delivery.*"],"filter":{"campaign":7,"channel":"email","account":3}}
//     < {"id":2,"ok":true}
//     < {"op":"event","seq":1101,"type":"delivery.failed","time":"2026-07-01T09:30:00.123Z","campaign":7,"delivery":512,
//        "data":{"address":"..."}}
//
// Every command has an `id` (positive, chosen by the client) and gets exactly one reply with it: {"ok":true} or
// {"error":{"code", "message","temporary"}}. What has no id is a push; a client ignores pushes whose op it does not know.
//
// Commands: hello, subscribe, unsubscribe {types, filter?}, refresh {token}, ping; and {"op":"pong"} without an id.
// * hello: `token` unless it came as subprotocol "bearer.<JWT>" (then the welcome comes unasked, and hello is only for
// `resume` or
//   `tail`). `resume`: go on after that entry. `tail`: start that many entries back (1,000 at the most), for a first
//   picture.
// * subscribe: one {types, filter}, or several as "subscriptions":[...]. Entries that match any of them come once. The
// stream
//   starts with the first subscribe: who resumes gives all its subscriptions in it, so that no entry slips between two.
// * types: "delivery.sent", or with a trailing star. Log entries have a `seq`, which has holes where entries did not match.
//   "queue.stats" is a snapshot without `seq`, at most once a second, the latest wins.
// With the token of a contact's inbox, types are those of "notification.*" and the entries those of this contact.
// Pushes: welcome, event, gap {from,to,reason}: what lies in there will not come; expiring {in}: seconds until the token
// ends; ping; bye {code,reason,reconnect,retry_after}, before the close.
//
// Recovered is false when the epoch (the workspace's id) is another one or the place too far back: the client reloads what
// it shows and goes on from `from`. Delivery is at least once over reconnects; a client drops what is not beyond its last
// `seq`.
namespace protocol {

inline constexpr const char* Name = "carillon.v1";
inline constexpr const char* BearerPrefix = "bearer.";
inline constexpr const char* StatsType = "queue.stats";
inline constexpr int MaxTypes = 50; // of all subscriptions of a client
inline constexpr int MaxTail = 1'000;

// Close codes. 4400, 4403 and 4404 are final; after any other a client comes back, with full jitter up to 30 s.
enum Close : quint16 {
    Normal = 1000,
    GoingAway = 1001, // the server stops
    UnsupportedData = 1003, // a binary message
    Policy = 1008, // flooding
    Restart = 1012,
    SlowConsumer = 4008, // come back and resume
    BadMessage = 4400,
    Unauthenticated = 4401, // get a new token, then come back
    Forbidden = 4403,
    UnknownVersion = 4404,
    HelloTimeout = 4408,
};

struct Command {
    qint64 id = 0; // 0: a pong, which has none
    QString op;
    QJsonObject body;
};

// Not a command at all (not a JSON object, no id, no op): the error is the reason of close 4400.
Result<Command> parseCommand(const QString& text);

// The subscriptions of a subscribe command; the error names the field. Never empty, each with types.
Result<QList<LogFilter>> parseSubscriptions(const QJsonObject& body);
// The `types` and `filter` of one.
Result<LogFilter> parseFilter(const QJsonObject& body);

QByteArray reply(qint64 id);
QByteArray refusal(qint64 id, const QString& code, const QString& message, bool temporary, int retryAfter = 0);
QByteArray event(const LogEntry& entry);
QByteArray stats(const QJsonObject& data, qint64 time);

// UTC milliseconds as "2026-07-01T09:30:00.123Z".
QString isoTime(qint64 time);

// A whole, unmasked text frame, as a server sends it (RFC 6455, section 5.2).
QByteArray frame(const QByteArray& payload);

} // namespace protocol
} // namespace carillon
