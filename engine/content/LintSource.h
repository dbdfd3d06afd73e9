// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Lexer.h"
#include "engine/liquid/Token.h"
#include "engine/model/TemplateProblem.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace carillon::lint {

// A stretch of a part's source, in UTF-16 units as Qt counts.
struct Span {
    qsizetype position = 0;
    qsizetype length = 0;

    qsizetype end() const { return position + length; }
    friend bool operator==(const Span&, const Span&) = default;
};

// A filter as it is written behind an output.
struct UsedFilter {
    QString name;
    Span place;
    bool hasArguments = false;
};

// {{ contact.name | default: "you" }}, or the same behind "echo".
struct Output {
    Span place; // with its braces
    Span head; // what stands before the first filter
    QString path; // "contact.name"; empty when it is no plain path
    QString text; // the head when it is a string
    bool isString = false;
    std::vector<UsedFilter> filters;

    bool has(QStringView filter) const;
};

// {% name ... %}
struct Tag {
    Span place;
    QString name;
    std::vector<liquid::Token> tokens; // of what stands behind the name, End left out; views into the source
};

// Where a template goes one way or the other: {% if %} ... {% else %} ... {% endif %} is one block with two arms. Arms form
// a tree; number 0 is what always stands.
struct Arm {
    int parent = -1;
    int block = 0;
};

// One part of a template as the rules read it: as written, and with its Liquid covered up by as many marks, so that what is
// left can be read as HTML, CSS, JSON or text, and every place is right in the source. Takes any text; time grows with its
// length alone.
class Source {
public:
    static constexpr QChar outputMark = QChar(0xfdd0); // no character at all in Unicode: no text has it for a reason
    static constexpr QChar tagMark = QChar(0xfdd1);

    explicit Source(const QString& text);

    const QString& text() const { return m_text; }
    const QString& masked() const { return m_masked; }
    const QString& lower() const { return m_lower; } // masked, with ASCII letters in lower case
    const std::string& utf8() const { return m_utf8; }

    const std::vector<Output>& outputs() const { return m_outputs; } // in the order of the source
    const std::vector<Tag>& tags() const { return m_tags; } // comments left out
    const Output* outputAt(qsizetype position) const; // that starts there; null: none

    int armAt(qsizetype position) const;
    bool canMeet(int armA, int armB) const; // false: of two arms of one block only one is ever seen

    // The text without its tags, each output as one mark.
    QString literal() const;
    // The length of what comes out where each condition takes its longest arm and each loop runs once.
    using Cost = std::function<qsizetype(QChar)>;
    using OutputCost = std::function<qsizetype(const Output&)>;
    qsizetype longest(const Cost& cost, const OutputCost& outputCost) const;

    Span spanOf(liquid::Place place) const;
    TemplateProblem problemAt(Span span) const; // line, column, position, length, text

private:
    void encode();
    void cover();
    void takeTag(const liquid::Piece& piece);
    void takeOutput(const liquid::Piece& piece, std::string_view inner);
    void turn(std::string_view name, qsizetype position);
    void findLines();

    struct Turn {
        qsizetype position;
        int arm;
    };

    QString m_text;
    QString m_masked;
    QString m_lower;
    std::string m_utf8;
    std::vector<quint32> m_units; // UTF-16 unit of each byte; empty: they count the same
    std::vector<Output> m_outputs;
    std::vector<Tag> m_tags;
    std::vector<Arm> m_arms{Arm{}};
    std::vector<Turn> m_turns;
    int m_blocks = 0;
    std::vector<qsizetype> m_lines; // where each starts
};

} // namespace carillon::lint
