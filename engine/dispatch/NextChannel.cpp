// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/NextChannel.h"

#include "engine/content/ContentReader.h"
#include "engine/dispatch/Planner.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/TopicRepository.h"
#include "engine/store/TriggerRepository.h"

namespace carillon {

namespace {

constexpr std::size_t maxPinned = 8;

const QString actor = QStringLiteral("engine");

// The routes on the channels that come after `channel`, in the order of the topic.
QList<PlanRoute> routesAfter(const QList<PlanRoute>& routes, const QString& channel)
{
    QStringList before;
    for (const PlanRoute& route : routes) {
        before << route.channel;
        if (route.channel == channel)
            break;
    }
    QList<PlanRoute> after;
    for (const PlanRoute& route : routes) {
        if (!before.contains(route.channel) && route.destination.isEmpty()) // a fixed one is nobody's next
            after << route;
    }
    return after;
}

bool hasFailed(DeliveryState state)
{
    return state == DeliveryState::Failed || state == DeliveryState::Bounced;
}

bool cameToNothing(DeliveryState state)
{
    return hasFailed(state) || state == DeliveryState::Suppressed || state == DeliveryState::Expired
        || state == DeliveryState::Cancelled;
}

// When the next channel is due; nothing while it is for another of the contact's addresses to say, or settled already.
std::optional<qint64> dueAt(const QList<Delivery>& notification, const Delivery& recorded, qint64 afterMs, qint64 now)
{
    for (const Delivery& other : notification) {
        if (other.follows != 0 && other.channel != recorded.channel && other.id > recorded.id)
            return std::nullopt;
        if (hasFailed(recorded.state) && other.channel == recorded.channel && !cameToNothing(other.state))
            return std::nullopt;
    }
    return hasFailed(recorded.state) ? now : now + afterMs;
}

// What was planned for when nobody reads it need not wait when the platform tells that it has failed: it is due at once, if
// no other of the contact's addresses may have it yet.
QList<Delivery> broughtForward(DeliveryRepository& deliveries, const QList<Delivery>& notification, const Delivery& failed,
                               qint64 now)
{
    QList<Delivery> early;
    QList<qint64> ids;
    for (const Delivery& other : notification) {
        if (other.channel == failed.channel && !cameToNothing(other.state))
            return {};
        if (other.follows != 0 && other.channel != failed.channel && other.state == DeliveryState::Queued
            && other.attempts == 0 && other.dueAt > now) {
            early << other;
            early.last().dueAt = now;
            ids << other.id;
        }
    }
    deliveries.defer(ids, now);
    return early;
}

} // namespace

QList<Delivery> NextChannel::follow(Connection& connection, const Delivery& recorded, qint64 afterMs, qint64 now)
{
    if (afterMs == 0 || (recorded.state != DeliveryState::Sent && !hasFailed(recorded.state)))
        return {};
    DeliveryRepository deliveries(connection);
    const QList<Delivery> notification = deliveries.ofNotification(recorded);
    if (hasFailed(recorded.state)) {
        if (const QList<Delivery> early = broughtForward(deliveries, notification, recorded, now); !early.isEmpty())
            return early;
    }
    const std::optional<qint64> due = dueAt(notification, recorded, afterMs, now);
    std::optional<PlanSource> source = due ? sourceOf(connection, recorded) : std::nullopt;
    if (!source)
        return {};
    source->routes = routesAfter(source->routes, recorded.channel);
    source->cap.reset(); // this notification has been counted
    source->campaign.schedule.kind = ScheduleKind::At; // and its hour has come
    source->campaign.audience = Audience();
    source->campaign.audience.contactIds = {recorded.contactId};
    QList<Delivery> followUps = Planner(*std::move(source)).page(connection, 0, 2, *due).deliveries;
    for (Delivery& followUp : followUps) {
        followUp.triggerId = recorded.triggerId;
        followUp.follows = recorded.id;
        followUp.createdAt = now;
        followUp.id = deliveries.insertQueued(followUp, actor);
    }
    return followUps;
}

// Nothing when the campaign was cancelled or its topic removed.
std::optional<PlanSource> NextChannel::sourceOf(Connection& connection, const Delivery& delivery)
{
    Campaign campaign;
    std::shared_ptr<const CompiledContent> content;
    if (delivery.campaignId != 0) {
        campaign = CampaignRepository(connection).find(delivery.campaignId).value_or(Campaign());
        if (campaign.id == 0 || campaign.state == CampaignState::Cancelled)
            return std::nullopt;
        content = pinned(connection, campaign);
    } else {
        campaign.topicId = delivery.topicId;
        content = m_cache.saved(connection, delivery.topicId).value_or(nullptr);
    }
    if (!content)
        return std::nullopt;
    return planSourceOf(connection, campaign, content, TopicRepository(connection).routes(campaign.topicId));
}

std::shared_ptr<const CompiledContent> NextChannel::pinned(Connection& connection, const Campaign& campaign)
{
    const auto known = m_pinned.find(campaign.id);
    if (known != m_pinned.end())
        return known->second;
    const Result<ContentSet> content = contentOf(connection, campaign);
    if (!content)
        return nullptr;
    if (m_pinned.size() >= maxPinned)
        m_pinned.erase(m_pinned.begin()); // the oldest campaign
    return m_pinned.emplace(campaign.id, CompiledContent::compile(*content)).first->second;
}

} // namespace carillon
