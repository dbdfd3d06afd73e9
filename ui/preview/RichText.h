// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QString>

class QTextDocument;

namespace carillon::ui {

// A stretch of text that looks the same throughout.
struct RichSpan {
    enum Style { Bold = 1, Italic = 2, Strike = 4, Underline = 8, Code = 16, Spoiler = 32, Mention = 64, Marked = 128 };

    QString text;
    int style = 0; // of Style
    QString link; // where it leads; shown, never followed

    friend bool operator==(const RichSpan&, const RichSpan&) = default;
};

// A paragraph, quotation, list item or block of code. Its text may have line breaks.
struct RichBlock {
    enum Kind { Paragraph, Heading, Quote, Code, Item, Rule };

    Kind kind = Paragraph;
    QList<RichSpan> spans;
    int depth = 0; // Heading: its level, from 1; Item: from 0
    QString marker; // Item: "•", "3."

    friend bool operator==(const RichBlock&, const RichBlock&) = default;
};

// What every platform's markup is read into, so that one way of drawing serves them all.
using RichMessage = QList<RichBlock>;

// Markup beyond this is cut before it is read: no platform takes as much.
constexpr qsizetype longestMarkup = 64'000;

// Puts a message together span by span. A span of another kind begins a new block; the line break that stands between the
// two in the markup goes.
class RichBuilder {
public:
    void add(const QString& text, int style = 0, const QString& link = {}, RichBlock::Kind kind = RichBlock::Paragraph);
    void addBlock(const RichBlock& block) { m_message << block; }
    RichMessage take();

private:
    RichMessage m_message;
};

QString plainTextOf(const RichMessage& message);

// The colours and the font of one platform's text.
struct RichLook {
    QFont font;
    QColor text;
    QColor muted;
    QColor link;
    QColor codeText;
    QColor codeGround;
    QColor quoteBar;
};

// Blocks of these kinds are marked with the property so that a view can draw what a QTextDocument cannot: the bar beside a
// quotation, the ground under a block of code.
constexpr int richKindProperty = 0x100000 + 1;

void fillDocument(QTextDocument& document, const RichMessage& message, const RichLook& look);

} // namespace carillon::ui
