// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/TokenKeeper.h"

#include "engine/provider/Redactor.h"

namespace carillon {

TokenKeeper::TokenKeeper(std::shared_ptr<const TokenAuth> auth, const RequestValues& account, QList<Secret> secrets,
                         Clock& clock, std::shared_ptr<HttpTransport> transport, const Options& options)
    : m_auth(std::move(auth))
    , m_account(account)
    , m_secrets(std::move(secrets))
    , m_clock(clock)
    , m_transport(std::move(transport))
    , m_options(options)
    , m_customer(m_transport->open([this](const QList<OutboundResponse>& answers) { receive(answers.first()); }))
{
}

TokenKeeper::~TokenKeeper()
{
    m_transport->close(m_customer);
}

bool TokenKeeper::isDue() const
{
    return m_token.value.isEmpty() || m_clock.now() >= m_token.renewAt;
}

void TokenKeeper::get(Then then)
{
    if (!isDue())
        return then(m_token);
    m_waiting << std::move(then);
    if (!m_isFetching)
        begin();
}

bool TokenKeeper::refuse(const Secret& token)
{
    if (token != m_token.value)
        return true; // another one has come since
    if (m_clock.now() < m_token.keepUntil)
        return false;
    m_token.renewAt = 0;
    return true;
}

void TokenKeeper::breakOff(const Error& error)
{
    settle(fail(error));
}

void TokenKeeper::begin()
{
    Result<TokenAuth::Start> start = m_auth->start(m_account, m_clock.now());
    if (!start)
        return settle(fail(withoutSecrets(start.error())));
    if (const auto* made = std::get_if<AccessToken>(&*start))
        return settle(*made);
    auto& [request, sensitive] = std::get<TokenRequest>(*start);
    request.connectTimeoutMs = m_options.connectTimeoutMs;
    request.totalTimeoutMs = m_options.totalTimeoutMs;
    request.allowPrivateNetworks = m_options.allowPrivateNetworks;
    m_asked = sensitive;
    m_isFetching = true;
    m_transport->start(m_customer, {std::move(request)});
}

void TokenKeeper::receive(const OutboundResponse& answer)
{
    m_isFetching = false;
    const Result<AccessToken> token = m_auth->finish(answer, m_clock.now());
    settle(token ? token : fail(withoutSecrets(token.error())));
}

// Who is told may ask again at once.
void TokenKeeper::settle(const Result<AccessToken>& token)
{
    if (token)
        m_token = *token;
    for (const Then& then : std::exchange(m_waiting, {}))
        then(token);
}

Error TokenKeeper::withoutSecrets(Error error) const
{
    error.message = Redactor(m_secrets + m_asked).reason(error.message.toUtf8());
    return error;
}

} // namespace carillon
