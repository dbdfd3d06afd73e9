// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/Provider.h"

namespace carillon {

class Store;

// Puts cards into the inboxes of contacts: what an application of ours or of the administrator's own shows, without any
// platform between. The address is the contact's external id.
//
// A card is sent when it is written (NotificationRepository), with its log entry "notification.created", by which the feed
// announces it to whoever may see the contact's inbox. A second attempt of a delivery writes nothing again.
class InAppProvider final : public Provider {
public:
    // Both outlive it and every sender.
    InAppProvider(Store& store, Clock& clock);

    // The same without a store, for who only tells what there is.
    static ProviderDescription describe();

    const ProviderDescription& description() const override { return m_description; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    ProviderDescription m_description;
    Store& m_store;
    Clock& m_clock;
};

} // namespace carillon
