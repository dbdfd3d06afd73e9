// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/MessageBuilder.h"
#include "engine/content/RichText.h"
#include "engine/model/Channel.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace carillon {

// What builders share. Each builder is one function of this form; the table of them is in MessageBuilder.cpp. It may take
// parts out of the input and fills the facts even when it refuses.
using Builder = Result<Message> (*)(BuildInput& input, MessageFacts& facts);

// A part, taken out of the input: bytes that are no UTF-8 become U+FFFD, line ends become LF. Empty when there is none.
QString takePart(BuildInput& input, const QString& name);

// The same, without blanks at its ends.
QString takeLine(BuildInput& input, const QString& name);

// A part that holds JSON; null when it is empty. The error has line and column.
Result<QJsonDocument> takeJson(BuildInput& input, const QString& name);

// A part that holds a web address: http or https, or empty.
Result<QString> takeUrl(BuildInput& input, const QString& name);

// An address that people may be sent to: http or https with a host.
bool isWebAddress(const QString& text);

// A part that must not be empty.
Error emptyPart(const QString& part);

Error badPart(const QString& part, const QString& sentence);

// Buttons as people write them: [{"title": "Open", "url": "https://..."}, ...]. Empty when the part is.
struct CardAction {
    QString title;
    QString url;
};
Result<QList<CardAction>> takeActions(BuildInput& input, const QString& name, int most);

// What the template's settings say of content that is too long; an error when it is none of the three.
Result<Overflow> overflowOf(const Template& source);

// How a text is made to fit.
struct FitRules {
    QString part; // that errors name
    QString platform; // "Telegram"
    QString unit; // of the limits, for people: "characters"
    QList<qint64> limits; // of the first message, the second ...; the last one holds for all further
    std::function<qint64(const RichText&)> measure;
    qsizetype unitsPerLimit = 1; // see TextCutter
    QString ellipsis = QStringLiteral("…");
    bool canSplit = true; // when not, what is to be split is refused
};

// The text in as many pieces as it takes, as `overflow` says; fills length, limit, unit, parts and cut of the facts. The
// error says how long the text is and how long it may be.
Result<QList<RichText>> fitted(const RichText& text, Overflow overflow, const FitRules& rules, MessageFacts& facts);

// Code points: what Telegram counts.
qint64 codePoints(QStringView text);

} // namespace carillon
