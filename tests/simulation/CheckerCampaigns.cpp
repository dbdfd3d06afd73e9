// SPDX-License-Identifier: GPL-3.0-or-later
// What is promised of whole campaigns and of triggers.
#include "Checker.h"

#include "engine/base/ManualClock.h"
#include "engine/dispatch/Turn.h"
#include "engine/model/Names.h"
#include "engine/service/DryRunner.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"

namespace carillon::simulation {

namespace {

bool hasBegun(const LoggedDelivery& logged)
{
    return logged.delivery.state == DeliveryState::Sending || logged.delivery.attempts > 0;
}

bool wasGot(const LoggedDelivery& logged)
{
    return logged.delivery.state == DeliveryState::Sent || logged.delivery.state == DeliveryState::Delivered;
}

} // namespace

// As it was made; what the engine keeps of it may be wrong.
Campaign Checker::campaignOf(qint64 id) const
{
    for (const Campaign& campaign : m_scenario.campaigns) {
        if (campaign.id == id)
            return campaign;
    }
    return CampaignRepository(*m_reader).find(id).value_or(Campaign());
}

void Checker::onCampaign(const LogEntry& entry)
{
    const qint64 id = entry.campaignId;
    const QString what = entry.type.mid(entry.type.indexOf(u'.') + 1);
    Promised& promised = m_promised[id];
    if (what == QStringLiteral("scheduled")) {
        onScheduled(entry);
    } else if (what == QStringLiteral("planning")) {
        if (entry.time < promised.notBefore)
            broken(QStringLiteral("campaign %1 begins %2 ms too early").arg(id).arg(promised.notBefore - entry.time));
        m_plans[id] = planOf(id);
    } else if (what == QStringLiteral("sending")) {
        checkPlan(id, m_plans[id]);
        const Canary canary = campaignOf(id).control.canary;
        if (canary.isOn())
            promised.canarySize
                = canary.sizeOf(m_reader->integer("SELECT COUNT(*) FROM delivery WHERE campaign_id = ?", id));
    } else if (what.startsWith(QStringLiteral("canary_"))) {
        promised.canarySize.reset();
    } else if (what == QStringLiteral("throttle_changed")) {
        promised.perMinute = entry.data.value(QStringLiteral("per_minute")).toDouble();
        m_pace.throttle(id, *promised.perMinute, false);
    }
    if (m_ledger.campaign(id).state == CampaignState::Sending && m_ledger.campaign(id).stateSeq == entry.seq)
        m_pace.throttle(id, promised.perMinute.value_or(0), true);
}

void Checker::onScheduled(const LogEntry& entry)
{
    const Campaign campaign = campaignOf(entry.campaignId);
    Promised& promised = m_promised[entry.campaignId];
    const auto topic = std::find_if(m_scenario.topics.begin(), m_scenario.topics.end(),
                                    [&](const Topic& one) { return one.id == campaign.topicId; });
    const qint64 hold = campaign.control.holdMs.value_or(topic->rules.holdMs);
    const qint64 at = CampaignRepository(*m_reader).find(entry.campaignId)->scheduledAt;
    promised.notBefore = hold > 0 ? entry.time + hold : 0;
    if (at > entry.time) // perhaps an hour that somebody named, and then it is not held
        promised.notBefore = at;
    promised.missedOf = campaign.origin.missedOf;
    promised.perMinute = promised.perMinute.value_or(campaign.control.perMinute);
}

// What a dry run of this moment says. Of those whom a campaign missed it may be different in the next.
Checker::Plan Checker::planOf(qint64 id) const
{
    const Campaign campaign = *CampaignRepository(*m_reader).find(id);
    if (campaign.audience.missed)
        return {};
    const Result<DryRun> dryRun = countDry(*m_reader, campaign, m_clock.now());
    return dryRun ? Plan{*dryRun, m_disturbances} : Plan();
}

// Nobody is both planned and left out, nobody is planned twice; and what the dry run counted is what was planned.
void Checker::checkPlan(qint64 campaignId, const Plan& plan)
{
    const qint64 both = m_reader->integer(
        "SELECT COUNT(*) FROM left_out JOIN delivery USING (campaign_id, contact_id) WHERE campaign_id = ?", campaignId);
    const qint64 twice = m_reader->integer("SELECT COUNT(*) FROM (SELECT 1 FROM delivery WHERE campaign_id = ?"
                                           " GROUP BY account_id, address, contact_id HAVING COUNT(*) > 1)",
                                           campaignId);
    if (both + twice > 0)
        broken(QStringLiteral("campaign %1: %2 contacts are planned and left out, %3 are planned twice")
                   .arg(campaignId)
                   .arg(both)
                   .arg(twice));
    if (!plan.dryRun || plan.disturbances != m_disturbances)
        return;
    const qint64 planned = m_reader->integer("SELECT COUNT(*) FROM delivery WHERE campaign_id = ?", campaignId);
    const qint64 reached
        = m_reader->integer("SELECT COUNT(*) FROM (SELECT contact_id FROM delivery WHERE campaign_id = ?1 UNION"
                            " SELECT contact_id FROM left_out WHERE campaign_id = ?1)",
                            campaignId);
    if (planned != plan.dryRun->willSend || reached != plan.dryRun->audience)
        broken(QStringLiteral("campaign %1: %2 deliveries for %3 contacts are planned, the dry run says %4 for %5")
                   .arg(campaignId)
                   .arg(planned)
                   .arg(reached)
                   .arg(plan.dryRun->willSend)
                   .arg(plan.dryRun->audience));
    const QMap<QString, qint64> leftOut = CampaignRepository(*m_reader).leftOutCounts(campaignId);
    for (const ReasonCount& reason : plan.dryRun->leftOut) {
        if (leftOut.value(reason.reason) != reason.count)
            broken(QStringLiteral("campaign %1: %2 contacts are left out for %3, the dry run says %4")
                       .arg(campaignId)
                       .arg(leftOut.value(reason.reason))
                       .arg(reason.reason)
                       .arg(reason.count));
    }
}

// Who got a campaign does not get it again by "send to the missed".
void Checker::onPlanned(const LoggedDelivery& planned)
{
    const auto promised = m_promised.find(planned.delivery.campaignId);
    if (promised == m_promised.end() || promised->second.missedOf == 0 || planned.delivery.follows != 0)
        return;
    for (const auto& [id, logged] : m_ledger.deliveries()) {
        if (logged.delivery.campaignId == promised->second.missedOf && wasGot(logged)
            && logged.delivery.contactId == planned.delivery.contactId)
            broken(QStringLiteral("delivery %1 is to a contact who has got delivery %2, and was not missed")
                       .arg(planned.delivery.id)
                       .arg(id));
    }
}

// Before the verdict no more are on their way, or have been, than the canary is large.
void Checker::checkCanary(const LoggedDelivery& logged)
{
    const auto promised = m_promised.find(logged.delivery.campaignId);
    if (promised == m_promised.end() || !promised->second.canarySize)
        return;
    qint64 begun = 0;
    for (const auto& [id, other] : m_ledger.deliveries())
        begun += other.delivery.campaignId == logged.delivery.campaignId && hasBegun(other) ? 1 : 0;
    if (begun > *promised->second.canarySize)
        broken(QStringLiteral("%1 deliveries of campaign %2 were begun, and its canary of %3 has not passed")
                   .arg(begun)
                   .arg(logged.delivery.campaignId)
                   .arg(*promised->second.canarySize));
}

// Nothing begins outside of its campaign's window. A message that waits for room is not looked at again for a minute.
void Checker::checkWindow(const LoggedDelivery& logged)
{
    if (logged.delivery.campaignId == 0 || !m_scenario.prompt || m_scenario.weather.jump != 0)
        return;
    const std::optional<SendWindow> window = campaignOf(logged.delivery.campaignId).schedule.window;
    const auto isOpen = [&](qint64 time) { return window->hours.holds(int(time / 60'000 % (24 * 60))); };
    if (window && !isOpen(logged.journalTime) && !isOpen(logged.journalTime - Turn::LongestReadyMs - 1))
        broken(QStringLiteral("delivery %1 was begun outside of its campaign's window").arg(logged.delivery.id));
}

// An answer is durable, and a key is carried out once.
void Checker::onTriggered(const TriggerRequest& request, const TriggerAnswer& answer)
{
    for (const TriggerAnswer::Recipient& recipient : answer.recipients) {
        for (const qint64 id : recipient.deliveryIds) {
            if (!m_ledger.find(id))
                broken(QStringLiteral("trigger %1 was accepted, and its delivery %2 is not there")
                           .arg(answer.triggerId)
                           .arg(id));
        }
    }
    if (request.idempotencyKey.isEmpty())
        return;
    const auto [known, isNew]
        = m_triggers.try_emplace(request.idempotencyKey, Triggered{request.canonical(), answer.triggerId});
    if (!isNew && (known->second.body != request.canonical() || known->second.id != answer.triggerId))
        broken(QStringLiteral("key %1 is of trigger %2, and then of trigger %3")
                   .arg(request.idempotencyKey)
                   .arg(known->second.id)
                   .arg(answer.triggerId));
}

// Also of what was never answered: each key is in the data of its triggers.
void Checker::checkTriggers()
{
    Rows rows = m_reader->query("SELECT json_extract(data, '$.key') AS key, COUNT(*) FROM \"trigger\" WHERE key <> ''"
                                " GROUP BY key HAVING COUNT(*) > 1");
    while (rows.next())
        broken(QStringLiteral("key %1 was carried out %2 times").arg(rows.text(0)).arg(rows.integer(1)));
}

} // namespace carillon::simulation
