// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/PreviewMaker.h"

#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/AccountRepository.h"
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

Composer composerOf(Connection& connection, const PreviewRequest& request, const PreviewTools& tools)
{
    return Composer(tools.cache.edited(connection, request.topic.topic, request.topic.templates), request.data);
}

Delivery deliveryTo(const PreviewRequest& request, const QString& address, const Brand& brand, const PreviewTools& tools)
{
    Delivery delivery;
    delivery.contactId = request.contactId;
    delivery.topicId = request.topic.topic.id;
    delivery.channel = request.channel;
    delivery.address = address;
    delivery.messageId = messageIdOf(tools.workspaceId, tools.now, brand.fromAddress);
    return delivery;
}

// What does not compile of the templates that may serve the channel, and of the snippets that they may put in.
void addCompileProblems(const Composer& composer, const QString& channel, Preview& preview)
{
    const QStringList serving = templateChannels(channel);
    for (const CompileProblem& problem : composer.problems()) {
        if (problem.scope != TemplateScope::Snippet && !serving.contains(problem.channel))
            continue;
        preview.problems << problem.problem;
        preview.problems.last().part = problem.part;
        preview.problems.last().channel = problem.channel;
        preview.problems.last().locale = problem.locale;
    }
}

void addMissing(const Composition& made, Preview& preview)
{
    for (const MissingVariable& variable : made.missing)
        preview.facts.notes << tr("This contact has nothing for %1 (%2).").arg(variable.path, variable.part);
}

} // namespace

Result<Preview> makePreview(Connection& connection, const PreviewRequest& request, const PreviewTools& tools)
{
    const Result<Contact> contact = contactOf(connection, request);
    if (!contact)
        return fail(contact.error());
    const Composer composer = composerOf(connection, request, tools);
    const Brand& brand = composer.content().brand;
    Preview preview;
    preview.to = addressOf(*contact, request.channel);
    preview.from = brand.fromName.isEmpty() ? brand.fromAddress : tr("%1 <%2>").arg(brand.fromName, brand.fromAddress);
    addCompileProblems(composer, request.channel, preview);
    const QString address = preview.to.isEmpty() ? addressOf(sampleContact(request.channel), request.channel) : preview.to;
    const Delivery delivery = deliveryTo(request, address, brand, tools);
    const Composition made = composer.inspect(delivery, *contact, tools.now, tools.unsubscribeLink(delivery, brand));
    preview.explanation = composer.explain(request.channel, *contact);
    for (auto part = made.parts.cbegin(); part != made.parts.cend(); ++part)
        preview.parts.insert(part.key(), QString::fromUtf8(part.value()));
    preview.source = made.message.content;
    preview.fields = made.message.fields;
    preview.continuations = made.message.continuations;
    preview.facts = made.facts;
    addMissing(made, preview);
    if (!made.status)
        preview.problems << wholePartProblem(made.status.error());
    return preview;
}

Result<TestSend> makeTestSend(Connection& connection, const PreviewRequest& request, const QString& address,
                              const PreviewTools& tools)
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
        const Composer composer = composerOf(connection, request, tools);
        const Brand& brand = composer.content().brand;
        const Delivery delivery = deliveryTo(request, to, brand, tools);
        const Result<Message> message
            = composer.compose(delivery, *contact, tools.now, tools.unsubscribeLink(delivery, brand));
        if (!message)
            return fail(message.error());
        return TestSend{account->id, *message};
    }
    return fail(ErrorCode::Conflict, tr("The topic has no account for this channel. Add a route."),
                QStringLiteral("routes"));
}

} // namespace carillon
