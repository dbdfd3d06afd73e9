// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Composer.h"

#include "engine/content/TemplateContext.h"
#include "engine/content/TemplateParts.h"
#include "engine/liquid/Program.h"

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

QString nameOfTemplate(const Template& source)
{
    return source.locale.isEmpty() ? source.channel : source.channel + u' ' + source.locale;
}

} // namespace

struct Composer::Data {
    struct Compiled {
        std::map<QString, liquid::Program> parts;
        QString problem; // why it cannot be used; empty: it can
    };

    ContentSet content;
    std::vector<Compiled> compiled; // as content.templates
    QList<CompileProblem> problems;
    TemplateContext context;

    Data(const ContentSet& content, const QJsonObject& data);

    void compile(const Template& source);
    void noteProblems(const Template& source, const QString& part, const std::vector<liquid::Problem>& found,
                      Compiled& into);
    Resolution resolve(const QString& channel, const Contact& contact) const;
    Result<RenderedParts> render(int index, const liquid::Value& root, qint64 now) const;
    static Error renderError(const Template& source, const QString& part, const liquid::Problem& problem);
};

Composer::Data::Data(const ContentSet& content, const QJsonObject& data)
    : content(content)
    , context(content.topic, content.brand, data)
{
    for (const Template& source : content.templates)
        compile(source);
}

void Composer::Data::compile(const Template& source)
{
    Compiled result;
    for (auto part = source.parts.begin(); part != source.parts.end(); ++part) {
        if (part->isEmpty())
            continue;
        auto program
            = liquid::Program::compile(part->toStdString(), {escapeFor(source.channel, part.key(), source.settings)});
        if (program)
            result.parts.emplace(part.key(), *std::move(program));
        else
            noteProblems(source, part.key(), program.error(), result);
    }
    compiled.push_back(std::move(result));
}

void Composer::Data::noteProblems(const Template& source, const QString& part, const std::vector<liquid::Problem>& found,
                                  Compiled& into)
{
    const QByteArray text = source.parts[part].toUtf8();
    for (const liquid::Problem& problem : found) {
        const TemplateProblem placed = toTemplateProblem(problem, text);
        problems << CompileProblem{source.id, source.channel, source.locale, part, placed};
        if (into.problem.isEmpty())
            into.problem = tr("The part “%1” of the template “%2” is wrong in line %3, column %4: %5")
                               .arg(part, nameOfTemplate(source))
                               .arg(placed.line)
                               .arg(placed.column)
                               .arg(placed.message);
    }
}

Error Composer::Data::renderError(const Template& source, const QString& part, const liquid::Problem& problem)
{
    const QString sentence = tr("The part “%1” of the template “%2” failed in line %3, column %4: %5")
                                 .arg(part, nameOfTemplate(source))
                                 .arg(problem.line)
                                 .arg(problem.column)
                                 .arg(QString::fromStdString(problem.sentence));
    return {ErrorCode::InvalidInput, sentence, part};
}

Resolution Composer::Data::resolve(const QString& channel, const Contact& contact) const
{
    return resolveTemplate(content.templates, channel, contact.locale, content.brand.locale);
}

Result<RenderedParts> Composer::Data::render(int index, const liquid::Value& root, qint64 now) const
{
    const Compiled& source = compiled[std::size_t(index)];
    if (!source.problem.isEmpty())
        return fail(ErrorCode::InvalidInput, source.problem);
    RenderedParts parts;
    for (const auto& [name, program] : source.parts) {
        auto text = program.render(root, {.limits = {}, .now = now});
        if (!text)
            return fail(renderError(content.templates[index], name, text.error()));
        parts.emplace(name, *std::move(text));
    }
    return parts;
}

Composer::Composer(const ContentSet& content, const QJsonObject& data)
    : m_data(std::make_shared<const Data>(content, data))
{
}

const ContentSet& Composer::content() const
{
    return m_data->content;
}

const QList<CompileProblem>& Composer::problems() const
{
    return m_data->problems;
}

QStringList Composer::channels() const
{
    QStringList result;
    for (const Template& source : m_data->content.templates) {
        if (!result.contains(source.channel))
            result << source.channel;
    }
    return result;
}

Result<Message> Composer::compose(const Delivery& delivery, const Contact& contact, qint64 now,
                                  const QString& unsubscribeUrl) const
{
    const Resolution resolution = m_data->resolve(delivery.channel, contact);
    if (resolution.index < 0)
        return fail(ErrorCode::NotFound, resolution.explanation);
    const liquid::Value root
        = m_data->context.forContact(contact, delivery.channel, delivery.address, delivery.messageId, unsubscribeUrl);
    Result<RenderedParts> parts = m_data->render(resolution.index, root, now);
    if (!parts)
        return fail(withContact(parts.error(), contact));
    Result<Message> message = buildMessage({.content = m_data->content,
                                            .source = m_data->content.templates[resolution.index],
                                            .parts = *std::move(parts),
                                            .delivery = delivery,
                                            .contact = contact,
                                            .now = now,
                                            .unsubscribeUrl = unsubscribeUrl});
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
        result.status = fail(ErrorCode::NotFound, result.resolution.explanation);
        return result;
    }
    const liquid::Value root
        = m_data->context.forContact(contact, delivery.channel, delivery.address, delivery.messageId, unsubscribeUrl);
    Result<RenderedParts> parts = m_data->render(result.resolution.index, root, now);
    if (!parts) {
        result.status = fail(parts.error());
        return result;
    }
    for (const auto& [name, text] : *parts)
        result.parts.insert(name, QByteArray::fromStdString(text));
    if (const std::string text = derivedText(delivery.channel, *parts); !text.empty())
        result.parts.insert(QStringLiteral("text"), QByteArray::fromStdString(text));
    Result<Message> message = buildMessage({.content = m_data->content,
                                            .source = m_data->content.templates[result.resolution.index],
                                            .parts = *std::move(parts),
                                            .delivery = delivery,
                                            .contact = contact,
                                            .now = now,
                                            .unsubscribeUrl = unsubscribeUrl,
                                            .facts = &result.facts});
    if (message)
        result.message = *std::move(message);
    else
        result.status = fail(message.error());
    return result;
}

} // namespace carillon
