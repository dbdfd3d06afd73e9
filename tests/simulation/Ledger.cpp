// SPDX-License-Identifier: GPL-3.0-or-later
#include "Ledger.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"

#include <QJsonArray>
#include <QSet>

namespace carillon::simulation {

namespace {

constexpr int pageSize = 2'000;
const QString deliveryPrefix = QStringLiteral("delivery.");
const QString campaignPrefix = QStringLiteral("campaign.");
const QString engagementPrefix = QStringLiteral("engagement.");
const QString platform = QStringLiteral("platform");

std::optional<CampaignState> stateAfter(const QString& type)
{
    static const QHash<QString, CampaignState> states{
        {QStringLiteral("campaign.scheduled"), CampaignState::Scheduled},
        {QStringLiteral("campaign.unscheduled"), CampaignState::Draft},
        {QStringLiteral("campaign.planning"), CampaignState::Planning},
        {QStringLiteral("campaign.sending"), CampaignState::Sending},
        {QStringLiteral("campaign.paused"), CampaignState::Paused},
        {QStringLiteral("campaign.cancelled"), CampaignState::Cancelled},
        {QStringLiteral("campaign.finished"), CampaignState::Finished},
        {QStringLiteral("campaign.reopened"), CampaignState::Sending},
    };
    const auto found = states.constFind(type);
    return found == states.cend() ? std::nullopt : std::optional(*found);
}

// The deliveries that an entry tells of: one, or many at once (see LogEntry). None: it contradicts itself.
QList<qint64> deliveriesOf(const LogEntry& entry)
{
    if (entry.deliveryId != 0)
        return {entry.deliveryId};
    QList<qint64> ids;
    for (const QJsonValue& id : entry.data.value(QStringLiteral("ids")).toArray())
        ids << id.toInteger();
    const qint64 first = entry.data.value(QStringLiteral("first")).toInteger();
    const qint64 last = entry.data.value(QStringLiteral("last")).toInteger();
    if (ids.isEmpty() && first > 0) {
        for (qint64 id = first; id <= last; ++id)
            ids << id;
    }
    const QSet<qint64> distinct(ids.cbegin(), ids.cend());
    return distinct.size() == ids.size() && countOf(entry) == ids.size() ? ids : QList<qint64>();
}

} // namespace

const LoggedDelivery* Ledger::find(qint64 deliveryId) const
{
    const auto found = m_deliveries.find(deliveryId);
    return found == m_deliveries.end() ? nullptr : &found->second;
}

LoggedCampaign Ledger::campaign(qint64 id) const
{
    const auto found = m_campaigns.find(id);
    return found == m_campaigns.end() ? LoggedCampaign() : found->second;
}

void Ledger::follow(Connection& connection, qint64 seq)
{
    while (m_lastSeq < seq && !m_trace.isBroken()) {
        const QList<LogEntry> entries = LogRepository(connection).after(m_lastSeq, {}, pageSize);
        if (entries.isEmpty())
            return m_trace.broken(QStringLiteral("entry %1 was announced and is not there").arg(seq));
        for (const LogEntry& entry : entries) {
            if (entry.seq > seq)
                return;
            if (entry.seq != m_lastSeq + 1)
                return m_trace.broken(QStringLiteral("entry %1 follows %2").arg(entry.seq).arg(m_lastSeq));
            m_lastSeq = entry.seq;
            take(connection, entry);
        }
    }
}

void Ledger::take(Connection& connection, const LogEntry& entry)
{
    if (entry.type.startsWith(deliveryPrefix)) {
        const QList<qint64> ids = deliveriesOf(entry);
        m_trace.line(QStringLiteral("log %1 %2 %3%4")
                         .arg(entry.seq)
                         .arg(entry.type)
                         .arg(ids.isEmpty() ? 0 : ids.first())
                         .arg(ids.size() > 1 ? QStringLiteral(" and %1 more").arg(ids.size() - 1) : QString()));
        if (ids.isEmpty())
            m_trace.broken(QStringLiteral("entry %1 (%2) tells of no delivery").arg(entry.seq).arg(entry.type));
        for (const qint64 id : ids)
            takeDelivery(connection, entry, id, entry.type.mid(deliveryPrefix.size()));
        return;
    }
    m_trace.line(QStringLiteral("log %1 %2 of campaign %3 by %4")
                     .arg(entry.seq)
                     .arg(entry.type)
                     .arg(entry.campaignId)
                     .arg(entry.actor));
    if (entry.type.startsWith(campaignPrefix))
        takeCampaign(entry);
    else if (entry.type.startsWith(engagementPrefix))
        takeEngagement(entry);
    else if (somethingElse)
        somethingElse(entry);
}

void Ledger::takeCampaign(const LogEntry& entry)
{
    LoggedCampaign& campaign = m_campaigns[entry.campaignId];
    if (const std::optional<CampaignState> state = stateAfter(entry.type)) {
        campaign.state = *state;
        campaign.stateSeq = entry.seq;
    } else if (entry.type == QStringLiteral("campaign.resumed")) {
        campaign.state = campaign.pausedIn;
        campaign.stateSeq = entry.seq;
    }
    if (campaign.state != CampaignState::Paused)
        campaign.pausedIn = campaign.state;
    if (campaignChanged)
        campaignChanged(entry);
}

void Ledger::takeDelivery(Connection& connection, const LogEntry& entry, qint64 deliveryId, const QString& state)
{
    const auto found = m_deliveries.find(deliveryId);
    if (found == m_deliveries.end())
        return add(connection, deliveryId, entry);
    if (const std::optional<DeliveryState> to = valueOf<DeliveryState>(state))
        return step(found->second, *to, entry);
    if (state == QStringLiteral("rerouted")) {
        found->second.delivery.accountId = entry.accountId;
        return;
    }
    if (state == QStringLiteral("complained")) {
        ++found->second.complaints;
        return;
    }
    m_trace.broken(QStringLiteral("entry %1 is of a kind that nobody knows: %2").arg(entry.seq).arg(entry.type));
}

void Ledger::takeEngagement(const LogEntry& entry)
{
    const auto found = m_deliveries.find(entry.deliveryId);
    if (found == m_deliveries.end())
        return m_trace.broken(QStringLiteral("entry %1 (%2) tells of no delivery").arg(entry.seq).arg(entry.type));
    ++found->second.engagements[entry.type.mid(engagementPrefix.size())];
}

void Ledger::add(Connection& connection, qint64 deliveryId, const LogEntry& entry)
{
    const std::optional<Delivery> delivery = DeliveryRepository(connection).find(deliveryId);
    if (!delivery || entry.type != QStringLiteral("delivery.queued"))
        return m_trace.broken(QStringLiteral("entry %1 (%2) tells of delivery %3, which was never queued")
                                  .arg(entry.seq)
                                  .arg(entry.type)
                                  .arg(deliveryId));
    LoggedDelivery logged;
    logged.delivery = *delivery;
    logged.delivery.state = DeliveryState::Queued;
    logged.delivery.attempts = 0;
    if (entry.accountId != 0)
        logged.delivery.accountId = entry.accountId;
    const LoggedDelivery& added = m_deliveries.emplace(deliveryId, logged).first->second;
    if (planned)
        planned(added);
}

void Ledger::step(LoggedDelivery& logged, DeliveryState to, const LogEntry& entry)
{
    const DeliveryState from = logged.delivery.state;
    if (!mayBecome(from, to))
        m_trace.broken(QStringLiteral("entry %1: delivery %2 went from %3 to %4")
                           .arg(entry.seq)
                           .arg(logged.delivery.id)
                           .arg(nameOf(from), nameOf(to)));
    const bool byHand = entry.data.value(QStringLiteral("by_hand")).toBool();
    logged.delivery.state = to;
    if (entry.actor != platform)
        logged.own = to;
    else if (to == DeliveryState::Failed)
        logged.toldFailed = true;
    if (from == DeliveryState::Sending)
        judge(logged, entry);
    if (byHand && to == DeliveryState::Retrying)
        ++logged.byHand;
    if (entry.actor != platform)
        logged.acceptedByHand = byHand && to == DeliveryState::Sent;
    if (to == DeliveryState::Sending) {
        ++logged.journals;
        logged.journalSeq = entry.seq;
        logged.journalTime = entry.time;
    }
    if (from == DeliveryState::Sending && judged)
        judged(logged, entry);
}

void Ledger::judge(LoggedDelivery& logged, const LogEntry& entry)
{
    const bool died = logged.delivery.state == DeliveryState::Uncertain;
    const QString outcome
        = entry.data.value(QStringLiteral("outcome")).toString(died ? Judgement::Lost : Judgement::NeverBegun);
    logged.judgements << Judgement{outcome, entry.seq};
    const std::optional<OutcomeKind> kind = valueOf<OutcomeKind>(outcome);
    if (kind != OutcomeKind::Throttled && kind != OutcomeKind::ProviderDown && outcome != Judgement::NeverBegun)
        ++logged.delivery.attempts;
}

} // namespace carillon::simulation
