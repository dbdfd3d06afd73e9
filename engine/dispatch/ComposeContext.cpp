// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/ComposeContext.h"

#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/BarredAddresses.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/TriggerRepository.h"

namespace carillon {

namespace {

// Nothing when the trigger's topic was removed.
std::shared_ptr<const Composer> composerOf(Connection& connection, ContentCache& cache, qint64 triggerId)
{
    const std::optional<Trigger> trigger = TriggerRepository(connection).find(triggerId);
    if (!trigger)
        return nullptr;
    const auto content = cache.saved(connection, trigger->topicId);
    return content ? std::make_shared<const Composer>(*content, trigger->data) : nullptr;
}

} // namespace

ComposeContext readComposeContext(Connection& connection, ContentCache& cache, const QList<Delivery>& deliveries)
{
    ComposeContext context;
    QList<qint64> contactIds;
    contactIds.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries) {
        contactIds << delivery.contactId;
        if (delivery.campaignId == 0 && !context.composers.contains(delivery.triggerId))
            context.composers.insert(delivery.triggerId, composerOf(connection, cache, delivery.triggerId));
        if (delivery.follows != 0 && EngagementRepository(connection).isRead(delivery))
            context.readInTime.insert(delivery.id);
    }
    for (const Contact& contact : ContactRepository(connection).findAll(contactIds))
        context.contacts.insert(contact.id, contact);
    context.barred = barredAddresses(connection, deliveries, context.contacts);
    return context;
}

} // namespace carillon
