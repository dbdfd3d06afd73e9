// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/provider/Provider.h"

#include <QJsonArray>

namespace carillon {

// What a provider must do, as data: tests/providers/<key>.json. One that speaks HTTP is tested by this file alone.
//
//     {
//       "account": {"settings": {"base_url": "{{server}}/api"}, "secrets": {"token": "xoxb-hunter2"}},
//       "exchange": [{"path": "/token", "status": 200, "json": {"access_token": "t"}}],
//       "messages": [{"name": "a text", "message": {"to": "C1", "fields": {"text": "Hi"}},
//                     "requests": [{"method": "POST", "path": "/api/send", "json": {"text": "Hi"}}]},
//                    {"name": "no address", "message": {"to": ""}, "refused": "a piece of the reason"}],
//       "answers": [{"name": "slow down", "status": 429, "headers": {"retry-after": "3"}, "text": "",
//                    "outcome": {"kind": "throttled", "bucket": "account", "waitMs": 3000}}],
//       "probes": [{"name": "the right token", "status": 200, "json": {"user": "bell"}, "ok": true,
//                   "request": {"method": "GET", "path": "/api/me"}}]
//     }
//
// "{{server}}" anywhere is the recording server, "http://127.0.0.1:port". Time stands still at `Now`. Secrets have at least
// six characters, so that they are found wherever they leak.
//
// account     "receiptsUrl" besides, where its callbacks are to go; without it they reach nobody.
// messages    Each is sent by a sender of its own. "account" in one adds settings and secrets to the fixture's, or takes
//             away what it gives as null. "requests" are what must arrive, in order (RequestComparison.h); "replies", if
//             there are any, what they are answered with, in order (as in "answers"); without, they are answered as the
//             first of "answers" that is sent. "outcome", if there is one, is what must become of it.
// answers     Each answers the first message that has requests, or the one named by "message". Members of "outcome" that
//             are left out are not compared; "reason" is the whole reason.
// probes      Each answers a probe of the account, whose request is compared if there is one here.
// exchange    What is asked besides (a token): requests to this path are answered so, and compared with "request" if there
//             is one; they do not count among those of a message.
//
// Other members ("receipts", "recognise", "sdk") belong to the tests that read them: see `whole`.
struct ProviderFixture {
    static constexpr qint64 Now = 1'700'000'000'000; // 2023-11-14 22:13:20 UTC

    struct Answer {
        QByteArray bytes; // status line, headers and body, ready to be written
        QJsonObject outcome; // what is expected, if anything is
        QString name;
        QString message; // name of the message that it answers; empty: the first that has requests
    };
    struct MessageCase {
        QString name;
        Message message;
        QJsonObject account; // "settings" and "secrets" that are different
        QList<QJsonObject> requests;
        QString refused; // a piece of the reason, when nothing must be sent
        QList<Answer> replies;
        QJsonObject outcome;
    };
    struct Probe {
        Answer answer;
        QJsonObject request; // empty: not compared
        bool ok = false; // whether the account is right
    };
    struct Exchange {
        QString path;
        Answer answer;
        QJsonObject request; // empty: not compared
    };

    QString key;
    QJsonObject account;
    QList<MessageCase> messages;
    QList<Answer> answers;
    QList<Probe> probes;
    QList<Exchange> exchange;
    QJsonObject whole; // the file, with the server's address filled in

    // Errors name the file and what is wrong in it. `server` has no slash at its end.
    static Result<ProviderFixture> read(const QString& path, const QString& server);

    // One entry of "answers".
    static Answer readAnswer(const QJsonObject& object);

    // The fixture's account, as `differences` ("account" of a message) change it; not yet completed with defaults.
    AccountConfig config(const QJsonObject& differences = {}) const;

    const MessageCase* firstThatIsSent() const; // nullptr when there is none
    const MessageCase* find(const QString& name) const;
    // Whether a secret of the account is in `text`, as it is or in a usual spelling.
    bool leaksInto(const QString& text) const;
    // What a message is answered with when nothing else is said.
    Answer usualAnswer() const;
};

// Empty when the outcome is as expected; else the first difference: "outcome/kind: expected \"sent\", got \"refused\"".
QString outcomeDifference(const QJsonObject& expected, const Outcome& got);

} // namespace carillon
