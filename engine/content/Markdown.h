// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <string_view>

namespace carillon {

// One element of a Markdown document, as it is entered and left.
struct MarkdownElement {
    enum Kind {
        Quote,
        List,
        NumberedList,
        Item,
        Rule, // has nothing within
        Heading,
        CodeBlock,
        Paragraph,
        Table,
        TableHead,
        TableRow,
        TableCell,
        Emphasis,
        Strong,
        Strike,
        Code,
        Link,
        Image, // what is within is its alternative text
    };
    enum class Align { None, Left, Center, Right };

    Kind kind = Paragraph;
    int number = 0; // Heading: its level; NumberedList: where it starts
    bool isTask = false; // Item: with a box before it
    bool isDone = false; // Item: the box is ticked
    bool isHead = false; // TableCell
    Align align = Align::None; // TableCell
    std::string address; // Link, Image; empty when its scheme is not allowed
    std::string language; // CodeBlock
};

// What a Markdown document is written to: calls come in the order of the document, and elements nest.
class MarkdownSink {
public:
    virtual ~MarkdownSink() = default;

    virtual void enter(const MarkdownElement& element) = 0;
    virtual void leave(const MarkdownElement& element) = 0;
    virtual void text(std::string_view utf8) = 0; // plain text, its escapes and entities resolved
    virtual void lineBreak(bool isHard) = 0;
};

// Longer documents are refused: some of what Markdown allows takes time that grows faster than its length.
constexpr std::size_t maxMarkdownBytes = 256 * 1024;

// A table of many columns and many short rows has more cells than bytes.
constexpr int maxMarkdownElements = 250'000;

// Walks through CommonMark with GitHub's tables, strike-through, task lists and bare addresses. HTML in it is text. Links
// and images lead to http, https, mailto, tel or cid; any other scheme leaves the element without an address.
Status walkMarkdown(std::string_view markdown, MarkdownSink& sink);

} // namespace carillon
