// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/SmsText.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about what an SMS costs, and what it must have.
namespace carillon::lint {

namespace {

constexpr qsizetype outputLength = 20; // that an output of unknown length is counted as, at worst

// The text with its Liquid blanked out, place for place.
QString withoutLiquid(const Part& part)
{
    QString text = part.source.masked();
    text.replace(Source::outputMark, u' ');
    return text.replace(Source::tagMark, u' ');
}

bool isUcs2(const Part& part)
{
    return SmsText(withoutLiquid(part)).encoding() == SmsText::Encoding::Ucs2;
}

void ucs2(const Part& part, Report& report)
{
    if (part.name != u"text")
        return;
    const bool replaces = part.view.settings().value(u"transliterate").toBool();
    const SmsText text(withoutLiquid(part));
    for (const SmsText::Offender& offender : text.offenders()) {
        if (replaces && offender.hasLookAlike)
            continue;
        QString fix = tr("Leave it out, if you can do without.");
        if (offender.hasLookAlike && offender.lookAlike.isEmpty())
            fix = tr("Remove it: nobody sees it.");
        else if (offender.hasLookAlike)
            fix = tr("Write “%1”, or choose that look-alikes are taken.").arg(offender.lookAlike);
        report.add(part, {offender.position, offender.character.size()},
                   text.canBeGsm7() ? Severity::Warning : Severity::Hint,
                   tr("“%1” is not in the alphabet of SMS: with it a part holds 70 characters instead of 160.")
                       .arg(offender.character),
                   fix);
    }
}

// The units of the longest message, as far as the source tells.
qsizetype unitsOf(const Part& part, bool wide, bool withOutputs)
{
    const auto cost = [&](QChar c) -> qsizetype { return !wide && QStringView(u"{}[]~\\^|€\f").contains(c) ? 2 : 1; };
    return part.source.longest(cost, [&](const Output&) { return withOutputs ? outputLength : 0; });
}

void severalParts(const Part& part, Report& report)
{
    if (part.name != u"text")
        return;
    const bool wide = isUcs2(part) && !part.view.settings().value(u"transliterate").toBool();
    const auto partsOf = [&](qsizetype units) {
        const qsizetype single = wide ? 70 : 160;
        const qsizetype several = wide ? 67 : 153;
        return units <= single ? 1 : (units + several - 1) / several;
    };
    const qsizetype least = partsOf(unitsOf(part, wide, false));
    const qsizetype worst = partsOf(unitsOf(part, wide, true));
    const int most = part.view.settings().value(u"max_parts").toInt();
    if (most > 0 && least > most)
        report.addWhole(part, tr("The text takes %1 parts, and the template allows %2.").arg(least).arg(most));
    else if (least > 1)
        report.add(part, {0, 1}, Severity::Hint, tr("The text takes %1 parts: each is paid for.").arg(least));
    else if (worst > 1)
        report.add(part, {0, 1}, Severity::Hint,
                   tr("With long names and numbers the text takes %1 parts: each is paid for.").arg(worst));
}

void noOptOut(const Part& part, Report& report)
{
    static const QRegularExpression words(
        QStringLiteral("\\b(?:stop|unsubscribe|opt[- "
                       "]?out|abmelden|abbestellen|désabo\\w*|desabo\\w*|baja|cancelar|disiscriv\\w*|"
                       "afmelden|avregistrera|rezygn\\w*|стоп|отписа\\w*)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (part.name != u"text" || !part.view.isMarketing() || part.view.mentions(part, u"unsubscribe_url"))
        return;
    if (!words.match(part.source.text()).hasMatch())
        report.addWhole(part, tr("The message does not say how to stop it: in most countries advertising by SMS must."));
}

constexpr Rule rules[] = {
    {"sms-alphabet", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Characters that GSM-7 lacks: one of them more than halves what a part holds."),
     QT_TRANSLATE_NOOP("Lint", "Write a look-alike."), Looks::AtEachPart, ucs2, "sms"},
    {"sms-parts", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "SMS of more than one part, as far as the template tells."),
     QT_TRANSLATE_NOOP("Lint", "Shorten it, and cut names with the filter truncate."), Looks::AtEachPart, severalParts,
     "sms"},
    {"sms-opt-out", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Marketing by SMS without a way to stop it."),
     QT_TRANSLATE_NOOP("Lint", "Add how to stop it, for example: Reply STOP to end."), Looks::AtEachPart, noOptOut, "sms"},
};

} // namespace

std::span<const Rule> smsRules()
{
    return rules;
}

} // namespace carillon::lint
