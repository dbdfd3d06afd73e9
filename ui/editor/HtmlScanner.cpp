// SPDX-License-Identifier: GPL-3.0-or-later

// HTML, with the CSS in it.

#include "ui/editor/HostScanner.h"

namespace carillon::ui {

namespace {

enum Mode {
    Text,
    TagName,
    Attributes,
    ValueDouble,
    ValueSingle,
    Comment,
    Script,
    Selector, // CSS from here on
    AtRule,
    Property,
    PropertyValue,
    SelectorComment,
    PropertyComment,
    StyleDouble, // the property of style="..."
    StyleDoubleValue,
    StyleSingle,
    StyleSingleValue,
};

enum Flag { InStyleTag = 1, InScriptTag = 2 };

bool endsTag(const ScanLine& line, QStringView name)
{
    return line.at(u"</") && line.rest().sliced(2).startsWith(name, Qt::CaseInsensitive);
}

void openTag(ScanLine& line, HostState& state)
{
    const bool end = line.peek(1) == u'/' || line.peek(1) == u'!';
    const QStringView name = line.rest().sliced(1);
    state.flags = 0;
    if (name.startsWith(u"style", Qt::CaseInsensitive) && !ScanLine::isWord(line.peek(6)))
        state.flags = InStyleTag;
    else if (name.startsWith(u"script", Qt::CaseInsensitive) && !ScanLine::isWord(line.peek(7)))
        state.flags = InScriptTag;
    line.take(end ? 2 : 1, SpanKind::Markup);
    state.mode = TagName;
}

void stepText(ScanLine& line, HostState& state)
{
    const qsizetype entity = line.here() == u'&' ? line.lengthThrough(u";") : 0;
    const QChar next = line.peek(1);
    if (line.at(u"<!--")) {
        state.mode = Comment;
        line.take(4, SpanKind::Comment);
    } else if (line.here() == u'<' && (next.isLetter() || next == u'/' || next == u'!')) {
        openTag(line, state);
    } else if (entity > 2 && entity < 12 && (next.isLetter() || next == u'#')) {
        line.take(entity, SpanKind::Literal);
    } else {
        line.skip();
    }
}

void closeTag(ScanLine& line, HostState& state)
{
    line.take(line.here() == u'>' ? 1 : 2, SpanKind::Markup);
    state.mode = state.flags & InStyleTag ? Selector : state.flags & InScriptTag ? Script : Text;
    state.flags = 0;
}

void openValue(ScanLine& line, HostState& state)
{
    const bool doubled = line.here() == u'"';
    const QStringView name = QStringView(line.text()).left(line.position()).trimmed();
    const bool style = name.endsWith(u"style=", Qt::CaseInsensitive);
    state.mode = style ? (doubled ? StyleDouble : StyleSingle) : (doubled ? ValueDouble : ValueSingle);
    line.take(1, SpanKind::Value);
}

void stepTag(ScanLine& line, HostState& state)
{
    if (line.here() == u'>' || line.at(u"/>")) {
        closeTag(line, state);
    } else if (line.here() == u'"' || line.here() == u'\'') {
        openValue(line, state);
    } else if (ScanLine::isWordStart(line.here())) {
        line.take(line.wordLength(), state.mode == TagName ? SpanKind::Markup : SpanKind::Attribute);
        state.mode = Attributes;
    } else {
        line.skip();
    }
}

void stepValue(ScanLine& line, HostState& state, QChar quote)
{
    if (line.here() == quote)
        state.mode = Attributes;
    line.take(1, SpanKind::Value);
}

void stepComment(ScanLine& line, HostState& state)
{
    const bool ends = line.at(u"-->");
    line.take(ends ? 3 : 1, SpanKind::Comment);
    state.mode = ends ? Text : Comment;
}

void stepStyleAttribute(ScanLine& line, HostState& state, QChar quote)
{
    if (line.here() == quote)
        stepValue(line, state, quote);
    else
        stepCss(line, state, QStringView(&quote, 1));
}

// A number with its unit, a colour, !important: what stands out in a value.
bool isCssLiteral(const ScanLine& line)
{
    return line.here().isDigit() || line.here() == u'#' || line.here() == u'!'
        || (line.here() == u'-' && line.peek(1).isDigit());
}

void stepCssComment(ScanLine& line, HostState& state)
{
    const bool ends = line.at(u"*/");
    line.take(ends ? 2 : 1, SpanKind::Comment);
    if (ends)
        state.mode = state.mode == SelectorComment ? Selector : Property;
}

void stepSelector(ScanLine& line, HostState& state)
{
    if (line.at(u"/*")) {
        state.mode = SelectorComment;
        line.take(2, SpanKind::Comment);
    } else if (line.here() == u'{') {
        // A rule inside @media begins with a selector again.
        state.mode = state.mode == AtRule ? Selector : Property;
        line.take(1, SpanKind::Markup);
    } else {
        const bool groups = line.at(u"@media") || line.at(u"@supports");
        state.mode = groups ? AtRule : state.mode;
        line.here().isSpace() ? line.skip() : line.take(1, SpanKind::Markup);
    }
}

void stepProperty(ScanLine& line, HostState& state)
{
    if (state.mode == Property && line.at(u"/*")) {
        state.mode = PropertyComment;
        line.take(2, SpanKind::Comment);
    } else if (line.here() == u':') {
        state.mode = state.mode == Property ? PropertyValue : state.mode + 1;
        line.take(1, SpanKind::Markup);
    } else if (line.here() == u'}' && state.mode == Property) {
        state.mode = Selector;
        line.take(1, SpanKind::Markup);
    } else if (ScanLine::isWordStart(line.here()) || line.here() == u'-') {
        line.take(qMax<qsizetype>(1, line.wordLength()), SpanKind::Attribute);
    } else {
        line.skip();
    }
}

void stepPropertyValue(ScanLine& line, HostState& state)
{
    const bool block = state.mode == PropertyValue;
    if (line.here() == u';' || (block && line.here() == u'}')) {
        state.mode = line.here() == u'}' ? Selector : block ? Property : state.mode - 1;
        line.take(1, SpanKind::Markup);
    } else if (isCssLiteral(line)) {
        qsizetype length = 1;
        while (ScanLine::isWord(line.peek(length)) || line.peek(length) == u'.' || line.peek(length) == u'%')
            ++length;
        line.take(qMin(length, line.hostEnd() - line.position()), SpanKind::Literal);
    } else {
        line.here().isSpace() ? line.skip() : line.take(1, SpanKind::Value);
    }
}

} // namespace

void stepCss(ScanLine& line, HostState& state, QStringView end)
{
    if (end == u"</style" && endsTag(line, u"style")) {
        state.mode = Text;
        return openTag(line, state);
    }
    switch (state.mode) {
    case Selector:
    case AtRule: stepSelector(line, state); break;
    case Property:
    case StyleDouble:
    case StyleSingle: stepProperty(line, state); break;
    case SelectorComment:
    case PropertyComment: stepCssComment(line, state); break;
    default: stepPropertyValue(line, state);
    }
}

void stepHtml(ScanLine& line, HostState& state)
{
    switch (state.mode) {
    case Text: stepText(line, state); break;
    case TagName:
    case Attributes: stepTag(line, state); break;
    case ValueDouble: stepValue(line, state, u'"'); break;
    case ValueSingle: stepValue(line, state, u'\''); break;
    case Comment: stepComment(line, state); break;
    case Script: endsTag(line, u"script") ? openTag(line, state) : line.skip(); break;
    case StyleDouble:
    case StyleDoubleValue: stepStyleAttribute(line, state, u'"'); break;
    case StyleSingle:
    case StyleSingleValue: stepStyleAttribute(line, state, u'\''); break;
    default: stepCss(line, state, u"</style");
    }
}

} // namespace carillon::ui
