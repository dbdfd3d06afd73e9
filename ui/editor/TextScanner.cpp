// SPDX-License-Identifier: GPL-3.0-or-later

// JSON, Markdown, and the markup of chat platforms.

#include "ui/editor/HostScanner.h"

namespace carillon::ui {

namespace {

enum JsonMode { JsonPlain, JsonKey, JsonString };
enum TextMode { Plain, Fence };

// A string is a key when a colon follows its closing quote; quotes of the Liquid inside it do not count.
bool isJsonKey(const ScanLine& line)
{
    const QStringView rest = line.rest();
    bool liquid = false;
    for (qsizetype at = 1; at < rest.size(); ++at) {
        const QStringView two = rest.mid(at, 2);
        if (two == u"{{" || two == u"{%")
            liquid = true;
        else if (two == u"}}" || two == u"%}")
            liquid = false;
        else if (!liquid && rest.at(at) == u'\\')
            ++at;
        else if (!liquid && rest.at(at) == u'"')
            return rest.sliced(at + 1).trimmed().startsWith(u':');
    }
    return false;
}

// An opening ``` or a closing one: takes the whole line, up to its first Liquid.
bool takeFence(ScanLine& line, HostState& state)
{
    if (!line.at(u"```"))
        return false;
    state.mode = state.mode == Fence ? Plain : Fence;
    line.take(line.hostEnd(), SpanKind::Markup);
    return true;
}

// `code` on one line.
bool takeCode(ScanLine& line)
{
    const qsizetype length = line.here() == u'`' ? line.lengthThrough(u"`", 1) : 0;
    line.take(length, SpanKind::Value);
    return length > 0;
}

// <https://example.org|the words>, <@U024BE7LH>, <!here>
bool takeSlackLink(ScanLine& line)
{
    const qsizetype length = line.here() == u'<' ? line.lengthThrough(u">") : 0;
    if (length < 3)
        return false;
    const qsizetype bar = line.rest().left(length).indexOf(u'|');
    line.take(1, SpanKind::Markup);
    line.take(bar > 0 ? bar - 1 : length - 2, SpanKind::Attribute);
    if (bar > 0) {
        line.take(1, SpanKind::Markup);
        line.take(length - bar - 2, SpanKind::Value);
    }
    line.take(1, SpanKind::Markup);
    return true;
}

bool takeEmoji(ScanLine& line)
{
    const qsizetype length = line.here() == u':' ? line.lengthThrough(u":", 1) : 0;
    const QStringView name = line.rest().left(length);
    if (length < 3 || name.contains(u' ') || name.contains(u'/') || line.before().isLetterOrNumber())
        return false;
    line.take(length, SpanKind::Literal);
    return true;
}

// The ](address) of a link.
bool takeTarget(ScanLine& line)
{
    if (!line.at(u"]("))
        return false;
    line.take(2, SpanKind::Markup);
    const qsizetype length = line.lengthThrough(u")");
    line.take(length > 0 ? length - 1 : line.hostEnd() - line.position(), SpanKind::Attribute);
    if (length > 0)
        line.take(1, SpanKind::Markup);
    return true;
}

} // namespace

void stepJson(ScanLine& line, HostState& state)
{
    if (state.mode != JsonPlain) {
        const SpanKind kind = state.mode == JsonKey ? SpanKind::Attribute : SpanKind::Value;
        const bool ends = line.here() == u'"';
        line.take(line.here() == u'\\' ? qMin<qsizetype>(2, line.hostEnd() - line.position()) : 1, kind);
        state.mode = ends ? int(JsonPlain) : state.mode;
    } else if (line.here() == u'"') {
        state.mode = isJsonKey(line) ? JsonKey : JsonString;
        line.take(1, state.mode == JsonKey ? SpanKind::Attribute : SpanKind::Value);
    } else if (line.here().isDigit() || ScanLine::isWordStart(line.here())) {
        line.take(qMax<qsizetype>(1, line.wordLength()), SpanKind::Literal);
    } else if (QStringView(u"{}[]:,").contains(line.here())) {
        line.take(1, SpanKind::Markup);
    } else {
        line.skip();
    }
}

void beginMarkdownLine(ScanLine& line, HostState& state)
{
    if (takeFence(line, state) || state.mode == Fence)
        return;
    qsizetype marks = 0;
    while (line.peek(marks) == u'#' || line.peek(marks) == u'>')
        ++marks;
    qsizetype digits = 0;
    while (line.peek(digits).isDigit())
        ++digits;
    if (marks > 0)
        line.take(marks, SpanKind::Markup);
    else if (line.at(u"- ") || line.at(u"* ") || line.at(u"+ "))
        line.take(1, SpanKind::Markup);
    else if (digits > 0 && digits < 4 && line.peek(digits) == u'.' && line.peek(digits + 1) == u' ')
        line.take(digits + 1, SpanKind::Markup);
}

void stepMarkdown(ScanLine& line, HostState& state)
{
    if (state.mode == Fence)
        line.take(line.hostEnd() - line.position(), SpanKind::Value);
    else if (line.here() == u'\\')
        line.skip(2);
    else if (takeTarget(line) || takeCode(line))
        return;
    else if (QStringView(u"*_~[]|!").contains(line.here()))
        line.take(1, SpanKind::Markup);
    else
        line.skip();
}

void beginChatLine(ScanLine& line, HostState& state)
{
    if (!takeFence(line, state) && state.mode != Fence && line.at(u">"))
        line.take(1, SpanKind::Markup);
}

void stepChat(ScanLine& line, HostState& state, bool slack)
{
    if (state.mode == Fence) {
        line.take(line.hostEnd() - line.position(), SpanKind::Value);
    } else if (!slack && line.here() == u'\\') {
        line.take(qMin<qsizetype>(2, line.hostEnd() - line.position()), SpanKind::Literal);
    } else if (takeCode(line) || (slack && (takeSlackLink(line) || takeEmoji(line))) || (!slack && takeTarget(line))) {
        return;
    } else if (QStringView(slack ? u"*_~" : u"*_~|[]").contains(line.here())) {
        line.take(1, SpanKind::Markup);
    } else {
        line.skip();
    }
}

} // namespace carillon::ui
