// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Composer.h"

#include "engine/base/Json.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MailBuilder.h"
#include "engine/content/TemplateContext.h"
#include "engine/content/TemplateParts.h"
#include "engine/liquid/Program.h"
#include "engine/model/Names.h"

#include <QCoreApplication>

#include <map>

namespace carillon {

namespace {

using Rendered = std::map<QString, std::string>;

QString tr(const char* text)
{
    return QCoreApplication::translate("Composer", text);
}

QString nameOfContact(const Contact& contact)
{
    return contact.externalId.isEmpty() ? QStringLiteral("#%1").arg(contact.id) : contact.externalId;
}

QString nameOfTemplate(const Template& source)
{
    return source.locale.isEmpty() ? source.channel : source.channel + u' ' + source.locale;
}

QByteArray bytes(const std::string& text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

std::string taken(Rendered& parts, const QString& name)
{
    const auto found = parts.find(name);
    return found == parts.end() ? std::string() : std::move(found->second);
}

// Where a mail has HTML and no text, or only blanks, the text is made from the HTML.
bool needsDerivedText(const QString& channel, const Rendered& parts)
{
    const auto text = parts.find(QStringLiteral("text"));
    return channel == QStringLiteral("email") && parts.contains(QStringLiteral("html"))
        && (text == parts.end() || text->second.find_first_not_of(" \t\r\n") == std::string::npos);
}

} // namespace

struct Composer::Data {
    struct Compiled {
        std::map<QString, liquid::Program> parts;
        QString problem; // why it cannot be used; empty: it can
    };

    Topic topic;
    Brand brand;
    QList<Template> templates;
    std::vector<Compiled> compiled; // as `templates`
    QList<CompileProblem> problems;
    TemplateContext context;
    QString feedbackSender; // five to fifteen characters, stable

    Data(const Topic& topic, const Brand& brand, const QList<Template>& templates, const QJsonObject& data);

    void compile(const Template& source);
    void noteProblems(const Template& source, const QString& part, const std::vector<liquid::Problem>& found,
                      Compiled& into);
    Result<Rendered> render(int index, const liquid::Value& root, const Contact& contact, qint64 now) const;
    Error renderError(const Template& source, const QString& part, const liquid::Problem& problem,
                      const Contact& contact) const;
    Result<Message> mail(Rendered parts, const Delivery& delivery, const Contact& contact, qint64 now,
                         const QString& unsubscribeUrl) const;
    Result<Message> webhook(Rendered parts, const Template& source, const Contact& contact) const;
    static Message fields(const Rendered& parts);
};

Composer::Data::Data(const Topic& topic, const Brand& brand, const QList<Template>& templates, const QJsonObject& data)
    : topic(topic)
    , brand(brand)
    , templates(templates)
    , context(topic, brand, data)
    , feedbackSender(QStringLiteral("carillon%1").arg(brand.id % 10'000'000))
{
    for (const Template& source : templates)
        compile(source);
}

void Composer::Data::compile(const Template& source)
{
    Compiled result;
    for (auto part = source.parts.begin(); part != source.parts.end(); ++part) {
        if (part->isEmpty())
            continue;
        auto program = liquid::Program::compile(part->toStdString(), {escapeFor(source.channel, part.key())});
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

Error Composer::Data::renderError(const Template& source, const QString& part, const liquid::Problem& problem,
                                  const Contact& contact) const
{
    const QString sentence = tr("The part “%1” of the template “%2” failed in line %3, column %4 for the contact %5: %6")
                                 .arg(part, nameOfTemplate(source))
                                 .arg(problem.line)
                                 .arg(problem.column)
                                 .arg(nameOfContact(contact), QString::fromStdString(problem.sentence));
    return {ErrorCode::InvalidInput, sentence, part};
}

Result<Rendered> Composer::Data::render(int index, const liquid::Value& root, const Contact& contact, qint64 now) const
{
    const Compiled& source = compiled[std::size_t(index)];
    if (!source.problem.isEmpty())
        return fail(ErrorCode::InvalidInput, source.problem);
    Rendered parts;
    for (const auto& [name, program] : source.parts) {
        auto text = program.render(root, {.limits = {}, .now = now});
        if (!text)
            return fail(renderError(templates[index], name, text.error(), contact));
        parts.emplace(name, *std::move(text));
    }
    return parts;
}

Result<Message> Composer::Data::mail(Rendered parts, const Delivery& delivery, const Contact& contact, qint64 now,
                                     const QString& unsubscribeUrl) const
{
    Mail mail;
    mail.fromName = brand.fromName;
    mail.fromAddress = brand.fromAddress;
    mail.replyTo = brand.replyTo;
    mail.toName = contact.name;
    mail.toAddress = delivery.address;
    const bool derivesText = needsDerivedText(delivery.channel, parts);
    mail.subject = taken(parts, QStringLiteral("subject"));
    mail.html = taken(parts, QStringLiteral("html"));
    mail.text = derivesText ? std::string() : taken(parts, QStringLiteral("text"));
    mail.preheader = taken(parts, QStringLiteral("preheader"));
    mail.messageId = delivery.messageId;
    mail.date = now;
    mail.category = topic.category;
    if (topic.category == Category::Marketing) {
        mail.unsubscribeUrl = unsubscribeUrl;
        mail.unsubscribeMailto = brand.unsubscribeMailto;
        mail.listName = topic.name;
        mail.listKey = topic.key;
        mail.feedbackId
            = QStringLiteral("%1:%2:%3:%4").arg(delivery.campaignId).arg(topic.key, nameOf(topic.category), feedbackSender);
    }
    Result<Message> message = buildMail(mail);
    if (!message)
        message.error().message += u' ' + tr("(contact %1)").arg(nameOfContact(contact));
    return message;
}

Result<Message> Composer::Data::webhook(Rendered parts, const Template& source, const Contact& contact) const
{
    Message message;
    message.content = bytes(parts[QStringLiteral("body")]);
    const Result<QJsonObject> parsed = parseJsonObject(message.content);
    if (!parsed)
        return fail(ErrorCode::InvalidInput,
                    tr("The body that the template “%1” makes for the contact %2 is not right: %3")
                        .arg(nameOfTemplate(source), nameOfContact(contact), parsed.error().message),
                    QStringLiteral("body"));
    return message;
}

Message Composer::Data::fields(const Rendered& parts)
{
    Message message;
    for (const auto& [name, text] : parts)
        message.fields.insert(name, QString::fromStdString(text));
    return message;
}

Composer::Composer(const Topic& topic, const Brand& brand, const QList<Template>& templates, const QJsonObject& data)
    : m_data(std::make_shared<const Data>(topic, brand, templates, data))
{
}

const QList<CompileProblem>& Composer::problems() const
{
    return m_data->problems;
}

QStringList Composer::channels() const
{
    QStringList result;
    for (const Template& source : m_data->templates) {
        if (!result.contains(source.channel))
            result << source.channel;
    }
    return result;
}

Result<Rendering> Composer::render(const QString& channel, const Contact& contact, const QString& address, qint64 now) const
{
    Rendering result;
    result.resolution = resolveTemplate(m_data->templates, channel, contact.locale, m_data->brand.locale);
    if (result.resolution.index < 0)
        return fail(ErrorCode::NotFound, result.resolution.explanation);
    const liquid::Value root = m_data->context.forContact(contact, channel, address, {}, m_data->brand.publicUrl);
    Result<Rendered> parts = m_data->render(result.resolution.index, root, contact, now);
    if (!parts)
        return fail(parts.error());
    if (needsDerivedText(channel, *parts))
        (*parts)[QStringLiteral("text")] = htmlToText(parts->at(QStringLiteral("html")));
    for (const auto& [name, text] : *parts)
        result.parts.insert(name, bytes(text));
    return result;
}

Result<Message> Composer::compose(const Delivery& delivery, const Contact& contact, qint64 now,
                                  const QString& unsubscribeUrl) const
{
    const Resolution resolution = resolveTemplate(m_data->templates, delivery.channel, contact.locale, m_data->brand.locale);
    if (resolution.index < 0)
        return fail(ErrorCode::NotFound, resolution.explanation);
    const liquid::Value root
        = m_data->context.forContact(contact, delivery.channel, delivery.address, delivery.messageId, unsubscribeUrl);
    Result<Rendered> parts = m_data->render(resolution.index, root, contact, now);
    if (!parts)
        return fail(parts.error());
    Result<Message> message;
    if (delivery.channel == QStringLiteral("email"))
        message = m_data->mail(*std::move(parts), delivery, contact, now, unsubscribeUrl);
    else if (delivery.channel == QStringLiteral("webhook"))
        message = m_data->webhook(*std::move(parts), m_data->templates[resolution.index], contact);
    else
        message = Data::fields(*parts);
    if (!message)
        return message;
    message->deliveryId = delivery.id;
    message->idempotencyKey = delivery.messageId;
    message->channel = delivery.channel;
    if (message->to.isEmpty())
        message->to = delivery.address;
    return message;
}

} // namespace carillon
