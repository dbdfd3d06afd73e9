// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SignedText.h"

#include <algorithm>

namespace carillon {

namespace {

using Mark = RichText::Mark;

constexpr qsizetype longestMark = 4000; // how far the end of a mark is looked for
constexpr QStringView fence = u"```";

class SignReader {
public:
    SignReader(QStringView text, bool isSlack)
        : m_text(text)
        , m_isSlack(isSlack)
    {
    }

    RichText run()
    {
        qsizetype at = 0;
        while (at < m_text.size()) {
            const qsizetype open = m_text.indexOf(fence, at);
            const qsizetype close = open < 0 ? -1 : m_text.indexOf(fence, open + 3);
            if (close <= open + 3)
                break;
            inlineText(at, open);
            m_maker.open(Mark::Block);
            plain(open + 3, close);
            m_maker.close();
            at = close + 3;
        }
        inlineText(at, m_text.size());
        return m_maker.take();
    }

private:
    void inlineText(qsizetype begin, qsizetype end)
    {
        qsizetype plainFrom = begin;
        for (qsizetype at = begin; at < end;) {
            const qsizetype next = markAt(at, end, plainFrom);
            if (next > at)
                plainFrom = next;
            at = std::max(next, at + 1);
        }
        plain(plainFrom, end);
    }

    // Reads the mark that begins at `at`, after the plain text before it; its end, or `at` when there is none.
    qsizetype markAt(qsizetype at, qsizetype end, qsizetype plainFrom)
    {
        const QChar c = m_text[at];
        if (c == u'<' && m_isSlack)
            return angle(at, end, plainFrom);
        const Mark mark = c == u'*' ? Mark::Bold : c == u'_' ? Mark::Italic : c == u'~' ? Mark::Strike : Mark::Code;
        if ((mark == Mark::Code && (c != u'`' || !m_isSlack)) || m_maker.isOpen(mark) || !opens(at, end))
            return at;
        const qsizetype close = closing(at, end);
        if (close < 0)
            return at;
        plain(plainFrom, at);
        m_maker.open(mark);
        if (mark == Mark::Code)
            plain(at + 1, close);
        else
            inlineText(at + 1, close);
        m_maker.close();
        return close + 1;
    }

    bool opens(qsizetype at, qsizetype end) const
    {
        return at + 1 < end && !m_text[at + 1].isSpace() && m_text[at + 1] != m_text[at]
            && (at == 0 || !m_text[at - 1].isLetterOrNumber());
    }

    // Whether a sign closes does not depend on where it was opened: no place is looked at twice.
    qsizetype closing(qsizetype at, qsizetype end)
    {
        qsizetype& looked = m_looked[m_text[at].unicode() % std::size(m_looked)];
        qsizetype i = std::max(at + 2, looked);
        for (; i < std::min(end, at + longestMark) && m_text[i] != u'\n'; ++i) {
            if (m_text[i] == m_text[at] && !m_text[i - 1].isSpace()
                && (i + 1 == m_text.size() || !m_text[i + 1].isLetterOrNumber()))
                return i;
        }
        looked = std::max(looked, i);
        return -1;
    }

    // <...>: a link with a label, or something that stays as it stands.
    qsizetype angle(qsizetype at, qsizetype end, qsizetype plainFrom)
    {
        const QStringView window = m_text.mid(at, std::min(end - at, longestMark));
        const qsizetype close = window.indexOf(u'>');
        const qsizetype line = window.indexOf(u'\n');
        if (close < 2 || (line >= 0 && line < close))
            return at;
        plain(plainFrom, at);
        const QStringView inner = window.mid(1, close - 1);
        const qsizetype bar = inner.indexOf(u'|');
        const bool isCommand = QStringView(u"@#!").contains(inner.front());
        if (bar > 0 && bar + 1 < inner.size() && !isCommand) {
            m_maker.open(Mark::Link, unescaped(inner.left(bar)));
            m_maker.text(unescaped(inner.mid(bar + 1)));
        } else {
            m_maker.open(Mark::Raw, window.left(close + 1).toString());
            m_maker.text(window.left(close + 1));
        }
        m_maker.close();
        return at + close + 1;
    }

    void plain(qsizetype begin, qsizetype end)
    {
        const QStringView text = m_text.mid(begin, std::max<qsizetype>(0, end - begin));
        if (m_isSlack && text.contains(u'&'))
            m_maker.text(unescaped(text));
        else
            m_maker.text(text);
    }

    static QString unescaped(QStringView text)
    {
        return text.toString()
            .replace(QStringLiteral("&lt;"), QStringLiteral("<"))
            .replace(QStringLiteral("&gt;"), QStringLiteral(">"))
            .replace(QStringLiteral("&amp;"), QStringLiteral("&"));
    }

    QStringView m_text;
    bool m_isSlack;
    qsizetype m_looked[128] = {}; // by sign: up to here there is no end of it
    RichTextMaker m_maker;
};

} // namespace

RichText readSlack(const QString& mrkdwn)
{
    return SignReader(mrkdwn, true).run();
}

RichText readWhatsApp(const QString& text)
{
    return SignReader(text, false).run();
}

} // namespace carillon
