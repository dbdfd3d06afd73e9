// SPDX-License-Identifier: GPL-3.0-or-later
#include "Checker.h"

#include "engine/base/ManualClock.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/model/Names.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"

namespace carillon::simulation {

namespace {

const QString sent = nameOf(OutcomeKind::Sent);
const QString uncertain = nameOf(OutcomeKind::Uncertain);

bool isUncertain(const Judgement& judgement)
{
    return judgement.outcome == uncertain || judgement.outcome == Judgement::Lost;
}

QString nameOf(const LoggedDelivery& logged)
{
    return QStringLiteral("delivery %1 (%2)").arg(logged.delivery.id).arg(nameOf(logged.delivery.state));
}

} // namespace

Checker::Checker(const Scenario& scenario, const ManualClock& clock, Platform& platform, const Teller& teller, Trace& trace)
    : m_scenario(scenario)
    , m_clock(clock)
    , m_platform(platform)
    , m_teller(teller)
    , m_trace(trace)
    , m_ledger(trace)
    , m_pace(scenario, clock, trace)
{
    platform.setWitness([this](const Transmission& transmission) { onWire(transmission); });
    m_ledger.planned = [this](const LoggedDelivery& logged) { onPlanned(logged); };
    m_ledger.judged = [this](const LoggedDelivery& logged, const LogEntry& entry) { onJudged(logged, entry); };
    m_ledger.campaignChanged = [this](const LogEntry& entry) { onCampaign(entry); };
    m_ledger.somethingElse = [this](const LogEntry&) { disturb(); };
}

void Checker::newRun(int run, Connection& reader)
{
    m_run = run;
    m_reader = &reader;
    m_pace.begin();
}

const Topic& Checker::topicOf(const LoggedDelivery& logged) const
{
    return *std::find_if(m_scenario.topics.begin(), m_scenario.topics.end(),
                         [&](const Topic& topic) { return topic.id == logged.delivery.topicId; });
}

void Checker::onWire(const Transmission& transmission)
{
    const qint64 id = transmission.message.deliveryId;
    const LoggedDelivery* logged = m_ledger.find(id);
    if (!logged || logged->delivery.state != DeliveryState::Sending)
        return broken(QStringLiteral("delivery %1 is on the wire and was not journalled").arg(id));
    if (logged->delivery.accountId != transmission.accountId || logged->delivery.address != transmission.message.to)
        broken(nameOf(*logged) + QStringLiteral(" goes elsewhere than its ledger says"));
    if (!m_wires.emplace(std::pair(id, logged->journals), Wire{transmission.number, m_run}).second)
        broken(nameOf(*logged) + QStringLiteral(" is on the wire twice for one entry in the journal"));
    const QString& key = m_keys.emplace(id, transmission.message.idempotencyKey).first->second;
    if (key.isEmpty() || key != transmission.message.idempotencyKey)
        broken(nameOf(*logged) + QStringLiteral(" has another idempotency key than before"));
    const qint64 campaignId = logged->delivery.campaignId; // 0: a trigger's, which nobody pauses
    const LoggedCampaign campaign = m_ledger.campaign(campaignId);
    if (campaignId != 0 && campaign.state != CampaignState::Sending && logged->journalSeq > campaign.stateSeq)
        broken(nameOf(*logged) + QStringLiteral(" was begun after its campaign had become %1").arg(nameOf(campaign.state)));
    if (logged->delivery.expiresAt != 0 && logged->journalTime >= logged->delivery.expiresAt)
        broken(nameOf(*logged) + QStringLiteral(" was begun after it had expired"));
    checkAgain(*logged, transmission);
    checkCanary(*logged);
    checkWindow(*logged);
    m_pace.onWire(transmission, *logged);
}

// A message that the platform may have already goes out again only when its topic, or a person, wants that.
void Checker::checkAgain(const LoggedDelivery& logged, const Transmission& transmission)
{
    const bool allowed = topicOf(logged).uncertainPolicy == UncertainPolicy::Resend || logged.byHand > 0;
    for (int earlier = 1; earlier < logged.journals; ++earlier) {
        const Judgement& judgement = logged.judgements.at(earlier - 1);
        const auto wire = m_wires.find({logged.delivery.id, earlier});
        const bool taken = wire != m_wires.end() && m_platform.transmission(wire->second.number).taken;
        if (taken && !isUncertain(judgement) && !logged.toldFailed)
            broken(nameOf(logged)
                   + QStringLiteral(" goes out again (wire %1) though the platform took it and it was not uncertain")
                         .arg(transmission.number));
        if (isUncertain(judgement) && !allowed)
            broken(nameOf(logged) + QStringLiteral(" goes out again though it is to be held when it is uncertain"));
    }
}

void Checker::onJudged(const LoggedDelivery& logged, const LogEntry& entry)
{
    const QString outcome = logged.judgements.last().outcome;
    const int most = topicOf(logged).maxAttempts + logged.byHand;
    if (logged.delivery.attempts > most)
        broken(nameOf(logged) + QStringLiteral(" had %1 attempts of %2").arg(logged.delivery.attempts).arg(most));
    const auto found = m_wires.find({logged.delivery.id, logged.journals});
    if (found == m_wires.end()) { // the engine died, or the account went away, between the journal and the wire
        if (outcome != Judgement::Lost && outcome != Judgement::NeverBegun && outcome != nameOf(OutcomeKind::ProviderDown))
            broken(nameOf(logged) + QStringLiteral(" has the outcome %1 and was not on the wire").arg(outcome));
        return;
    }
    const Transmission& transmission = m_platform.transmission(found->second.number);
    if (outcome == Judgement::Lost) {
        if (found->second.run == m_run)
            broken(nameOf(logged) + QStringLiteral(" is uncertain though its engine lives"));
        return;
    }
    if (!transmission.told || nameOf(*transmission.told) != outcome)
        broken(nameOf(logged)
               + QStringLiteral(" has the outcome %1 in entry %2, which nobody gave").arg(outcome).arg(entry.seq));
    if (outcome != uncertain && transmission.taken != (outcome == sent))
        broken(nameOf(logged)
               + QStringLiteral(" has the outcome %1, but the platform has%2 got it")
                     .arg(outcome, transmission.taken ? QString() : QStringLiteral(" not")));
}

void Checker::quiet()
{
    m_reader->run("BEGIN");
    m_ledger.follow(*m_reader, LogRepository(*m_reader).lastSeq());
    compareRows();
    checkLeases();
    m_reader->run("COMMIT");
}

// The log, replayed, gives the ledger.
void Checker::compareRows()
{
    size_t count = 0;
    Rows rows = m_reader->query("SELECT id, state, attempts, account_id FROM delivery");
    while (rows.next()) {
        ++count;
        const LoggedDelivery* logged = m_ledger.find(rows.integer(0));
        const QString state = logged ? nameOf(logged->delivery.state) : QStringLiteral("unknown");
        if (!logged || state != rows.text(1) || logged->delivery.attempts != rows.integer(2)
            || logged->delivery.accountId != rows.integer(3))
            return broken(QStringLiteral("delivery %1 is %2 after %3 attempts; the log says %4 after %5")
                              .arg(rows.integer(0))
                              .arg(rows.text(1))
                              .arg(rows.integer(2))
                              .arg(state)
                              .arg(logged ? logged->delivery.attempts : 0));
    }
    if (count != m_ledger.deliveries().size())
        broken(QStringLiteral("there are %1 deliveries, the log tells of %2").arg(count).arg(m_ledger.deliveries().size()));
    for (const Campaign& campaign : m_scenario.campaigns) {
        const std::optional<Campaign> row = CampaignRepository(*m_reader).find(campaign.id);
        if (row && row->state != m_ledger.campaign(campaign.id).state)
            broken(QStringLiteral("campaign %1 is %2, the log says %3")
                       .arg(campaign.id)
                       .arg(nameOf(row->state), nameOf(m_ledger.campaign(campaign.id).state)));
    }
}

// What is claimed is what is in memory: it is bounded.
void Checker::checkLeases()
{
    Rows rows = m_reader->query("SELECT campaign_id, account_id, COUNT(*) FROM delivery WHERE lease = ? GROUP BY 1, 2",
                                QStringLiteral("run %1").arg(m_run));
    while (rows.next()) {
        const qint64 account = rows.integer(1);
        const auto found = std::find_if(m_scenario.accounts.begin(), m_scenario.accounts.end(),
                                        [&](const Account& a) { return a.id == account; });
        const qint64 most = 2 * Dispatcher::ClaimBatch + found->settings.value(QStringLiteral("in_flight")).toInt();
        if (rows.integer(2) > most)
            broken(QStringLiteral("%1 deliveries of campaign %2 are held in memory for account %3")
                       .arg(rows.integer(2))
                       .arg(rows.integer(0))
                       .arg(account));
    }
}

void Checker::end()
{
    quiet();
    for (const auto& [id, logged] : m_ledger.deliveries()) {
        const LoggedCampaign campaign = m_ledger.campaign(logged.delivery.campaignId);
        if (!isFinal(logged.delivery.state))
            broken(nameOf(logged) + QStringLiteral(" is open though its campaign is %1").arg(nameOf(campaign.state)));
        if (logged.judgements.size() != logged.journals)
            broken(nameOf(logged) + QStringLiteral(" went on the wire and has no outcome"));
        checkMailbox(logged);
    }
    checkTriggers();
    checkReceipts();
    checkCounts();
    const qint64 unexplained = m_reader->integer(
        "SELECT COUNT(*) FROM delivery WHERE last_error = '' AND state IN ('failed', 'bounced', 'expired', 'uncertain')");
    if (unexplained > 0)
        broken(QStringLiteral("%1 deliveries ended badly without a reason").arg(unexplained));
}

// Sent in the ledger <=> taken by the platform, but for what is uncertain.
void Checker::checkMailbox(const LoggedDelivery& logged)
{
    bool taken = false;
    bool maybe = false;
    for (int journal = 1; journal <= logged.journals; ++journal) {
        const auto wire = m_wires.find({logged.delivery.id, journal});
        const bool got = wire != m_wires.end() && m_platform.transmission(wire->second.number).taken;
        taken = taken || got;
        maybe = maybe || (got && journal <= logged.judgements.size() && isUncertain(logged.judgements.at(journal - 1)));
    }
    const bool saysSent = logged.own == DeliveryState::Sent;
    if (saysSent && !taken && !logged.acceptedByHand)
        broken(nameOf(logged) + QStringLiteral(" is not in the platform's mailbox"));
    if (taken && !saysSent && !maybe && !logged.toldFailed)
        broken(nameOf(logged) + QStringLiteral(" is in the platform's mailbox"));
}

} // namespace carillon::simulation
