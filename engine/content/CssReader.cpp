// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/CssReader.h"

namespace carillon::lint {

namespace {

bool isBlank(QChar c)
{
    return c.isSpace() || c == Source::tagMark;
}

// The first place from `at` that is neither blank nor in a comment.
qsizetype skipBlanks(QStringView text, qsizetype at, qsizetype end)
{
    while (at < end) {
        if (isBlank(text[at])) {
            ++at;
        } else if (text[at] == u'/' && at + 1 < end && text[at + 1] == u'*') {
            const qsizetype closing = text.indexOf(u"*/", at + 2);
            at = closing < 0 || closing + 2 > end ? end : closing + 2;
        } else {
            break;
        }
    }
    return at;
}

Span trimmed(QStringView text, qsizetype from, qsizetype to)
{
    while (from < to && isBlank(text[from]))
        ++from;
    while (to > from && isBlank(text[to - 1]))
        --to;
    return {from, to - from};
}

// The end of a declaration: a ; outside of quotes and brackets.
qsizetype declarationEnd(QStringView text, qsizetype at, qsizetype end)
{
    QChar quote;
    int depth = 0;
    for (; at < end; ++at) {
        const QChar c = text[at];
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if (c == u'"' || c == u'\'')
            quote = c;
        else if (c == u'(')
            ++depth;
        else if (c == u')')
            depth -= depth > 0;
        else if (c == u';' && depth == 0)
            return at;
    }
    return end;
}

qsizetype firstOf(QStringView text, qsizetype at, qsizetype end, QStringView wanted)
{
    while (at < end && !wanted.contains(text[at]))
        ++at;
    return at;
}

} // namespace

std::vector<CssDeclaration> declarationsIn(const Source& source, Span style)
{
    const QStringView text(source.lower());
    std::vector<CssDeclaration> declarations;
    qsizetype at = style.position;
    while (at < style.end()) {
        at = skipBlanks(text, at, style.end());
        const qsizetype end = declarationEnd(text, at, style.end());
        const qsizetype colon = firstOf(text, at, end, u":");
        if (colon < end) {
            const Span name = trimmed(text, at, colon);
            Span value = trimmed(text, colon + 1, end);
            const qsizetype important = text.mid(value.position, value.length).indexOf(u"!important");
            if (important >= 0)
                value = trimmed(text, value.position, value.position + important);
            declarations.push_back({text.mid(name.position, name.length),
                                    text.mid(value.position, value.length),
                                    {name.position, value.end() - name.position},
                                    value});
        }
        at = end + 1;
    }
    return declarations;
}

std::vector<CssRule> rulesIn(const Source& source, Span style)
{
    const QStringView text(source.lower());
    const QStringView written(source.masked());
    std::vector<CssRule> rules;
    int depth = 0;
    qsizetype at = style.position;
    while ((at = skipBlanks(text, at, style.end())) < style.end()) {
        const qsizetype end = firstOf(text, at, style.end(), u"{};");
        if (end == style.end())
            break;
        const bool isGroup = text.mid(at).startsWith(u"@media") || text.mid(at).startsWith(u"@supports");
        if (text[end] == u'}') {
            depth -= depth > 0;
        } else if (text[end] == u'{' && isGroup) {
            ++depth;
        } else if (text[end] == u'{') {
            const Span selector = trimmed(text, at, end);
            const qsizetype close = firstOf(text, end, style.end(), u"}");
            rules.push_back({written.mid(selector.position, selector.length), selector, depth > 0,
                             declarationsIn(source, {end + 1, std::max<qsizetype>(0, close - end - 1)})});
            at = close + 1;
            continue;
        }
        at = end + 1;
    }
    return rules;
}

} // namespace carillon::lint
