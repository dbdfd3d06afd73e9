// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about what the chat platforms take.
namespace carillon::lint {

namespace {

constexpr qsizetype outputLength = 20; // that an output of unknown length is counted as

enum class Markup { Html, Markdown, Plain };

Markup markupOf(const Part& part)
{
    const QString mode = part.view.settings().value(u"parse_mode").toString();
    return mode == u"markdown" ? Markup::Markdown : mode == u"plain" ? Markup::Plain : Markup::Html;
}

bool isTelegram(const Part& part, Markup markup)
{
    return part.format == PartFormat::Telegram && markupOf(part) == markup;
}

template <typename Handle>
void forMatches(const Part& part, const QRegularExpression& pattern, const Handle& handle)
{
    auto found = pattern.globalMatch(part.source.masked());
    for (int i = 0; found.hasNext() && i < Report::maxPerRule; ++i) {
        const QRegularExpressionMatch match = found.next();
        handle(match, Span{match.capturedStart(), match.capturedLength()});
    }
}

void telegramTag(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral("</?([a-zA-Z][a-zA-Z0-9-]{0,30})[^<>]{0,500}>?"));
    static const QStringList allowed{QStringLiteral("a"),          QStringLiteral("b"),      QStringLiteral("strong"),
                                     QStringLiteral("i"),          QStringLiteral("em"),     QStringLiteral("s"),
                                     QStringLiteral("u"),          QStringLiteral("strike"), QStringLiteral("del"),
                                     QStringLiteral("ins"),        QStringLiteral("pre"),    QStringLiteral("code"),
                                     QStringLiteral("tg-spoiler"), QStringLiteral("span"),   QStringLiteral("tg-emoji"),
                                     QStringLiteral("blockquote"), QStringLiteral("tg-time")};
    if (!isTelegram(part, Markup::Html))
        return;
    forMatches(part, pattern, [&](const QRegularExpressionMatch& match, Span place) {
        const QString name = match.captured(1).toLower();
        if (!allowed.contains(name))
            report.add(part, place, tr("Telegram does not take <%1>: it refuses the whole message.").arg(name),
                       name == u"br" || name == u"p" || name == u"div" ? tr("Break the line instead.") : QString());
    });
}

void telegramLess(const Part& part, Report& report)
{
    static const QRegularExpression less(QStringLiteral("<(?!/?[a-zA-Z])"));
    static const QRegularExpression entity(QStringLiteral("&(?!lt;|gt;|amp;|quot;)([a-zA-Z]{2,10});"));
    if (!isTelegram(part, Markup::Html))
        return;
    forMatches(part, less, [&](const QRegularExpressionMatch&, Span place) {
        report.add(part, place, tr("Telegram takes this “<” for the start of a tag, and refuses the message."),
                   tr("Write &lt; instead."));
    });
    forMatches(part, entity, [&](const QRegularExpressionMatch& match, Span place) {
        report.add(part, place, Severity::Warning,
                   tr("Telegram does not know “%1”: people will see it as it stands.").arg(match.captured()),
                   tr("Write the character itself."));
    });
}

// Characters that MarkdownV2 reserves, where they are no markup: . ! - ( ) and so on must have a backslash.
void telegramReserved(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral("(?<!\\\\)[.!+=#{}|-]"));
    static const QRegularExpression code(QStringLiteral("```.*?(?:```|$)|`[^`\\n]*`|\\]\\([^)\\n]*\\)|\\|\\||!\\["),
                                         QRegularExpression::DotMatchesEverythingOption);
    if (!isTelegram(part, Markup::Markdown))
        return;
    std::vector<Span> free;
    for (auto found = code.globalMatch(part.source.masked()); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        free.push_back({match.capturedStart(), match.capturedLength()});
    }
    auto next = free.begin();
    auto found = pattern.globalMatch(part.source.masked());
    for (int reported = 0; found.hasNext() && reported < Report::maxPerRule;) {
        const QRegularExpressionMatch match = found.next();
        const Span place{match.capturedStart(), match.capturedLength()};
        while (next != free.end() && next->end() <= place.position)
            ++next;
        if (next != free.end() && next->position <= place.position)
            continue;
        ++reported;
        report.add(part, place, tr("Telegram's MarkdownV2 reserves “%1”: it refuses the message.").arg(match.captured()),
                   tr("Write a backslash before it: \\%1").arg(match.captured()));
    }
}

qsizetype charactersOf(const Part& part, bool withOutputs)
{
    return part.source.longest([](QChar c) { return !c.isLowSurrogate(); },
                               [&](const Output&) { return withOutputs ? outputLength : 0; });
}

// How much a platform takes in one part; 0: not known.
qsizetype limitOf(const Part& part)
{
    const QString& channel = part.view.channel();
    if (part.name != u"text")
        return 0;
    if (channel == u"telegram")
        return part.view.part(u"photo") ? 1024 : 4096;
    if (channel == u"whatsapp")
        return 4096;
    return channel == u"slack" ? 40000 : 0;
}

void tooLong(const Part& part, Report& report)
{
    const qsizetype limit = limitOf(part);
    if (limit == 0)
        return;
    const qsizetype least = charactersOf(part, false);
    const qsizetype likely = charactersOf(part, true);
    if (least > limit)
        report.addWhole(part, tr("The text has %1 characters or more; the platform takes %2.").arg(least).arg(limit));
    else if (likely > limit)
        report.add(part, {0, 1}, Severity::Hint,
                   tr("With its data the text can have more than the %1 characters that the platform takes.").arg(limit));
}

void slackMarkdown(const Part& part, Report& report)
{
    static const QRegularExpression pattern(
        QStringLiteral(
            "\\*\\*(?=\\S)[^*\\n]{1,300}\\*\\*|(?<!!)\\[[^\\]\\n]{1,200}\\]\\(https?://[^)\\s]{1,500}\\)|^#{1,6} (?=\\S)|"
            "~~[^~\\n]{1,200}~~"),
        QRegularExpression::MultilineOption);
    if (part.format != PartFormat::Slack)
        return;
    forMatches(part, pattern, [&](const QRegularExpressionMatch& match, Span place) {
        const QChar first = match.captured().at(0);
        const QString fix = first == u'*' ? tr("Write *bold* with one asterisk.")
            : first == u'['               ? tr("Write the link as <https://example.org|words>.")
            : first == u'~'               ? tr("Write ~struck~ with one tilde.")
                                          : tr("Slack has no headings in text: write *bold* instead.");
        report.add(part, place, tr("This is Markdown; Slack's own markup differs, and people will see the signs."), fix);
    });
}

void slackHtml(const Part& part, Report& report)
{
    static const QRegularExpression pattern(
        QStringLiteral("</?(?:a|b|i|u|p|br|div|span|strong|em|ul|ol|li|h[1-6])(?:\\s[^<>\\n]{0,300})?/?>"));
    if (part.format != PartFormat::Slack)
        return;
    forMatches(part, pattern, [&](const QRegularExpressionMatch& match, Span place) {
        report.add(part, place,
                   tr("Slack knows no HTML: people will see “%1”, or a part of it.").arg(match.captured().left(30)));
    });
}

void whatsAppMarkdown(const Part& part, Report& report)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\*\\*(?=\\S)[^*\\n]{1,300}\\*\\*|\\[[^\\]\\n]{1,200}\\]\\(https?://[^)\\s]{1,500}\\)"));
    if (part.name != u"text")
        return;
    forMatches(part, pattern, [&](const QRegularExpressionMatch& match, Span place) {
        report.add(part, place, tr("This is Markdown; WhatsApp's own markup differs, and people will see the signs."),
                   match.captured().startsWith(u'*') ? tr("Write *bold* with one asterisk.")
                                                     : tr("Write the address alone."));
    });
}

constexpr Rule rules[] = {
    {"telegram-tag", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Tags that Telegram does not take: it refuses the message."),
     QT_TRANSLATE_NOOP("Lint", "Use only a, b, i, u, s, code, pre, blockquote and tg-spoiler."), Looks::AtEachPart,
     telegramTag, "telegram"},
    {"telegram-sign", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Signs that Telegram takes for markup."),
     QT_TRANSLATE_NOOP("Lint", "Write &lt;, &gt; and &amp; for these signs."), Looks::AtEachPart, telegramLess, "telegram"},
    {"telegram-reserved", Severity::Error,
     QT_TRANSLATE_NOOP("Lint", "Characters that MarkdownV2 reserves, without a backslash."),
     QT_TRANSLATE_NOOP("Lint", "Write a backslash before it."), Looks::AtEachPart, telegramReserved, "telegram"},
    {"text-too-long", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Texts that are longer than their platform takes."),
     QT_TRANSLATE_NOOP("Lint", "Shorten it, or choose that it is cut or split."), Looks::AtEachPart, tooLong},
    {"slack-markdown", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Markdown where Slack's own markup is meant."),
     QT_TRANSLATE_NOOP("Lint", "Use *bold*, _italic_, ~struck~ and <https://example.org|words>."), Looks::AtEachPart,
     slackMarkdown, "slack"},
    {"slack-html", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "HTML in Slack's markup."),
     QT_TRANSLATE_NOOP("Lint", "Use *bold*, _italic_ and line breaks."), Looks::AtEachPart, slackHtml, "slack"},
    {"whatsapp-markdown", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Markdown where WhatsApp's own markup is meant."),
     QT_TRANSLATE_NOOP("Lint", "Use *bold*, _italic_, ~struck~ and plain addresses."), Looks::AtEachPart, whatsAppMarkdown,
     "whatsapp"},
};

} // namespace

std::span<const Rule> chatRules()
{
    return rules;
}

} // namespace carillon::lint
