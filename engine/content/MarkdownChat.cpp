// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MarkdownChat.h"

#include "engine/content/Markdown.h"

#include <algorithm>
#include <utility>

namespace carillon {

namespace {

using Element = MarkdownElement;
using Mark = RichText::Mark;

constexpr qsizetype maxIndent = 8; // levels of lists that are shown as such
constexpr qsizetype widestColumn = 40;

QString rule()
{
    return QString(10, QChar(0x2014));
}

// A table as lines of text, each column as wide as its widest cell.
QString laidOut(const QList<QStringList>& rows)
{
    QList<qsizetype> widths;
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths << 0;
            widths[i] = std::max(widths[i], std::min(row[i].size(), widestColumn));
        }
    }
    QStringList lines;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row[i].leftJustified(int(widths[i])) + QStringLiteral("  ");
        while (line.endsWith(u' '))
            line.chop(1);
        lines << line;
    }
    return lines.join(u'\n');
}

class ChatSink : public MarkdownSink {
public:
    RichText take() { return m_maker.take(); }

    void enter(const Element& element) override
    {
        if (m_inTable && element.kind != Element::TableRow && element.kind != Element::TableCell)
            return;
        switch (element.kind) {
        case Element::Quote: enterQuote(); break;
        case Element::List: enterList(-1); break;
        case Element::NumberedList: enterList(element.number); break;
        case Element::Item: enterItem(element); break;
        case Element::Rule:
            paragraphBreak();
            put(rule());
            paragraphBreak();
            break;
        case Element::Heading:
            paragraphBreak();
            open(Mark::Bold);
            break;
        case Element::CodeBlock:
            paragraphBreak();
            open(Mark::Block, QString::fromStdString(element.language));
            break;
        case Element::Paragraph: paragraphBreak(); break;
        case Element::Table: m_inTable = true; break;
        case Element::TableRow: m_rows << QStringList(); break;
        case Element::TableCell: m_rows.last() << QString(); break;
        case Element::TableHead: break;
        case Element::Emphasis: open(Mark::Italic); break;
        case Element::Strong: open(Mark::Bold); break;
        case Element::Strike: open(Mark::Strike); break;
        case Element::Code: open(Mark::Code); break;
        case Element::Link:
        case Element::Image: enterLink(element); break;
        }
    }

    void leave(const Element& element) override
    {
        if (m_inTable && element.kind != Element::Table)
            return;
        switch (element.kind) {
        case Element::Quote: leaveQuote(); break;
        case Element::List:
        case Element::NumberedList:
            m_lists.removeLast();
            m_lists.isEmpty() ? paragraphBreak() : lineBreak();
            break;
        case Element::Item:
            m_atStart = false;
            lineBreak();
            break;
        case Element::Heading:
            m_maker.close();
            paragraphBreak();
            break;
        case Element::CodeBlock: leaveCode(); break;
        case Element::Paragraph: m_lists.isEmpty() ? paragraphBreak() : lineBreak(); break;
        case Element::Table: leaveTable(); break;
        case Element::Emphasis:
        case Element::Strong:
        case Element::Strike:
        case Element::Code: m_maker.close(); break;
        case Element::Link:
        case Element::Image: leaveLink(element); break;
        default: break;
        }
    }

    void text(std::string_view utf8) override
    {
        const QString text = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
        if (m_inTable)
            m_rows.last().last() += text;
        else if (m_maker.isOpen(Mark::Block))
            putCode(text);
        else
            put(text);
    }

    void lineBreak(bool) override
    {
        if (m_inTable)
            m_rows.last().last() += u' ';
        else
            put(QString(u'\n' + indent()));
    }

private:
    // Before whatever stands first in an item or a quote there is none.
    void lineBreak() { m_breaks = m_atStart ? 0 : std::max(m_breaks, 1); }
    void paragraphBreak() { m_breaks = m_atStart ? 0 : 2; }

    void flush()
    {
        if (!m_maker.written().isEmpty())
            m_maker.text(QString(m_breaks, u'\n'));
        m_breaks = 0;
        if (!m_maker.written().isEmpty() && m_maker.written().endsWith(u'\n') && !m_atStart)
            m_maker.text(indent());
        m_atStart = false;
    }

    // Of a further line within an item.
    QString indent() const { return QString(2 * std::min(m_lists.size(), maxIndent), u' '); }

    void put(const QString& text)
    {
        flush();
        m_maker.text(text);
    }

    void open(Mark mark, const QString& argument = {})
    {
        flush();
        m_maker.open(mark, argument);
    }

    // The last line end of a block is the block's own.
    void putCode(const QString& text)
    {
        m_maker.text(QString(m_breaks, u'\n'));
        m_breaks = 0;
        const QString whole = text.endsWith(u'\n') ? text.chopped(1) : text;
        m_maker.text(whole);
        m_breaks = text.endsWith(u'\n') ? 1 : 0;
    }

    void leaveCode()
    {
        m_maker.close();
        paragraphBreak();
    }

    void enterQuote()
    {
        paragraphBreak();
        if (m_quotes++ > 0)
            return; // chat programs have quotes, but none within them
        open(Mark::Quote);
        m_atStart = true;
    }

    void leaveQuote()
    {
        m_atStart = false;
        if (--m_quotes == 0)
            m_maker.close();
        paragraphBreak();
    }

    void enterList(int start)
    {
        m_lists.isEmpty() ? paragraphBreak() : lineBreak();
        m_lists << start;
    }

    void enterItem(const Element& element)
    {
        lineBreak();
        int& number = m_lists.last();
        QString bullet(QChar(0x2022));
        if (element.isTask)
            bullet = QChar(element.isDone ? 0x2611 : 0x2610);
        else if (number >= 0)
            bullet = QString::number(number++) + u'.';
        m_maker.text(QString(m_maker.written().isEmpty() ? 0 : m_breaks, u'\n'));
        m_breaks = 0;
        const QString nesting(2 * (std::min(m_lists.size(), maxIndent) - 1), u' ');
        m_maker.text(QString((m_atStart ? QString() : nesting) + bullet + u' '));
        m_atStart = true;
    }

    void enterLink(const Element& element)
    {
        const bool isLink = !element.address.empty() && !m_maker.isOpen(Mark::Link);
        m_links << isLink;
        if (isLink)
            open(Mark::Link, QString::fromStdString(element.address));
    }

    void leaveLink(const Element& element)
    {
        const bool isLink = m_links.takeLast();
        if (!isLink)
            return;
        if (m_maker.innermost()->begin == m_maker.written().size()) // a picture without a text
            m_maker.text(QString::fromStdString(element.address));
        m_maker.close();
    }

    void leaveTable()
    {
        m_inTable = false;
        paragraphBreak();
        open(Mark::Block);
        m_maker.text(laidOut(std::exchange(m_rows, {})));
        m_maker.close();
        paragraphBreak();
    }

    RichTextMaker m_maker;
    int m_breaks = 0; // line breaks due before the next text
    QList<int> m_lists; // the number of the next item; -1: bullets
    QList<bool> m_links;
    int m_quotes = 0;
    bool m_atStart = false; // behind a bullet or in a quote, before its text
    bool m_inTable = false;
    QList<QStringList> m_rows;
};

} // namespace

Result<RichText> markdownToRichText(std::string_view markdown)
{
    ChatSink sink;
    if (Status status = walkMarkdown(markdown, sink); !status)
        return fail(status.error());
    return sink.take();
}

} // namespace carillon
