// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TelegramBuilder.h"

#include "engine/content/RichTextWriter.h"
#include "engine/content/TelegramText.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 longestText = 4096;
constexpr qint64 longestCaption = 1024;
constexpr qsizetype longestData = 64; // bytes of what a button answers
constexpr qsizetype mostButtons = 100;

QString tr(const char* text)
{
    return QCoreApplication::translate("TelegramBuilder", text);
}

enum class Mode { Html, Markdown, Plain };

Result<Mode> modeOf(const Template& source)
{
    const QString named = source.settings[u"parse_mode"].toString();
    if (named.isEmpty() || named == QStringLiteral("html"))
        return Mode::Html;
    if (named == QStringLiteral("markdown"))
        return Mode::Markdown;
    if (named == QStringLiteral("plain"))
        return Mode::Plain;
    return fail(
        badPart(QStringLiteral("parse_mode"),
                tr("The setting “parse_mode” is “%1”; it can be “html”, “markdown” or “plain”.").arg(named.left(100))));
}

Result<RichText> readText(const QString& text, Mode mode)
{
    switch (mode) {
    case Mode::Html: return readTelegramHtml(text);
    case Mode::Markdown: return readTelegramMarkdown(text);
    case Mode::Plain: break;
    }
    return RichText{text, {}};
}

Error badButton(const QString& sentence)
{
    return badPart(QStringLiteral("buttons"), sentence);
}

Result<QJsonObject> buttonOf(const QJsonValue& value)
{
    const QJsonObject given = value.toObject();
    const QString title = given[u"title"].toString().simplified();
    const QString url = given[u"url"].toString().trimmed();
    const QString data = given[u"data"].toString();
    if (title.isEmpty() || url.isEmpty() == data.isEmpty())
        return fail(badButton(
            tr("A button is written as {\"title\": \"Open\", \"url\": \"https://…\"}, or with “data” in place of “url”.")));
    if (!url.isEmpty() && !isWebAddress(url) && !url.startsWith(QStringLiteral("tg://")))
        return fail(badButton(tr("The button “%1” leads to “%2”, which is no web address.").arg(title, url.left(200))));
    if (data.toUtf8().size() > longestData)
        return fail(badButton(tr("The data of the button “%1” has %2 bytes; Telegram takes %3.")
                                  .arg(title)
                                  .arg(data.toUtf8().size())
                                  .arg(longestData)));
    return url.isEmpty() ? QJsonObject{{QStringLiteral("text"), title}, {QStringLiteral("callback_data"), data}}
                         : QJsonObject{{QStringLiteral("text"), title}, {QStringLiteral("url"), url}};
}

Result<QJsonArray> rowOf(const QJsonArray& given)
{
    QJsonArray row;
    for (const QJsonValue& value : given) {
        const Result<QJsonObject> button = buttonOf(value);
        if (!button)
            return fail(button.error());
        row << *button;
    }
    return row;
}

// The keyboard below a message; empty when there are no buttons.
Result<QJsonObject> takeKeyboard(BuildInput& input)
{
    const Result<QJsonDocument> document = takeJson(input, QStringLiteral("buttons"));
    if (!document)
        return fail(document.error());
    if (document->isNull() || document->isEmpty())
        return QJsonObject();
    if (document->isObject()) {
        if (!document->object()[u"inline_keyboard"].isArray())
            return fail(badButton(tr("The part “buttons” must be a list of buttons or {\"inline_keyboard\": [[…]]}.")));
        return document->object();
    }
    if (document->array().size() > mostButtons)
        return fail(badButton(tr("The part “buttons” has more than %1 rows.").arg(mostButtons)));
    QJsonArray rows;
    for (const QJsonValue& value : document->array()) {
        const Result<QJsonArray> row = rowOf(value.isArray() ? value.toArray() : QJsonArray{value});
        if (!row)
            return fail(row.error());
        rows << *row;
    }
    return QJsonObject{{QStringLiteral("inline_keyboard"), rows}};
}

struct Extras {
    QString photo;
    QJsonObject keyboard;
};

// One message; `isFirst` and `isLast` say which of the extras it carries.
QJsonObject fieldsOf(const QString& text, const QString& parseMode, const Template& source, const Extras& extras,
                     bool isFirst, bool isLast)
{
    QJsonObject fields;
    const bool hasPhoto = isFirst && !extras.photo.isEmpty();
    if (hasPhoto)
        fields.insert(QStringLiteral("photo"), extras.photo);
    if (!text.isEmpty()) {
        fields.insert(hasPhoto ? QStringLiteral("caption") : QStringLiteral("text"), text);
        if (!parseMode.isEmpty())
            fields.insert(QStringLiteral("parse_mode"), parseMode);
    }
    if (isLast && !extras.keyboard.isEmpty())
        fields.insert(QStringLiteral("reply_markup"), extras.keyboard);
    if (source.settings[u"silent"].toBool())
        fields.insert(QStringLiteral("disable_notification"), true);
    return fields;
}

FitRules rulesFor(bool hasPhoto)
{
    FitRules rules;
    rules.part = QStringLiteral("text");
    rules.platform = hasPhoto ? tr("a caption in Telegram") : QStringLiteral("Telegram");
    rules.unit = tr("characters");
    rules.limits = hasPhoto ? QList<qint64>{longestCaption, longestText} : QList<qint64>{longestText};
    rules.measure = [](const RichText& piece) { return codePoints(piece.text); };
    rules.unitsPerLimit = 2;
    return rules;
}

// `written` is the text as its author wrote it; it is sent so when it is sent whole.
Result<Message> messageOf(const RichText& text, const QString& written, Mode mode, const Template& source,
                          const Extras& extras, MessageFacts& facts)
{
    const Result<Overflow> overflow = overflowOf(source);
    if (!overflow)
        return fail(overflow.error());
    const Result<QList<RichText>> pieces = fitted(text, *overflow, rulesFor(!extras.photo.isEmpty()), facts);
    if (!pieces)
        return fail(pieces.error());
    const bool isWhole = pieces->size() == 1 && !facts.cut;
    const QString html = QStringLiteral("HTML");
    const QString parseMode = mode == Mode::Plain ? QString()
        : isWhole && mode == Mode::Markdown       ? QStringLiteral("MarkdownV2")
                                                  : html;
    Message message;
    for (qsizetype i = 0; i < pieces->size(); ++i) {
        const RichText& piece = (*pieces)[i];
        const QString body = isWhole ? written : mode == Mode::Plain ? piece.text : toTelegramHtml(piece);
        const QJsonObject fields = fieldsOf(body, parseMode, source, extras, i == 0, i + 1 == pieces->size());
        if (i == 0)
            message.fields = fields;
        else
            message.continuations << fields;
    }
    return message;
}

} // namespace

Result<Message> buildTelegram(BuildInput& input, MessageFacts& facts)
{
    const Result<Mode> mode = modeOf(input.source);
    if (!mode)
        return fail(mode.error());
    Result<QString> photo = takeUrl(input, QStringLiteral("photo"));
    if (!photo)
        return fail(photo.error());
    Result<QJsonObject> keyboard = takeKeyboard(input);
    if (!keyboard)
        return fail(keyboard.error());
    const QString written = takePart(input, QStringLiteral("text"));
    const Result<RichText> text = readText(written, *mode);
    if (!text)
        return fail(text.error());
    if (text->text.trimmed().isEmpty() && photo->isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    return messageOf(*text, written, *mode, input.source, {*photo, *keyboard}, facts);
}

Result<Message> buildTelegramText(const RichText& text, const Template& source, MessageFacts& facts)
{
    if (text.text.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    return messageOf(text, toTelegramHtml(text), Mode::Html, source, {}, facts);
}

} // namespace carillon
