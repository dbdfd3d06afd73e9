// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/Provider.h"

namespace carillon {

// The `smtp` kind of account: mail through a submission server or relay (RFC 5321, 6409).
class SmtpProvider final : public Provider {
public:
    // `clock` must outlive it and its senders, and be thread-safe.
    explicit SmtpProvider(Clock& clock);

    const ProviderDescription& description() const override { return m_description; }
    Status check(const AccountConfig& config) const override;
    std::optional<Recognised> recognise(const QString& text) const override;
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    Clock& m_clock;
    const ProviderDescription m_description;
};

} // namespace carillon
