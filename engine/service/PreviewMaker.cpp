// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/PreviewMaker.h"

#include "engine/content/Composer.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/ContactRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Preview", text);
}

QString addressOf(const Contact& contact, const QString& channel)
{
    for (const Address& address : contact.addresses) {
        if (address.channel == channel)
            return address.value;
    }
    return {};
}

// Who stands in while no contact is chosen.
Contact sampleContact(const QString& channel)
{
    Contact contact;
    contact.name = tr("Ada Lovelace");
    contact.locale = QStringLiteral("en");
    contact.attributes = {{QStringLiteral("first_name"), tr("Ada")}, {QStringLiteral("last_name"), tr("Lovelace")}};
    const QString value = channel == QStringLiteral("email") ? QStringLiteral("ada@example.org") : QStringLiteral("sample");
    contact.addresses = {{0, 0, channel, value, AddressState::Active}};
    return contact;
}

Result<Contact> contactOf(Connection& connection, const PreviewRequest& request)
{
    if (request.contactId == 0)
        return sampleContact(request.channel);
    const std::optional<Contact> contact = ContactRepository(connection).find(request.contactId);
    if (!contact)
        return fail(ErrorCode::NotFound, tr("This contact does not exist any more."));
    return *contact;
}

TemplateProblem wholePartProblem(const Error& error)
{
    TemplateProblem problem;
    problem.part = error.field;
    problem.message = error.message;
    return problem;
}

Brand brandOf(Connection& connection, const PreviewRequest& request)
{
    return BrandRepository(connection).find(request.topic.topic.brandId).value_or(Brand());
}

Delivery deliveryTo(const PreviewRequest& request, const QString& address, const Brand& brand, const QString& workspaceId,
                    qint64 now)
{
    Delivery delivery;
    delivery.contactId = request.contactId;
    delivery.topicId = request.topic.topic.id;
    delivery.channel = request.channel;
    delivery.address = address;
    delivery.messageId = messageIdOf(workspaceId, now, brand.fromAddress);
    return delivery;
}

} // namespace

Result<Preview> makePreview(Connection& connection, const PreviewRequest& request, const QString& workspaceId, qint64 now)
{
    const Result<Contact> contact = contactOf(connection, request);
    if (!contact)
        return fail(contact.error());
    const Brand brand = brandOf(connection, request);
    const Composer composer({request.topic.topic, brand, request.topic.templates, {}}, request.data);
    Preview preview;
    preview.to = addressOf(*contact, request.channel);
    preview.from = brand.fromName.isEmpty() ? brand.fromAddress : tr("%1 <%2>").arg(brand.fromName, brand.fromAddress);
    for (const CompileProblem& problem : composer.problems()) {
        if (problem.channel != request.channel)
            continue;
        preview.problems << problem.problem;
        preview.problems.last().part = problem.part;
    }
    const QString address = preview.to.isEmpty() ? addressOf(sampleContact(request.channel), request.channel) : preview.to;
    const Composition made = composer.inspect(deliveryTo(request, address, brand, workspaceId, now), *contact, now);
    preview.explanation = {made.resolution.explanation};
    for (auto part = made.parts.cbegin(); part != made.parts.cend(); ++part)
        preview.parts.insert(part.key(), QString::fromUtf8(part.value()));
    preview.source = made.message.content;
    preview.fields = made.message.fields;
    preview.continuations = made.message.continuations;
    preview.facts = made.facts;
    if (!made.status)
        preview.problems << wholePartProblem(made.status.error());
    return preview;
}

Result<TestSend> makeTestSend(Connection& connection, const PreviewRequest& request, const QString& address,
                              const QString& workspaceId, qint64 now)
{
    const Result<Contact> contact = contactOf(connection, request);
    if (!contact)
        return fail(contact.error());
    QString to = address.trimmed();
    if (request.channel == QStringLiteral("email")) {
        const Result<QString> parsed = parseEmailAddress(address);
        if (!parsed)
            return fail(ErrorCode::InvalidInput, parsed.error().message, QStringLiteral("address"));
        to = *parsed;
    }
    for (const Route& route : request.topic.routes) {
        const std::optional<Account> account = AccountRepository(connection).find(route.accountId);
        if (!account || account->channel != request.channel)
            continue;
        const Brand brand = brandOf(connection, request);
        const Composer composer({request.topic.topic, brand, request.topic.templates, {}}, request.data);
        const Result<Message> message = composer.compose(deliveryTo(request, to, brand, workspaceId, now), *contact, now);
        if (!message)
            return fail(message.error());
        return TestSend{account->id, *message};
    }
    return fail(ErrorCode::Conflict, tr("The topic has no account for this channel. Add a route."),
                QStringLiteral("routes"));
}

} // namespace carillon
