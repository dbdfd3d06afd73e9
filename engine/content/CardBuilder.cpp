// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/CardBuilder.h"

#include "engine/base/Json.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 mostPushBytes = 3800;
constexpr qint64 mostInAppBytes = 32'000;
constexpr qsizetype mostTagBytes = 64; // of Apple's collapse id
constexpr int mostPushActions = 2;
constexpr int mostInAppActions = 3;
constexpr qsizetype shownTitle = 50; // about what a locked phone shows in one line
constexpr qsizetype shownBody = 150; // and in four

QString tr(const char* text)
{
    return QCoreApplication::translate("CardBuilder", text);
}

struct Card {
    QString title;
    QString text;
    QString image;
    QString url;
    QList<CardAction> actions;
};

Result<Card> takeCard(BuildInput& input, int mostActions)
{
    Card card;
    card.title = takeLine(input, QStringLiteral("title"));
    card.text = takePart(input, QStringLiteral("text")).trimmed();
    if (card.title.isEmpty() && card.text.isEmpty())
        return fail(emptyPart(QStringLiteral("title")));
    const Result<QString> image = takeUrl(input, QStringLiteral("image"));
    if (!image)
        return fail(image.error());
    card.image = *image;
    const Result<QString> url = takeUrl(input, QStringLiteral("url"));
    if (!url)
        return fail(url.error());
    card.url = *url;
    Result<QList<CardAction>> actions = takeActions(input, QStringLiteral("actions"), mostActions);
    if (!actions)
        return fail(actions.error());
    card.actions = *actions;
    return card;
}

// What all cards have but their text; what is empty is left out.
QJsonObject frameOf(const Card& card, bool withActionNames)
{
    QJsonObject fields{{QStringLiteral("title"), card.title}};
    if (!card.image.isEmpty())
        fields.insert(QStringLiteral("image"), card.image);
    if (!card.url.isEmpty())
        fields.insert(QStringLiteral("url"), card.url);
    QJsonArray actions;
    for (const CardAction& action : card.actions) {
        QJsonObject object{{QStringLiteral("title"), action.title}, {QStringLiteral("url"), action.url}};
        if (withActionNames)
            object.insert(QStringLiteral("action"), QString::number(actions.size() + 1));
        actions << object;
    }
    if (!actions.isEmpty())
        fields.insert(QStringLiteral("actions"), actions);
    return fields;
}

QJsonObject withText(QJsonObject fields, const QString& key, const QString& text)
{
    fields.insert(key, text);
    return fields;
}

// The card with as much of its text as its channel takes. The fixed parts must leave room for some of it.
Result<Message> fittedCard(const QJsonObject& frame, const QString& key, const QString& text, qint64 limit,
                           const QString& platform, const Template& source, MessageFacts& facts)
{
    const Result<Overflow> overflow = overflowOf(source);
    if (!overflow)
        return fail(overflow.error());
    FitRules rules;
    rules.part = QStringLiteral("text");
    rules.platform = platform;
    rules.unit = tr("bytes");
    rules.limits = {limit};
    rules.canSplit = false;
    rules.measure = [&](const RichText& piece) { return qint64(compactJson(withText(frame, key, piece.text)).size()); };
    const Result<QList<RichText>> pieces = fitted({text, {}}, *overflow, rules, facts);
    if (!pieces)
        return fail(pieces.error());
    Message message;
    message.fields = withText(frame, key, pieces->first().text);
    return message;
}

} // namespace

Result<Message> buildPush(BuildInput& input, MessageFacts& facts)
{
    const Result<Card> card = takeCard(input, mostPushActions);
    if (!card)
        return fail(card.error());
    if (card->title.size() > shownTitle)
        facts.notes << tr("The title has %1 characters; phones show about %2.").arg(card->title.size()).arg(shownTitle);
    if (card->text.size() > shownBody)
        facts.notes << tr("The text has %1 characters; phones show about %2 before it is opened.")
                           .arg(card->text.size())
                           .arg(shownBody);
    const QString tag = takeLine(input, QStringLiteral("tag"));
    if (tag.toUtf8().size() > mostTagBytes)
        return fail(badPart(QStringLiteral("tag"), tr("A tag has at most %1 bytes.").arg(mostTagBytes)));
    QJsonObject frame = frameOf(*card, true);
    if (!tag.isEmpty())
        frame.insert(QStringLiteral("tag"), tag);
    return fittedCard(frame, QStringLiteral("body"), card->text, mostPushBytes, tr("a push message"), input.source, facts);
}

Result<Message> buildInApp(BuildInput& input, MessageFacts& facts)
{
    const Result<Card> card = takeCard(input, mostInAppActions);
    if (!card)
        return fail(card.error());
    return fittedCard(frameOf(*card, false), QStringLiteral("text"), card->text, mostInAppBytes, tr("an inbox"),
                      input.source, facts);
}

} // namespace carillon
