// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/TextCutter.h"

#include <QString>

namespace carillon {

// Text with marks, apart from how any platform writes them: what a chat message is while it is converted, measured and cut.
// A stretch of it can be taken out, and its marks are closed there and opened again in the next.
struct RichText {
    enum class Mark {
        Bold,
        Italic,
        Underline,
        Strike,
        Spoiler,
        Code, // within a line
        Block, // of code; argument: its language
        Quote,
        LongQuote, // shown folded
        Link, // argument: the address
        Raw, // written as it stands and never cut: a mention, an address; argument: what is written
        Emoji, // Telegram's own: argument: its id
        Time, // Telegram's own: argument: its unix and format attributes as written
    };

    // Spans nest: of two, one holds the other or they are apart. In the order of their starts, the outer one first.
    struct Span {
        Mark mark = Mark::Bold;
        qsizetype begin = 0; // UTF-16 units
        qsizetype end = 0;
        QString argument;

        friend bool operator==(const Span&, const Span&) = default;
    };

    QString text;
    QList<Span> spans;

    RichText mid(TextRange range) const;
    QList<TextRange> atoms() const; // what must not be cut
    void append(const RichText& other);

    friend bool operator==(const RichText&, const RichText&) = default;
};

// Builds a RichText from front to back.
class RichTextMaker {
public:
    void text(QStringView text) { m_result.text += text; }
    void open(RichText::Mark mark, const QString& argument = {});
    void close(); // the innermost open mark; one that holds nothing is dropped
    bool isOpen(RichText::Mark mark) const;
    const RichText::Span* innermost() const; // null: no mark is open
    void setArgument(const QString& argument); // of the innermost open mark
    void setMark(RichText::Mark mark); // of the innermost open mark
    const QString& written() const { return m_result.text; }
    RichText take(); // closes what is open

private:
    RichText m_result;
    QList<qsizetype> m_open; // indexes of spans
};

} // namespace carillon
