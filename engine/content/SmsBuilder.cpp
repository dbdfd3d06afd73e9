// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SmsBuilder.h"

#include "engine/content/SmsText.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace carillon {

namespace {

constexpr int defaultMaxParts = 10;
constexpr qsizetype mostNamed = 8; // characters that a note lists

QString tr(const char* text)
{
    return QCoreApplication::translate("SmsBuilder", text);
}

Result<int> maxParts(const Template& source)
{
    const QJsonValue value = source.settings[u"max_parts"];
    if (value.isUndefined() || value.isNull())
        return defaultMaxParts;
    const int parts = value.toInt();
    if (parts < 1 || parts > SmsText::mostParts)
        return fail(badPart(QStringLiteral("max_parts"),
                            tr("The setting “max_parts” must be a number from 1 to %1.").arg(SmsText::mostParts)));
    return parts;
}

QString nameOf(const QString& character)
{
    const QChar first = character.front();
    if (first.isPrint() && !first.isSpace())
        return u'“' + character + u'”';
    return QStringLiteral("U+%1").arg(uint(first.unicode()), 4, 16, QChar(u'0')).toUpper();
}

// Why it is UCS-2, and what would make it GSM-7.
void noteOffenders(const SmsText& sms, MessageFacts& facts)
{
    QStringList named;
    QStringList alike;
    for (const SmsText::Offender& offender : sms.offenders()) {
        const QString name = nameOf(offender.character);
        if (named.contains(name) || named.size() == mostNamed)
            continue;
        named << name;
        if (offender.hasLookAlike)
            alike << tr("%1 as “%2”").arg(name, offender.lookAlike);
    }
    if (named.isEmpty())
        return;
    facts.notes << tr("It is sent as UCS-2, 70 characters a part instead of 160, because GSM-7 has no %1.")
                       .arg(named.join(QStringLiteral(", ")));
    if (!alike.isEmpty())
        facts.notes << tr("GSM-7 could write %1: see the setting “transliterate”.").arg(alike.join(QStringLiteral(", ")));
}

QString prepared(QString text, const Template& source, MessageFacts& facts)
{
    text.remove(QChar(0));
    if (!source.settings[u"transliterate"].toBool())
        return text;
    const QString plain = SmsText::transliterated(text);
    if (plain == text || SmsText(plain).encoding() != SmsText::Encoding::Gsm7)
        return text; // it stays UCS-2 either way: then as it was written
    facts.notes << tr("Characters that GSM-7 has not were replaced by look-alikes.");
    return plain;
}

QJsonObject fieldsOf(const SmsText& sms, const QString& text)
{
    return {{QStringLiteral("text"), text},
            {QStringLiteral("encoding"), sms.encodingName()},
            {QStringLiteral("parts"), sms.parts()}};
}

} // namespace

Result<Message> buildSms(BuildInput& input, MessageFacts& facts)
{
    const Result<int> most = maxParts(input.source);
    if (!most)
        return fail(most.error());
    const Result<Overflow> overflow = overflowOf(input.source);
    if (!overflow)
        return fail(overflow.error());
    const QString text = prepared(takePart(input, QStringLiteral("text")), input.source, facts);
    if (text.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));

    const SmsText whole(text);
    const bool isGsm7 = whole.encoding() == SmsText::Encoding::Gsm7;
    FitRules rules;
    rules.part = QStringLiteral("text");
    rules.platform = tr("its template");
    rules.unit = tr("SMS parts");
    rules.limits = {*most};
    rules.measure = [](const RichText& piece) { return SmsText(piece.text).parts(); };
    rules.unitsPerLimit = 160;
    rules.ellipsis = isGsm7 ? QStringLiteral("...") : QStringLiteral("…");
    const Result<QList<RichText>> pieces = fitted({text, {}}, *overflow, rules, facts);

    facts.length = whole.units();
    facts.limit = *most == 1 ? (isGsm7 ? 160 : 70) : qint64(*most) * (isGsm7 ? 153 : 67);
    facts.unit = tr("units");
    facts.encoding = whole.encodingName();
    facts.parts = int(whole.parts());
    noteOffenders(whole, facts);
    if (!pieces)
        return fail(pieces.error());
    Message message;
    facts.parts = 0;
    for (const RichText& piece : *pieces) {
        const SmsText sms(piece.text);
        facts.parts += int(sms.parts());
        if (message.fields.isEmpty())
            message.fields = fieldsOf(sms, piece.text);
        else
            message.continuations << fieldsOf(sms, piece.text);
    }
    return message;
}

} // namespace carillon
