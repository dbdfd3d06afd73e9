// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/Provider.h"
#include "engine/provider/ProviderFile.h"

namespace carillon {

// A provider that speaks HTTP as its JSON file says.
class DeclarativeProvider final : public Provider {
public:
    // The clock must outlive every sender; the transport is shared by them all.
    DeclarativeProvider(ProviderFile file, Clock& clock, std::shared_ptr<HttpTransport> transport);

    const ProviderDescription& description() const override { return m_file->description; }
    Status check(const AccountConfig& config) const override;
    std::optional<Recognised> recognise(const QString& text) const override { return m_file->recognition.recognise(text); }
    std::shared_ptr<const ReceiptRules> receipts() const override { return m_file->receipts; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    std::shared_ptr<const ProviderFile> m_file;
    Clock& m_clock;
    std::shared_ptr<HttpTransport> m_transport;
};

} // namespace carillon
