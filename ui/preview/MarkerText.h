// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

#include <functional>

namespace carillon::ui {

// Reads the markers that Slack and WhatsApp share: *bold* _italic_ ~strike~ `code`. A marker counts where a word begins or
// ends and only within its line, so that snake_case and 2*3*4 stay as they are.
//
// Takes any text; time grows with its length alone.
class MarkerText {
public:
    // Reads something else than a marker at `position` of `line` (a Slack link): adds it and gives the position behind it,
    // or -1 when nothing is there.
    using Special = std::function<qsizetype(QStringView line, qsizetype position, int style)>;

    MarkerText(RichBuilder& out, Special special = {});

    void read(QStringView line, RichBlock::Kind kind = RichBlock::Paragraph, int style = 0);

private:
    void readInside(QStringView line, int style, int depth);
    qsizetype closerOf(QStringView line, qsizetype opener) const;
    void add(const QString& text, int style);

    RichBuilder& m_out;
    Special m_special;
    RichBlock::Kind m_kind = RichBlock::Paragraph;
};

// Splits markup that is written line by line: blocks between ``` fences, quotations, and lines of text.
struct MarkupLine {
    enum Kind { Text, Quote, Fenced };

    Kind kind = Text;
    QString text; // Fenced: the whole block; else one line with its line break
};
QList<MarkupLine> markupLines(const QString& markup, const QStringList& quoteMarks);

} // namespace carillon::ui
