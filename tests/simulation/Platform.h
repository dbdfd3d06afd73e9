// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Scenario.h"
#include "Trace.h"
#include "engine/provider/Provider.h"
#include "engine/provider/ReceiptRules.h"

#include <map>
#include <optional>
#include <set>

namespace carillon {
class Clock;
}

namespace carillon::simulation {

class SimulatedSender;

// One message on its way to the platform, and what really became of it.
struct Transmission {
    qint64 number = 0;
    Message message;
    qint64 accountId = 0;
    SimulatedSender* sender = nullptr; // nobody any more once the engine that sent it has died
    bool arrived = false;
    bool taken = false; // it is in the recipient's mailbox
    Outcome answer; // what the platform says, once it has arrived
    std::optional<OutcomeKind> told; // what the engine was told
    QString tells; // what receipts name it by: "ids" (the platform's), "keys" (ours as well); empty: none come

    QString providerId() const { return QStringLiteral("p%1").arg(number); }
};

// The world outside: takes messages, refuses them, loses them and its answers, and knows the truth. It outlives every
// engine.
class Platform {
public:
    // Called for each message that is put on the wire, before anything becomes of it.
    using Witness = std::function<void(const Transmission&)>;

    Platform(const Clock& clock, Dice& dice, const Weather& weather, Trace& trace);

    void setWitness(Witness witness) { m_witness = std::move(witness); }
    // Called for each message that the engine is told something of, before it is.
    void setListener(Witness listener) { m_listener = std::move(listener); }
    // Called for each message that was taken and of which the platform tells more, as soon as it has it.
    void setTaker(Witness taker) { m_taker = std::move(taker); }
    // From now on every message arrives, and its answer, too.
    void calmDown();
    void setOutage(qint64 accountId, bool on);
    bool hasOutage(qint64 accountId) const { return m_outages.count(accountId) != 0; }
    // For meta-tests: takes messages and says that it did not.
    void setLying(bool lying) { m_lying = lying; }
    // For meta-tests: what it says of how long to wait does not get through.
    void setMumbling(bool mumbling) { m_mumbling = mumbling; }

    // Steady time of the next thing to happen outside; nothing when nothing will.
    std::optional<qint64> next() const;
    // Lets one thing happen that is due.
    void act();

    const Transmission& transmission(qint64 number) const { return m_transmissions.at(number); }

private:
    friend class SimulatedSender;
    struct Event {
        qint64 number = 0;
        bool answer = false; // else the arrival
    };

    void transmit(SimulatedSender* sender, const AccountConfig& account, const Message& message);
    void hurry(SimulatedSender* sender); // what is withheld is answered soon
    void hangUp(SimulatedSender* sender);
    void arrive(Transmission& transmission);
    void answer(Transmission& transmission);
    Outcome decide(const Transmission& transmission, bool& taken);
    Outcome byWeather(bool& taken);
    qint64 delay() { return m_dice.between(0, m_weather.latencyMs); }

    const Clock& m_clock;
    Dice& m_dice;
    Weather m_weather;
    Trace& m_trace;
    Witness m_witness;
    Witness m_listener;
    Witness m_taker;
    std::map<qint64, Transmission> m_transmissions;
    std::multimap<qint64, Event> m_events; // by steady time
    std::set<qint64> m_withheld;
    std::set<qint64> m_outages;
    bool m_lying = false;
    bool m_mumbling = false;
};

// The engine's end of one account's line to the platform.
class SimulatedSender final : public Sender {
    Q_OBJECT

public:
    SimulatedSender(Platform& platform, const AccountConfig& config);
    ~SimulatedSender() override;

    int capacity() const override { return m_draining ? 0 : qMax(0, m_limit - m_inFlight); }
    void send(QList<Message> messages) override;
    void drain() override;
    void probe() override { Q_EMIT probed({true, {}, {}}); }

    // From the platform: the answer to a message, `times` times.
    void take(const Outcome& outcome, int times);

private:
    void reportIfDrained();

    Platform& m_platform;
    const AccountConfig m_account;
    const int m_limit;
    int m_inFlight = 0;
    bool m_draining = false;
    bool m_drained = false;
};

class SimulatedProvider final : public Provider {
public:
    explicit SimulatedProvider(Platform& platform);

    const ProviderDescription& description() const override { return m_description; }
    std::shared_ptr<const ReceiptRules> receipts() const override { return m_receipts; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    Platform& m_platform;
    ProviderDescription m_description;
    std::shared_ptr<const ReceiptRules> m_receipts;
};

} // namespace carillon::simulation
