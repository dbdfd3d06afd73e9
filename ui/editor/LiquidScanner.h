// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon::ui {

// The language around the Liquid: what a part of a template is written in.
enum class HostLanguage {
    Text,
    Html, // with CSS in <style> and in style="..."; Telegram's HTML, too
    Json,
    Markdown,
    Slack, // mrkdwn
    TelegramMarkdown, // MarkdownV2
};

// What a stretch of a line is, for colouring.
enum class SpanKind {
    LiquidDelimiter, // {{ }} {% %}
    LiquidTag, // if, for, assign; @param in a {% doc %}
    LiquidVariable,
    LiquidFilter, // the word after a bar
    LiquidString,
    LiquidNumber,
    LiquidOperator,
    LiquidComment, // inside {% comment %}, {% doc %} and {% # ... %}
    Markup, // <table, # Heading, ** : the host language's own skeleton; a selector of CSS
    Attribute, // an HTML attribute, a JSON key, a CSS property
    Value, // an attribute's value, a JSON string, a CSS value
    Literal, // numbers and words of JSON, HTML entities, colours and sizes of CSS, :emoji:
    Comment, // <!-- -->, /* */
};

struct Span {
    int start = 0;
    int length = 0;
    SpanKind kind = SpanKind::LiquidVariable;

    friend bool operator==(const Span&, const Span&) = default;
};

// Splits a text into coloured spans, a line at a time. Pure and forgiving: any characters are scanned, wrong ones just get
// no colour. `state` carries over from line to line (0 before the first), and fits into what a text block keeps.
//
//     int state = 0;
//     for (const QString& line : lines)
//         spans << scanLine(line, HostLanguage::Html, state);
QList<Span> scanLine(const QString& line, HostLanguage language, int& state);

} // namespace carillon::ui
