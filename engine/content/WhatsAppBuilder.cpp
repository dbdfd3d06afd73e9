// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/WhatsAppBuilder.h"

#include "engine/content/RichTextWriter.h"
#include "engine/content/SignedText.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace carillon {

namespace {

constexpr qint64 longestText = 4096;
constexpr qint64 longestParameter = 1024; // all that a body may hold
constexpr qsizetype mostParameters = 100;
constexpr qsizetype mostButtons = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("WhatsAppBuilder", text);
}

Error badParameter(const QString& sentence)
{
    return badPart(QStringLiteral("parameters"), sentence);
}

// What Meta refuses in a parameter (error 132012); empty when it takes it.
QString problemOf(const QString& value)
{
    if (value.trimmed().isEmpty())
        return tr("is empty: give it a default, as in {{ contact.city | default: \"your town\" }}");
    if (value.contains(u'\n') || value.contains(u'\r') || value.contains(u'\t'))
        return tr("has a line break or a tab, which WhatsApp takes in no parameter: use the filter strip_newlines");
    if (value.contains(QStringLiteral("     ")))
        return tr("has more than four blanks in a row");
    if (value.size() > longestParameter)
        return tr("has %1 characters; at most %2 are allowed").arg(value.size()).arg(longestParameter);
    return {};
}

// Numbers are written as people would.
QString textOf(const QJsonValue& value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest) : value.toString();
}

Result<QJsonObject> textParameter(const QJsonValue& value, const QString& place, const QString& name = {})
{
    const QString text = textOf(value);
    if (const QString problem = problemOf(text); !problem.isEmpty())
        return fail(badParameter(tr("The parameter %1 %2.").arg(place, problem)));
    QJsonObject parameter{{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
    if (!name.isEmpty())
        parameter.insert(QStringLiteral("parameter_name"), name);
    return parameter;
}

Result<QJsonObject> mediaParameter(const QString& type, const QJsonValue& value)
{
    const QJsonObject medium = value.isObject() ? value.toObject() : QJsonObject{{QStringLiteral("link"), value}};
    const QString link = medium[u"link"].toString();
    if (!medium.contains(u"id") && !isWebAddress(link))
        return fail(
            badParameter(tr("The %1 of the header is “%2”, which is no http or https address.").arg(type, link.left(200))));
    return QJsonObject{{QStringLiteral("type"), type}, {type, medium}};
}

bool isMedium(const QString& name)
{
    return name == QStringLiteral("image") || name == QStringLiteral("video") || name == QStringLiteral("document");
}

// The parameters of the body or the header: a list by place, or an object by name.
Result<QJsonArray> parametersOf(const QJsonValue& given, const QString& component)
{
    QJsonArray result;
    const QJsonArray list = given.toArray();
    const QJsonObject named = given.toObject();
    if ((!given.isArray() && !given.isObject()) || list.size() > mostParameters || named.size() > mostParameters)
        return fail(badParameter(
            tr("“%1” must be a list or an object of at most %2 parameters.").arg(component).arg(mostParameters)));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const auto parameter = textParameter(list[i], QStringLiteral("%1 %2").arg(component).arg(i + 1));
        if (!parameter)
            return fail(parameter.error());
        result << *parameter;
    }
    for (auto member = named.begin(); member != named.end(); ++member) {
        const auto parameter = component == QStringLiteral("header") && isMedium(member.key())
            ? mediaParameter(member.key(), *member)
            : textParameter(*member, component + QStringLiteral(" “") + member.key() + u'”', member.key());
        if (!parameter)
            return fail(parameter.error());
        result << *parameter;
    }
    return result;
}

Result<QJsonObject> buttonOf(const QJsonValue& given, qsizetype index)
{
    const bool isReply = given.isObject() && given[u"payload"].isString();
    const QString value = isReply ? given[u"payload"].toString() : textOf(given.isObject() ? given[u"text"] : given);
    const QString kind = isReply ? QStringLiteral("payload") : QStringLiteral("text");
    if (const QString problem = problemOf(value); !problem.isEmpty())
        return fail(badParameter(tr("The parameter of button %1 %2.").arg(index + 1).arg(problem)));
    return QJsonObject{
        {QStringLiteral("type"), QStringLiteral("button")},
        {QStringLiteral("sub_type"), isReply ? QStringLiteral("quick_reply") : QStringLiteral("url")},
        {QStringLiteral("index"), QString::number(index)},
        {QStringLiteral("parameters"), QJsonArray{QJsonObject{{QStringLiteral("type"), kind}, {kind, value}}}}};
}

// null keeps a button without a parameter in its place.
Status appendButtons(const QJsonValue& given, QJsonArray& components)
{
    const QJsonArray buttons = given.toArray();
    if ((!given.isUndefined() && !given.isArray()) || buttons.size() > mostButtons)
        return fail(badParameter(tr("“buttons” must be a list of at most %1.").arg(mostButtons)));
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        if (buttons[i].isNull())
            continue;
        const Result<QJsonObject> button = buttonOf(buttons[i], i);
        if (!button)
            return fail(button.error());
        components << *button;
    }
    return {};
}

Result<QJsonArray> componentsOf(const QJsonObject& given)
{
    for (const QString& key : given.keys()) {
        if (key != QStringLiteral("body") && key != QStringLiteral("header") && key != QStringLiteral("buttons"))
            return fail(
                badParameter(tr("“%1” is not known: the part “parameters” has “header”, “body” and “buttons”.").arg(key)));
    }
    QJsonArray components;
    for (const QString& name : {QStringLiteral("header"), QStringLiteral("body")}) {
        if (!given.contains(name))
            continue;
        const Result<QJsonArray> parameters = parametersOf(given[name], name);
        if (!parameters)
            return fail(parameters.error());
        if (!parameters->isEmpty())
            components << QJsonObject{{QStringLiteral("type"), name}, {QStringLiteral("parameters"), *parameters}};
    }
    if (Status status = appendButtons(given[u"buttons"], components); !status)
        return fail(status.error());
    return components;
}

Result<Message> templateMessage(BuildInput& input)
{
    const Result<QJsonDocument> document = takeJson(input, QStringLiteral("parameters"));
    if (!document)
        return fail(document.error());
    const QJsonObject given
        = document->isArray() ? QJsonObject{{QStringLiteral("body"), document->array()}} : document->object();
    const Result<QJsonArray> components = componentsOf(given);
    if (!components)
        return fail(components.error());
    const QJsonObject& settings = input.source.settings;
    const QString language = settings[u"template_language"].toString(QStringLiteral("en"));
    QJsonObject made{{QStringLiteral("name"), settings[u"template_name"].toString()},
                     {QStringLiteral("language"), QJsonObject{{QStringLiteral("code"), language}}}};
    if (!components->isEmpty())
        made.insert(QStringLiteral("components"), *components);
    Message message;
    message.fields = {{QStringLiteral("type"), QStringLiteral("template")}, {QStringLiteral("template"), made}};
    return message;
}

FitRules rules()
{
    FitRules result;
    result.part = QStringLiteral("text");
    result.platform = QStringLiteral("WhatsApp");
    result.unit = tr("characters");
    result.limits = {longestText};
    result.measure = [](const RichText& piece) { return qint64(toWhatsApp(piece).size()); };
    return result;
}

QJsonObject fieldsOf(const QString& body)
{
    const bool hasLink = body.contains(QStringLiteral("https://")) || body.contains(QStringLiteral("http://"));
    return {{QStringLiteral("type"), QStringLiteral("text")},
            {QStringLiteral("text"), QJsonObject{{QStringLiteral("body"), body}, {QStringLiteral("preview_url"), hasLink}}}};
}

// `written` is the text as its author wrote it; it is sent so when it is sent whole.
Result<Message> textMessage(const RichText& text, const QString& written, const Template& source, MessageFacts& facts)
{
    if (text.text.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    const Result<Overflow> overflow = overflowOf(source);
    if (!overflow)
        return fail(overflow.error());
    const Result<QList<RichText>> pieces = fitted(text, *overflow, rules(), facts);
    if (!pieces)
        return fail(pieces.error());
    Message message;
    const bool isWhole = pieces->size() == 1 && !facts.cut;
    for (const RichText& piece : *pieces) {
        const QJsonObject fields = fieldsOf(isWhole ? written : toWhatsApp(piece));
        if (message.fields.isEmpty())
            message.fields = fields;
        else
            message.continuations << fields;
    }
    facts.notes << tr(
        "WhatsApp takes a text only within 24 hours of the contact's last message; at any other time it needs an "
        "approved template.");
    return message;
}

} // namespace

Result<Message> buildWhatsApp(BuildInput& input, MessageFacts& facts)
{
    if (!input.source.settings[u"template_name"].toString().isEmpty())
        return templateMessage(input);
    const QString text = takePart(input, QStringLiteral("text"));
    return textMessage(readWhatsApp(text), text, input.source, facts);
}

Result<Message> buildWhatsAppText(const RichText& text, const Template& source, MessageFacts& facts)
{
    return textMessage(text, toWhatsApp(text), source, facts);
}

} // namespace carillon
