// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RehearsalPages.h"

#include "engine/content/ContentReader.h"
#include "engine/service/DryRunner.h"
#include "engine/store/AudienceRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

// As long as a real one is for an address of usual length. Nobody can follow it: there is no delivery behind it.
QString sampleUnsubscribeUrl(const Brand& brand)
{
    if (brand.publicUrl.isEmpty())
        return {};
    const QString slash = brand.publicUrl.endsWith(u'/') ? QString() : QStringLiteral("/");
    return brand.publicUrl + slash + QStringLiteral("u/") + QString(64, u'x');
}

Result<ContentSet> rehearsedContent(Connection& connection, const RehearsalRequest& request)
{
    if (request.topic)
        return contentOf(connection, request.topic->topic, request.topic->templates);
    Result<ContentSet> content = contentOf(connection, request.campaign);
    if (content)
        return content;
    return fail(ErrorCode::InvalidInput, QCoreApplication::translate("Rehearsal", "The campaign has no topic. Choose one."),
                QStringLiteral("topic"));
}

} // namespace

Result<RehearsalStart> readRehearsalStart(Connection& connection, const RehearsalRequest& request)
{
    const Result<ContentSet> content = rehearsedContent(connection, request);
    if (!content)
        return fail(content.error());
    const QList<Route> routes
        = request.topic ? request.topic->routes : TopicRepository(connection).routes(content->topic.id);
    PlanSource source = planSourceOf(connection, request.campaign, *content, routes);
    if (const Status compiles = checkCompiles(source); !compiles)
        return fail(compiles.error());
    return RehearsalStart{std::move(source), *content, AudienceRepository(connection).count(request.campaign.audience)};
}

RehearsalPage readRehearsalPage(Connection& connection, Planner planner, qint64 afterContactId, int limit, qint64 now)
{
    RehearsalPage page{std::move(planner), {}, {}};
    page.planned = page.planner.page(connection, afterContactId, limit, now);
    QList<qint64> ids;
    for (const Delivery& delivery : std::as_const(page.planned.deliveries)) {
        if (ids.isEmpty() || ids.last() != delivery.contactId)
            ids << delivery.contactId;
    }
    page.contacts.reserve(ids.size());
    for (const Contact& contact : ContactRepository(connection).findAll(ids))
        page.contacts.insert(contact.id, contact);
    return page;
}

RehearsalTally rehearsePage(const Composer& composer, const RehearsalPage& page, const RehearsalTerms& terms,
                            const std::atomic<bool>& stop)
{
    const ContentSet& content = composer.content();
    const QString unsubscribeUrl = sampleUnsubscribeUrl(content.brand);
    RehearsalTally tally(terms.contactsPerFinding);
    tally.addContacts(page.planned.contacts);
    for (Delivery delivery : page.planned.deliveries) {
        if (stop.load(std::memory_order_relaxed))
            break;
        const Contact contact = page.contacts.value(delivery.contactId);
        delivery.messageId = messageIdOf(terms.workspaceId, delivery.contactId, content.brand.fromAddress);
        tally.add(content, delivery, contact, composer.inspect(delivery, contact, terms.now, unsubscribeUrl));
    }
    return tally;
}

} // namespace carillon
