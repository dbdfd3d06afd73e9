// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/BuildTools.h"

#include "engine/base/Json.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MessageBuilder", text);
}

std::string takeBytes(BuildInput& input, const QString& name)
{
    const auto found = input.parts.find(name);
    return found == input.parts.end() ? std::string() : std::move(found->second);
}

Error tooLong(qint64 length, const FitRules& rules, bool cannotSplit)
{
    const QString sentence = tr("The part “%1” has %2 %3, and %4 takes %5.")
                                 .arg(rules.part)
                                 .arg(length)
                                 .arg(rules.unit, rules.platform)
                                 .arg(rules.limits.first());
    const QString advice = cannotSplit
        ? tr("It cannot be split into %1 messages or fewer: shorten it.").arg(TextCutter::maxPieces)
        : tr("Shorten it, or let the template's setting “overflow” cut%1 it.")
              .arg(rules.canSplit ? tr(" or split") : QString());
    return badPart(rules.part, sentence + u' ' + advice);
}

Result<QList<RichText>> splitText(const RichText& text, const FitRules& rules, MessageFacts& facts)
{
    const TextCutter cutter(
        text.text, [&](TextRange range) { return rules.measure(text.mid(range)); }, rules.unitsPerLimit, text.atoms());
    QList<RichText> pieces;
    for (const TextRange range : cutter.split(rules.limits))
        pieces << text.mid(range);
    if (pieces.isEmpty())
        return fail(tooLong(facts.length, rules, true));
    facts.parts = int(pieces.size());
    facts.notes << tr("It is sent as %1 messages.").arg(pieces.size());
    return pieces;
}

Result<QList<RichText>> cutText(const RichText& text, const FitRules& rules, MessageFacts& facts)
{
    const auto shortened = [&](TextRange range) {
        RichText piece = text.mid(range);
        piece.append({rules.ellipsis, {}});
        return piece;
    };
    const TextCutter cutter(
        text.text, [&](TextRange range) { return rules.measure(shortened(range)); }, rules.unitsPerLimit, text.atoms());
    const TextRange kept = cutter.cut(facts.limit);
    if (kept.end == kept.begin)
        return fail(tooLong(facts.length, rules, false));
    const RichText piece = shortened(kept);
    facts.cut = true;
    facts.notes << tr("It was cut: %1 of %2 %3 are left.").arg(rules.measure(piece)).arg(facts.length).arg(rules.unit);
    return QList<RichText>{piece};
}

Result<CardAction> actionOf(const QJsonValue& value, const QString& part, qsizetype number)
{
    const QJsonObject object = value.toObject();
    const CardAction action{object[u"title"].toString().simplified(), object[u"url"].toString().trimmed()};
    if (!value.isObject() || action.title.isEmpty())
        return fail(
            badPart(part, tr("Action %1 needs a title: {\"title\": \"Open\", \"url\": \"https://…\"}.").arg(number)));
    if (!isWebAddress(action.url))
        return fail(badPart(part,
                            tr("Action %1 (“%2”) leads to “%3”, which is no http or https address.")
                                .arg(number)
                                .arg(action.title, action.url)));
    return action;
}

} // namespace

QString takePart(BuildInput& input, const QString& name)
{
    QString text = QString::fromStdString(takeBytes(input, name));
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text.replace(u'\r', u'\n');
}

QString takeLine(BuildInput& input, const QString& name)
{
    return takePart(input, name).simplified();
}

Result<QJsonDocument> takeJson(BuildInput& input, const QString& name)
{
    const QByteArray text = QByteArray::fromStdString(takeBytes(input, name));
    if (text.trimmed().isEmpty())
        return QJsonDocument();
    Result<QJsonDocument> parsed = parseJson(text);
    if (!parsed)
        return fail(badPart(name, tr("The part “%1” is not right: %2").arg(name, parsed.error().message)));
    return parsed;
}

bool isWebAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https"));
}

Result<QString> takeUrl(BuildInput& input, const QString& name)
{
    const QString text = takePart(input, name).trimmed();
    if (text.isEmpty() || isWebAddress(text))
        return text;
    return fail(badPart(name, tr("The part “%1” is “%2”, which is no http or https address.").arg(name, text.left(200))));
}

Error badPart(const QString& part, const QString& sentence)
{
    return {ErrorCode::InvalidInput, sentence, part};
}

Error emptyPart(const QString& part)
{
    return badPart(part, tr("The part “%1” is empty, and there is nothing to send without it.").arg(part));
}

Result<QList<CardAction>> takeActions(BuildInput& input, const QString& name, int most)
{
    const Result<QJsonDocument> document = takeJson(input, name);
    if (!document)
        return fail(document.error());
    if (document->isNull())
        return QList<CardAction>();
    if (!document->isArray())
        return fail(
            badPart(name, tr("The part “%1” must be a list: [{\"title\": \"Open\", \"url\": \"https://…\"}].").arg(name)));
    const QJsonArray array = document->array();
    if (array.size() > most)
        return fail(
            badPart(name, tr("The part “%1” has %2 actions; at most %3 are shown.").arg(name).arg(array.size()).arg(most)));
    QList<CardAction> actions;
    for (qsizetype i = 0; i < array.size(); ++i) {
        Result<CardAction> action = actionOf(array[i], name, i + 1);
        if (!action)
            return fail(action.error());
        actions << *action;
    }
    return actions;
}

Result<Overflow> overflowOf(const Template& source)
{
    const QString named = source.settings[u"overflow"].toString();
    if (named.isEmpty() || named == QStringLiteral("refuse"))
        return Overflow::Refuse;
    if (named == QStringLiteral("cut"))
        return Overflow::Cut;
    if (named == QStringLiteral("split"))
        return Overflow::Split;
    return fail(ErrorCode::InvalidInput,
                tr("The setting “overflow” is “%1”; it can be “refuse”, “cut” or “split”.").arg(named.left(100)),
                QStringLiteral("overflow"));
}

Result<QList<RichText>> fitted(const RichText& text, Overflow overflow, const FitRules& rules, MessageFacts& facts)
{
    const qint64 length = rules.measure(text);
    facts.length = length;
    facts.limit = rules.limits.first();
    facts.unit = rules.unit;
    facts.parts = 1;
    if (length <= facts.limit)
        return QList<RichText>{text};
    if (overflow == Overflow::Refuse || (overflow == Overflow::Split && !rules.canSplit))
        return fail(tooLong(length, rules, false));
    if (overflow == Overflow::Split && length > std::max(facts.limit, rules.limits.last()) * TextCutter::maxPieces)
        return fail(tooLong(length, rules, true));

    return overflow == Overflow::Split ? splitText(text, rules, facts) : cutText(text, rules, facts);
}

qint64 codePoints(QStringView text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

} // namespace carillon
