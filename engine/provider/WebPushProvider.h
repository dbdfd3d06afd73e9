// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/Provider.h"

namespace carillon {

// The `web_push` kind of account: messages to browsers, through the push service of each one's maker (RFC 8030, 8291, 8292).
// Its VAPID key is made by complete() and stays in the vault; settings.public_key is the part that sites need.
class WebPushProvider final : public Provider {
public:
    static const QString Key; // "web_push", also its channel
    static const QString VapidField; // "vapid_key"
    static const QString PublicKeyField; // "public_key"

    // `clock` must outlive it and its senders, and be thread-safe. `timeoutMs`: of one request.
    WebPushProvider(Clock& clock, std::shared_ptr<HttpTransport> transport, qint64 timeoutMs);

    const ProviderDescription& description() const override { return m_description; }
    Status check(const AccountConfig& config) const override;
    Result<AccountConfig> complete(const AccountConfig& config) const override;
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const qint64 m_timeoutMs;
    const ProviderDescription m_description;
};

} // namespace carillon
