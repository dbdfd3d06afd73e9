// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Planner.h"

#include "engine/content/CompiledContent.h"
#include "engine/content/ContentReader.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/AudienceRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/FrequencyCapRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QHash>

namespace carillon {

Result<PlanSource> readPlanSource(Connection& connection, const Campaign& campaign)
{
    const Result<ContentSet> content = contentOf(connection, campaign);
    if (!content)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Planner", "The campaign has no topic. Choose one."),
                    QStringLiteral("topic"));
    return planSourceOf(connection, campaign, *content, TopicRepository(connection).routes(content->topic.id));
}

PlanSource planSourceOf(Connection& connection, const Campaign& campaign, const ContentSet& content,
                        const QList<Route>& routes)
{
    return planSourceOf(connection, campaign, CompiledContent::compile(content), routes);
}

PlanSource planSourceOf(Connection& connection, const Campaign& campaign,
                        const std::shared_ptr<const CompiledContent>& content, const QList<Route>& routes)
{
    const ContentSet& set = content->content();
    PlanSource source{campaign, set.topic, {}, content, {}, set.brand.timeZone, {}};
    source.cap = FrequencyCapRepository(connection).find(set.topic.category);
    for (const Route& route : routes) {
        const std::optional<Account> account = AccountRepository(connection).find(route.accountId);
        if (account && account->enabled)
            source.routes << PlanRoute{account->id, account->name, account->channel, route.destination, route.position};
    }
    return source;
}

PlannedPage Planner::page(Connection& connection, qint64 afterContactId, int limit, qint64 now)
{
    PlannedPage page;
    const QList<qint64> contacts
        = AudienceRepository(connection).contactIds(m_source.campaign.audience, afterContactId, limit);
    page.contacts = contacts.size();
    page.end = contacts.size() < limit;
    page.lastContactId = contacts.isEmpty() ? afterContactId : contacts.last();
    if (contacts.isEmpty())
        return page;
    QList<ReachByContact> reach;
    for (const PlanRoute& route : std::as_const(m_source.routes))
        reach << reachOn(connection, route, contacts);
    const Standing standing = standingOf(connection, contacts, now);
    for (const qint64 contact : contacts)
        plan(contact, reach, standing, now, page);
    return page;
}

Planner::Standing Planner::standingOf(Connection& connection, const QList<qint64>& contacts, qint64 now) const
{
    Standing standing;
    if (m_source.cap)
        standing.capped = FrequencyCapRepository(connection).reached(*m_source.cap, contacts, now, m_source.campaign.id);
    if (m_times.asks() == SendTimes::Asks::Nobody)
        return standing;
    const auto times = AudienceRepository(connection)
                           .times(m_source.campaign.audience, contacts.first(), contacts.last(),
                                  m_times.asks() != SendTimes::Asks::Everybody);
    for (auto it = times.cbegin(); it != times.cend(); ++it)
        standing.times.insert(it.key(), {it->zone, it->quietHours});
    return standing;
}

// Asked as sending asks. Most content serves everybody; only else are the contacts' locales looked at.
QSet<qint64> Planner::withoutContent(Connection& connection, const PlanRoute& route, const QList<qint64>& contacts) const
{
    const TemplateResolver& resolver = m_source.content->resolver();
    if (resolver.servesEverybody(route.channel))
        return {};
    QHash<qint64, QString> locales;
    if (resolver.serves(route.channel))
        locales = AudienceRepository(connection).locales(m_source.campaign.audience, contacts.first(), contacts.last());
    QSet<qint64> without;
    for (const qint64 contact : contacts) {
        const auto locale = locales.constFind(contact);
        if (locale == locales.cend() || resolver.resolve(route.channel, *locale).index < 0)
            without.insert(contact);
    }
    return without;
}

Planner::ReachByContact Planner::reachOn(Connection& connection, const PlanRoute& route, const QList<qint64>& contacts)
{
    const QSet<qint64> without = withoutContent(connection, route, contacts);
    ReachByContact reach = route.destination.isEmpty() ? reachByAddress(connection, route, contacts) : ReachByContact();
    if (!route.destination.isEmpty()) {
        for (const qint64 contact : contacts) {
            if (!without.contains(contact))
                reach.insert(contact, reachFixed(connection, route));
        }
    }
    for (const qint64 contact : without)
        reach.insert(contact, {{}, LeftOutReason::NoTemplate});
    return reach;
}

Planner::ReachByContact Planner::reachByAddress(Connection& connection, const PlanRoute& route,
                                                const QList<qint64>& contacts) const
{
    ReachByContact reach;
    reach.reserve(contacts.size());
    for (const auto& candidate :
         AudienceRepository(connection)
             .candidates(m_source.campaign.audience, route.channel, contacts.first(), contacts.last())) {
        const auto only = m_source.onlyAddress.constFind(candidate.contactId);
        if (only != m_source.onlyAddress.cend() && addressKey(route.channel, candidate.value) != *only)
            continue;
        Reach& of = reach[candidate.contactId];
        if (candidate.addressId == 0)
            of.reason = LeftOutReason::NoAddress;
        else if (candidate.suppressed)
            of.reason = LeftOutReason::Suppressed;
        else if (candidate.state != AddressState::Active)
            of.reason = LeftOutReason::AddressInactive;
        else if (candidate.duplicate)
            of.reason = LeftOutReason::DuplicateAddress;
        else
            of.addresses << candidate.value;
    }
    return reach;
}

Planner::Reach Planner::reachFixed(Connection& connection, const PlanRoute& route)
{
    const QString key = QString::number(route.accountId) + u' ' + route.destination;
    if (m_fixedDone.contains(key))
        return {{}, LeftOutReason::DuplicateAddress};
    m_fixedDone.insert(key);
    if (m_source.campaign.id != 0
        && DeliveryRepository(connection).exists(m_source.campaign.id, route.accountId, route.destination))
        return {{}, LeftOutReason::DuplicateAddress};
    return {{route.destination}, {}};
}

void Planner::plan(qint64 contactId, const QList<ReachByContact>& reach, const Standing& standing, qint64 now,
                   PlannedPage& page)
{
    for (qsizetype i = 0; i < reach.size(); ++i) {
        const Reach of = reach.at(i).value(contactId);
        if (of.addresses.isEmpty())
            continue;
        const PlanRoute& route = m_source.routes.at(i);
        SendTimes::Due due{0, 0, LeftOutReason::FrequencyCap};
        if (!standing.capped.contains(contactId))
            due = m_times.due(now, standing.times.value(contactId));
        if (!due.leftOut.isEmpty()) {
            page.leftOut << LeftOut{m_source.campaign.id, contactId, route.channel, due.leftOut};
            return;
        }
        for (const QString& address : of.addresses)
            page.deliveries << deliveryTo(contactId, route, address, due, now);
        return;
    }
    const QString reason = reach.isEmpty() ? LeftOutReason::NoRoute : reach.first().value(contactId).reason;
    const QString channel = reach.isEmpty() ? QString() : m_source.routes.first().channel;
    page.leftOut << LeftOut{m_source.campaign.id, contactId, channel, reason};
}

Delivery Planner::deliveryTo(qint64 contactId, const PlanRoute& route, const QString& address, const SendTimes::Due& due,
                             qint64 now) const
{
    Delivery delivery;
    delivery.campaignId = m_source.campaign.id;
    delivery.topicId = m_source.topic.id;
    delivery.contactId = contactId;
    delivery.accountId = route.accountId;
    delivery.route = route.position;
    delivery.channel = route.channel;
    delivery.address = address;
    delivery.dueAt = due.at;
    delivery.expiresAt = due.expiresAt;
    delivery.createdAt = now;
    return delivery;
}

} // namespace carillon
