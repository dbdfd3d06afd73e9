// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TolerantJson.h"

#include "engine/content/LintRules.h"

namespace carillon::lint {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

} // namespace

std::optional<TolerantJson::Fault> TolerantJson::check()
{
    skipBlanks();
    if (value()) {
        skipBlanks();
        takeWildcards();
        if (m_at < m_text.size())
            fail(tr("The document ends before this."));
    }
    return m_fault;
}

bool TolerantJson::fail(const QString& sentence)
{
    if (!m_fault)
        m_fault = Fault{m_at, sentence};
    return false;
}

void TolerantJson::skipBlanks()
{
    while (m_at < m_text.size() && (at(u' ') || at(u'\n') || at(u'\t') || at(u'\r')))
        ++m_at;
}

bool TolerantJson::takeWildcards()
{
    const qsizetype start = m_at;
    while (at(m_wildcard)) {
        ++m_at;
        skipBlanks();
    }
    return m_at > start;
}

bool TolerantJson::value()
{
    if (m_depth >= maxDepth)
        return fail(tr("Values are nested more than %1 deep.").arg(maxDepth));
    const bool hasWildcard = takeWildcards();
    if (m_at >= m_text.size())
        return hasWildcard || fail(tr("The document ends too early: a value is missing."));
    const QChar c = m_text[m_at];
    if (c == u'{')
        return object();
    if (c == u'[')
        return array();
    if (c == u'"')
        return string();
    if (c == u'-' || isDigit(c))
        return number();
    if (c.isLetter())
        return word();
    return hasWildcard || fail(tr("A value is missing here."));
}

// Behind an element: the comma before the next one, or the end.
bool TolerantJson::next(QChar closing, bool& isDone)
{
    skipBlanks();
    const bool hasWildcard = takeWildcards();
    isDone = at(closing);
    if (isDone) {
        ++m_at;
        return true;
    }
    if (at(u',')) {
        const qsizetype comma = m_at++;
        skipBlanks();
        if (at(closing)) {
            m_at = comma;
            return fail(tr("This comma is too much: nothing follows it."));
        }
        return true;
    }
    if (m_at >= m_text.size())
        return fail(tr("The document ends too early: “%1” is missing.").arg(closing));
    return hasWildcard || fail(tr("A comma or “%1” is missing here.").arg(closing));
}

bool TolerantJson::object()
{
    ++m_at;
    ++m_depth;
    skipBlanks();
    bool isDone = at(u'}');
    m_at += isDone;
    while (!isDone) {
        if (!member() || !next(u'}', isDone))
            return false;
    }
    --m_depth;
    return true;
}

bool TolerantJson::member()
{
    const bool hasWildcard = takeWildcards();
    if (hasWildcard && (at(u'}') || at(u',')))
        return true; // it stands for members
    if (!hasWildcard || at(u'"')) {
        if (!at(u'"'))
            return fail(at(u'\'') ? tr("Names are written in double quotes.")
                                  : tr("A name in double quotes is missing here."));
        if (!string())
            return false;
    }
    skipBlanks();
    takeWildcards();
    if (!at(u':'))
        return hasWildcard || fail(tr("A colon is missing here."));
    ++m_at;
    skipBlanks();
    return value();
}

bool TolerantJson::array()
{
    ++m_at;
    ++m_depth;
    skipBlanks();
    bool isDone = at(u']');
    m_at += isDone;
    while (!isDone) {
        if (!value() || !next(u']', isDone))
            return false;
    }
    --m_depth;
    return true;
}

bool TolerantJson::string()
{
    const qsizetype start = m_at++;
    while (m_at < m_text.size()) {
        const QChar c = m_text[m_at];
        if (c == u'"') {
            ++m_at;
            return true;
        }
        if (c < u' ')
            return fail(c == u'\n' ? tr("A text must not go over the end of its line: its quote is missing, or write \\n.")
                                   : tr("A control character must be written as an escape."));
        if (c == u'\\' && !escape())
            return false;
        ++m_at;
    }
    m_at = start;
    return fail(tr("The quote is never closed."));
}

// Stays on the last character of the escape.
bool TolerantJson::escape()
{
    const QChar c = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
    if (c == u'u') {
        for (int i = 2; i < 6; ++i) {
            if (m_at + i >= m_text.size() || !isHexDigit(m_text[m_at + i]))
                return fail(tr("“\\u” needs four hexadecimal digits."));
        }
        m_at += 5;
        return true;
    }
    if (!QStringView(u"\"\\/bfnrt").contains(c) && c != m_wildcard)
        return fail(tr("JSON has no escape “\\%1”.").arg(c));
    ++m_at;
    return true;
}

bool TolerantJson::number()
{
    m_at += at(u'-');
    const qsizetype start = m_at;
    while (m_at < m_text.size() && (isDigit(m_text[m_at]) || QStringView(u".eE+-").contains(m_text[m_at]) || at(m_wildcard)))
        ++m_at;
    const bool hasLeadingZero = m_at - start > 1 && m_text[start] == u'0' && isDigit(m_text[start + 1]);
    if (m_at > start && !hasLeadingZero)
        return true;
    m_at = start;
    return fail(tr("This is no number of JSON."));
}

bool TolerantJson::word()
{
    for (const QStringView known : {QStringView(u"true"), QStringView(u"false"), QStringView(u"null")}) {
        if (m_text.mid(m_at).startsWith(known)) {
            m_at += known.size();
            return true;
        }
    }
    return fail(tr("This is no value of JSON: a text needs double quotes."));
}

} // namespace carillon::lint
