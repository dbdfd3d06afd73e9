// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/NextAccount.h"

#include "engine/store/AccountRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString sentence(MoveOn::Why why, const QString& from, const QString& to)
{
    return why == MoveOn::Why::Down
        ? QCoreApplication::translate("NextAccount", "%1 is down: it goes on through %2.").arg(from, to)
        : QCoreApplication::translate("NextAccount", "%1 refused it: it goes on through %2.").arg(from, to);
}

} // namespace

bool NextAccount::move(Delivery& known, const MoveOn& moveOn, qint64 dueAt, qint64 now)
{
    const std::optional<Way> next = routeAfter(known, moveOn);
    if (!next)
        return false;
    const std::optional<Account> from = AccountRepository(m_connection).find(known.accountId);
    DeliveryRoute route{next->route.accountId, next->route.position, dueAt, QStringLiteral("engine"), {}};
    route.reason = sentence(moveOn.why, from ? from->name : QString::number(known.accountId), next->account.name);
    return DeliveryRepository(m_connection).reroute(known, route, now);
}

std::optional<NextAccount::Way> NextAccount::routeAfter(const Delivery& delivery, const MoveOn& moveOn)
{
    const QList<Way>& ways = waysOf(delivery.topicId);
    const auto own = std::find_if(ways.begin(), ways.end(), [&](const Way& way) {
        return way.route.accountId == delivery.accountId && way.route.position == delivery.route;
    });
    const bool isToContact = own == ways.end() || own->route.destination.isEmpty();
    QList<Way> behind;
    QList<Way> before;
    for (const Way& way : ways) {
        const QString& destination = way.route.destination;
        if (way.route.accountId == delivery.accountId || !way.account.enabled || way.account.channel != delivery.channel
            || (destination.isEmpty() ? !isToContact : destination != delivery.address))
            continue;
        (way.route.position > delivery.route ? behind : before) << way;
    }
    const bool goesForward = moveOn.why == MoveOn::Why::Refused;
    const QList<Way> candidates = goesForward ? behind : behind + before;
    if (candidates.isEmpty() || wasUncertain(delivery))
        return std::nullopt;
    const auto well = std::find_if(candidates.begin(), candidates.end(),
                                   [&](const Way& way) { return !moveOn.out.contains(way.route.accountId); });
    if (well != candidates.end())
        return *well;
    return goesForward ? std::optional(candidates.first()) : std::nullopt;
}

const QList<NextAccount::Way>& NextAccount::waysOf(qint64 topicId)
{
    const auto known = m_ways.constFind(topicId);
    if (known != m_ways.cend())
        return *known;
    QList<Way> ways;
    for (const Route& route : TopicRepository(m_connection).routes(topicId)) {
        if (const std::optional<Account> account = AccountRepository(m_connection).find(route.accountId))
            ways << Way{route, *account};
    }
    return *m_ways.insert(topicId, ways);
}

bool NextAccount::wasUncertain(const Delivery& delivery)
{
    return LogRepository(m_connection).has(delivery.id, QStringLiteral("delivery.uncertain"));
}

} // namespace carillon
