// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/Provider.h"
#include "engine/provider/SimulatorOutbox.h"
#include "engine/provider/SimulatorReceipts.h"

namespace carillon {

// A platform that is not there: takes messages of any channel, waits, and answers as its account and the addresses say.
// Nothing leaves the machine, so everything can be tried without a network.
//
// The account says how often what happens (in percent), how long an answer takes and how many a second are taken. The same
// seed and the same messages give the same answers. An address can ask for its own answer by its first word, up to '+' or
// '@':
//
//     refuse  bounce  retry  retry-once  throttle  down  uncertain  slow        as in "bounce+anna@example.org"
//
// "bounce" is refused with the address to be suppressed; "retry-once" is taken at the second attempt; "slow" takes five
// seconds more. These are taken, and the receipts follow (SimulatorReceipts):
//
//     deliver  read  late-fail  late-bounce  complain
//
// The account's address for receipts takes what simulatorReceiptRules() reads from anybody who knows it, so receipts can be
// tried by hand, too.
class SimulatorProvider final : public Provider {
public:
    // The clock must outlive every sender. What is sent is kept in the outbox, if there is one.
    // Receipts go into the sink; without one there are none.
    explicit SimulatorProvider(Clock& clock, std::shared_ptr<SimulatorOutbox> outbox = nullptr, ReceiptSink sink = {});

    const ProviderDescription& description() const override { return m_description; }
    Status check(const AccountConfig& config) const override;
    std::shared_ptr<const ReceiptRules> receipts() const override { return m_receipts; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    ProviderDescription m_description;
    Clock& m_clock;
    std::shared_ptr<SimulatorOutbox> m_outbox;
    ReceiptSink m_sink;
    std::shared_ptr<const ReceiptRules> m_receipts;
};

} // namespace carillon
