// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/CallbackPlace.h"
#include "engine/provider/RequestTemplate.h"

#include <optional>

namespace carillon {

// What a platform asks once, to see whether we are who was entered there. Immutable, thread-safe.
//
//     {"method": "GET", "when": [{"query": "hub.mode", "equals": "subscribe"}],
//      "token": {"query": "hub.verify_token", "equals": "{{ secrets.verify_token }}"}, "answer": {"query": "hub.challenge"}}
//     {"method": "POST", "when": [{"pointer": "/type", "equals": "url_verification"}],
//      "answer": {"pointer": "/challenge"}, "member": "challenge"}
//
// The answer is plain text, or, with "member", a JSON object of that one member. One with a "token" is not signed, and is
// answered before the check; any other is answered after it.
class CallbackChallenge {
public:
    static constexpr qsizetype MaxAnswer = 1'024; // characters of what is repeated

    static QList<CallbackChallenge> readList(JsonReader& rules);

    bool hasToken() const { return m_hasToken; }
    bool isAsked(const CallbackDocument& document) const;
    // Forbidden when the token is wrong, or the account has none.
    Result<CallbackAnswer> answer(const CallbackDocument& document, const RequestValues& account) const;

private:
    void readToken(JsonReader& reader);

    QByteArray m_method;
    QList<CallbackCondition> m_conditions;
    bool m_hasToken = false;
    CallbackPlace m_token;
    RequestTemplate m_expected;
    CallbackPlace m_answer;
    QString m_member;
};

} // namespace carillon
