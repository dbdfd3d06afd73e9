// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Composer.h"

#include "engine/content/TemplateContext.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Composer", text);
}

QString nameOfContact(const Contact& contact)
{
    return contact.externalId.isEmpty() ? QStringLiteral("#%1").arg(contact.id) : contact.externalId;
}

Error withContact(Error error, const Contact& contact)
{
    error.message += u' ' + tr("(contact %1)").arg(nameOfContact(contact));
    return error;
}

QMap<QString, QByteArray> shownParts(const RenderedParts& rendered)
{
    QMap<QString, QByteArray> parts;
    for (const auto& [name, text] : rendered)
        parts.insert(name, QByteArray::fromStdString(text));
    return parts;
}

} // namespace

struct Composer::Data {
    std::shared_ptr<const CompiledContent> content;
    TemplateContext context;

    Data(std::shared_ptr<const CompiledContent> compiled, const QJsonObject& data)
        : content(std::move(compiled))
        , context(content->content().topic, content->content().brand, data)
    {
    }

    Resolution resolve(const QString& channel, const Contact& contact) const
    {
        return content->resolver().resolve(channel, contact.locale);
    }
    Error noContent(const QString& channel, const Contact& contact) const
    {
        return {ErrorCode::NotFound, content->resolver().explain(channel, contact.locale).join(u' '), {}};
    }
    Result<RenderedParts> render(const Resolution& resolution, const Delivery& delivery, const Contact& contact, qint64 now,
                                 const QString& unsubscribeUrl, QList<MissingVariable>* missing = nullptr) const
    {
        const liquid::Value root
            = context.forContact(contact, delivery.channel, delivery.address, delivery.messageId, unsubscribeUrl);
        return content->render(resolution.index, {root, contact, now}, missing);
    }
    Result<Message> build(const Resolution& resolution, RenderedParts parts, const Delivery& delivery,
                          const Contact& contact, qint64 now, const QString& unsubscribeUrl, MessageFacts* facts) const
    {
        return buildMessage({.content = content->content(),
                             .source = content->content().templates[resolution.index],
                             .parts = std::move(parts),
                             .delivery = delivery,
                             .contact = contact,
                             .now = now,
                             .unsubscribeUrl = unsubscribeUrl,
                             .facts = facts});
    }
};

Composer::Composer(const ContentSet& content, const QJsonObject& data)
    : Composer(CompiledContent::compile(content), data)
{
}

Composer::Composer(std::shared_ptr<const CompiledContent> content, const QJsonObject& data)
    : m_data(std::make_shared<const Data>(std::move(content), data))
{
}

const ContentSet& Composer::content() const
{
    return m_data->content->content();
}

const QList<CompileProblem>& Composer::problems() const
{
    return m_data->content->problems();
}

QStringList Composer::channels() const
{
    QStringList result;
    for (const Template& source : content().templates.first(m_data->content->ownCount())) {
        if (!source.channel.isEmpty() && !result.contains(source.channel))
            result << source.channel;
    }
    return result;
}

QStringList Composer::explain(const QString& channel, const Contact& contact) const
{
    return m_data->content->resolver().explain(channel, contact.locale);
}

Result<Message> Composer::compose(const Delivery& delivery, const Contact& contact, qint64 now,
                                  const QString& unsubscribeUrl) const
{
    const Resolution resolution = m_data->resolve(delivery.channel, contact);
    if (resolution.index < 0)
        return fail(m_data->noContent(delivery.channel, contact));
    Result<RenderedParts> parts = m_data->render(resolution, delivery, contact, now, unsubscribeUrl);
    if (!parts)
        return fail(withContact(parts.error(), contact));
    Result<Message> message = m_data->build(resolution, *std::move(parts), delivery, contact, now, unsubscribeUrl, nullptr);
    if (!message)
        return fail(withContact(message.error(), contact));
    return message;
}

Composition Composer::inspect(const Delivery& delivery, const Contact& contact, qint64 now,
                              const QString& unsubscribeUrl) const
{
    Composition result;
    result.resolution = m_data->resolve(delivery.channel, contact);
    if (result.resolution.index < 0) {
        result.status = fail(m_data->noContent(delivery.channel, contact));
        return result;
    }
    Result<RenderedParts> parts = m_data->render(result.resolution, delivery, contact, now, unsubscribeUrl, &result.missing);
    if (!parts) {
        result.status = fail(parts.error());
        return result;
    }
    // Mail has a text part even where the template has none: made here, its builder need not make it again.
    if (std::string text = derivedText(delivery.channel, *parts); !text.empty())
        parts->insert_or_assign(QStringLiteral("text"), std::move(text));
    result.parts = shownParts(*parts);
    Result<Message> message
        = m_data->build(result.resolution, *std::move(parts), delivery, contact, now, unsubscribeUrl, &result.facts);
    if (message)
        result.message = *std::move(message);
    else
        result.status = fail(message.error());
    return result;
}

} // namespace carillon
