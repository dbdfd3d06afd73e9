// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/TokenAuth.h"

namespace carillon {

// The token of one account's requests: made or fetched when it is first needed, used until it is due, and then made anew; at
// most one fetch at a time, whoever asks. A failure is not remembered: the next one who asks tries again.
//
// Lives in its sender's thread. Who waits is bounded by what the sender has in flight.
class TokenKeeper {
public:
    using Then = std::function<void(const Result<AccessToken>& token)>;
    struct Options {
        qint64 connectTimeoutMs = 10'000;
        qint64 totalTimeoutMs = 20'000;
        bool allowPrivateNetworks = false;
    };

    // `clock` must outlive it; `secrets` are the account's, for what the platform says of them.
    TokenKeeper(std::shared_ptr<const TokenAuth> auth, const RequestValues& account, QList<Secret> secrets, Clock& clock,
                std::shared_ptr<HttpTransport> transport, const Options& options);
    ~TokenKeeper(); // whoever waits is not answered

    TokenKeeper(const TokenKeeper&) = delete;
    TokenKeeper& operator=(const TokenKeeper&) = delete;

    // Whether another token must come first.
    bool isDue() const;

    // A token that can be used now: from within the call when there is one, else when it has come. The error is without
    // secrets.
    void get(Then then);

    // The last one, whether it is due or not: for what began with it.
    const AccessToken& last() const { return m_token; }

    // The platform does not take this token: the next get() brings another. False when no other one is to be had.
    bool refuse(const Secret& token);

    // Whoever waits is answered with this, now.
    void breakOff(const Error& error);

private:
    void begin();
    void receive(const OutboundResponse& answer);
    void settle(const Result<AccessToken>& token);
    Error withoutSecrets(Error error) const;

    const std::shared_ptr<const TokenAuth> m_auth;
    const RequestValues m_account;
    const QList<Secret> m_secrets;
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const Options m_options;
    const HttpTransport::Customer m_customer;
    AccessToken m_token;
    QList<Secret> m_asked; // what was sensitive in the request for it
    QList<Then> m_waiting;
    bool m_isFetching = false;
};

} // namespace carillon
