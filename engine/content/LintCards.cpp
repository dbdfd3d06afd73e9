// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

// Rules about cards: push messages and the in-app inbox.
namespace carillon::lint {

namespace {

bool isPush(const Part& part)
{
    return channelOf(part.view.channel()).medium == u"push";
}

bool isCard(const Part& part)
{
    return isPush(part) || part.view.channel() == u"in_app";
}

qsizetype lengthOf(const Part& part)
{
    constexpr qsizetype outputLength = 10;
    return part.source.longest([](QChar c) { return !c.isLowSurrogate(); }, [](const Output&) { return outputLength; });
}

void longTitle(const Part& part, Report& report)
{
    constexpr qsizetype shown = 50; // about what a locked phone shows
    if (!isCard(part) || part.name != u"title")
        return;
    if (const qsizetype length = lengthOf(part); length > shown)
        report.addWhole(part, tr("The title can have %1 characters: a phone shows about %2.").arg(length).arg(shown));
}

void longCardText(const Part& part, Report& report)
{
    constexpr qsizetype shown = 180;
    if (!isPush(part) || part.name != u"text")
        return;
    if (const qsizetype length = lengthOf(part); length > shown)
        report.addWhole(part, tr("The text can have %1 characters: a phone shows about %2.").arg(length).arg(shown));
}

void noTitle(const Part& part, Report& report)
{
    if (isCard(part) && part.view.part(u"text") && !part.view.part(u"title"))
        report.addWhole(part, tr("The card has no title: phones show the program's name instead."));
}

// The parts "image" and "url" of a card, "photo" of a chat: addresses and nothing else.
void plainAddress(const Part& part, Report& report)
{
    if (part.format != PartFormat::Url)
        return;
    const QString literal = part.source.literal();
    const QString text = literal.trimmed();
    const bool isOpaque = text.startsWith(Source::outputMark) || part.source.masked().contains(Source::tagMark);
    const bool isHome = part.name == u"url" && text.startsWith(u'/'); // a page of the app itself
    if (!isOpaque && !isHome && !text.startsWith(u"https://", Qt::CaseInsensitive)
        && !text.startsWith(u"http://", Qt::CaseInsensitive))
        report.addWhole(part, tr("This is no address of the web."));
    else if (!isOpaque && text.contains(u' '))
        report.addWhole(part, tr("The address has a blank in it."));
}

constexpr Rule rules[] = {
    {"long-title", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Titles of cards that are longer than what phones show."),
     QT_TRANSLATE_NOOP("Lint", "Put what matters first."), Looks::AtEachPart, longTitle},
    {"long-card-text", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Texts of push messages that are longer than what phones show."),
     QT_TRANSLATE_NOOP("Lint", "Say the rest on the page that it opens."), Looks::AtEachPart, longCardText},
    {"no-title", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Cards without a title."),
     QT_TRANSLATE_NOOP("Lint", "Add a title of a few words."), Looks::Once, noTitle},
    {"no-address", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Addresses of images and pages that are none."),
     QT_TRANSLATE_NOOP("Lint", "Write the address in full, with https://."), Looks::AtEachPart, plainAddress},
};

} // namespace

std::span<const Rule> cardRules()
{
    return rules;
}

} // namespace carillon::lint
