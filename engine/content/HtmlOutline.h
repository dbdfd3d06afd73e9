// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/CssReader.h"

#include <QHash>
#include <QSet>
#include <QStringView>

#include <span>
#include <vector>

namespace carillon::lint {

struct HtmlAttribute {
    QStringView name; // in lower case
    QStringView value; // as written, Liquid covered up
    Span place; // all of it
    Span valuePlace; // without its quotes; empty behind the name when it has none

    bool isDynamic() const { return value.contains(Source::outputMark) || value.contains(Source::tagMark); }
};

struct HtmlElement {
    QStringView name; // in lower case
    int parent = -1; // position in the list of elements; -1: none
    Span tag; // "<a href=...>"
    Span content; // up to its end tag, or to where it was closed without one
    int arm = 0; // see Source
    std::vector<HtmlAttribute> attributes;
    std::vector<CssDeclaration> style; // what its attribute "style" says

    Span namePlace() const { return {tag.position, name.size() + 1}; } // "<a"
    const HtmlAttribute* attribute(QStringView wanted) const; // null: not there
    QStringView value(QStringView wanted) const;
    bool has(QStringView wanted) const { return attribute(wanted) != nullptr; }
};

struct HtmlText {
    Span place;
    int parent = -1;
};

struct HtmlFault {
    enum Kind { Unclosed, Stray, Quote, Comment, Tag };
    Kind kind = Unclosed;
    Span place;
    QStringView name;
};

// The elements, texts and styles of an HTML part with their places in the source, read as browsers do: forgiving. Views
// point into the Source, which outlives it. Any text is taken; time grows with its length alone.
class HtmlOutline {
public:
    explicit HtmlOutline(const Source& source);

    const std::vector<HtmlElement>& elements() const { return m_elements; } // in the order of the source
    const std::vector<HtmlText>& texts() const { return m_texts; } // what a reader sees, blanks included
    const std::vector<Span>& styles() const { return m_styles; } // what stands in <style>
    const std::vector<HtmlFault>& faults() const { return m_faults; }
    bool hasDoctype() const { return m_hasDoctype; }
    const HtmlElement* first(QStringView name) const;

    // What is read in an element, blanks run together; an output is one mark. At most `most` units.
    QString textIn(const HtmlElement& element, qsizetype most = 200) const;

private:
    void read();
    void addText(qsizetype from, qsizetype to);
    qsizetype readDeclaration(qsizetype open);
    qsizetype readTag(qsizetype open);
    qsizetype readAttributes(qsizetype at, HtmlElement* element);
    qsizetype readValue(qsizetype at, HtmlAttribute& attribute);
    qsizetype readRawText(const HtmlElement& element);
    void open(HtmlElement element, bool isEmpty);
    void close(QStringView name, Span place);
    void pop(qsizetype contentEnd);
    void finish();

    const Source& m_source;
    QStringView m_masked;
    QStringView m_lower;
    std::vector<HtmlElement> m_elements;
    std::vector<HtmlText> m_texts;
    std::vector<Span> m_styles;
    std::vector<HtmlFault> m_faults;
    std::vector<int> m_stack; // elements that are open
    QHash<QStringView, int> m_openCounts;
    QHash<QStringView, int> m_forgiven; // end tags that will come too late: they were reported with their start
    QSet<QStringView> m_uncertain; // opened in one arm, closed in another: that may well be right
    bool m_missing[2] = {false, false}; // no further " or ' closes anything
    bool m_hasDoctype = false;
};

} // namespace carillon::lint
