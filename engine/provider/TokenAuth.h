// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/RequestAuth.h"

#include <variant>

namespace carillon {

// A token by which many requests prove who sends them. Times are UTC milliseconds.
struct AccessToken {
    Secret value;
    qint64 renewAt = 0; // from then on another one is needed
    qint64 keepUntil = 0; // before then no other one is to be had, even when the platform refuses this one
};

// A request whose answer holds a token, and what in it must never be shown.
struct TokenRequest {
    OutboundRequest request;
    QList<Secret> sensitive;
};

// Authentication by a token that is made, or asked for, once for many requests. It goes with each as
// "Authorization: Bearer <token>". The token is kept by the sender's TokenKeeper: apply() adds nothing by itself.
// Immutable, thread-safe.
class TokenAuth : public RequestAuth {
public:
    using Start = std::variant<AccessToken, TokenRequest>;

    // False when the account's secret is empty: requests then go without a token.
    virtual bool isUsed(const RequestValues& account) const = 0;

    // A token that is made here, or the request whose answer holds one.
    virtual Result<Start> start(const RequestValues& account, qint64 now) const = 0;

    // The token in the answer to that request. The error is for people; it may repeat what the platform said.
    virtual Result<AccessToken> finish(const OutboundResponse& answer, qint64 now) const = 0;

    static void put(const AccessToken& token, OutboundRequest& request, QList<Secret>& sensitive);

    Status apply(OutboundRequest&, const RequestValues&, const Message&, qint64, QList<Secret>&) const final { return {}; }
};

} // namespace carillon
