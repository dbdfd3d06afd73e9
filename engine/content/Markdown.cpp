// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Markdown.h"

#include "engine/content/HtmlEntities.h"
#include "engine/liquid/Utf8.h"

#include <QCoreApplication>

#include <md4c.h>

#include <algorithm>
#include <optional>

namespace carillon {

namespace {

using Element = MarkdownElement;

constexpr unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS
    | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS;
constexpr std::string_view replacement = "\xef\xbf\xbd";

void appendTyped(MD_TEXTTYPE type, std::string_view text, std::string& out)
{
    if (type == MD_TEXT_ENTITY)
        appendUnescapedHtml(text, out);
    else if (type == MD_TEXT_NULLCHAR)
        out += replacement;
    else
        out += text;
}

std::string textOf(const MD_ATTRIBUTE& attribute)
{
    std::string result;
    for (std::size_t i = 0; attribute.text && attribute.substr_offsets[i] < attribute.size; ++i) {
        const MD_OFFSET begin = attribute.substr_offsets[i];
        const MD_OFFSET end = attribute.substr_offsets[i + 1];
        appendTyped(attribute.substr_types[i], {attribute.text + begin, end - begin}, result);
    }
    return result;
}

bool isSchemeCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
}

// Leaves the address only if it leads where a message may lead to.
std::string allowedAddress(std::string address)
{
    static constexpr std::string_view allowed[] = {"http", "https", "mailto", "tel", "cid"};
    const bool hasControl = std::any_of(address.begin(), address.end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 0x21 || c == 0x7f; });
    const std::size_t colon = address.find(':');
    if (hasControl || colon == address.npos
        || !std::all_of(address.begin(), address.begin() + long(colon), isSchemeCharacter))
        return {};
    const std::string scheme = liquid::utf8::lower(std::string_view(address).substr(0, colon));
    return std::find(std::begin(allowed), std::end(allowed), scheme) == std::end(allowed) ? std::string() : address;
}

Element::Align alignOf(MD_ALIGN align)
{
    switch (align) {
    case MD_ALIGN_LEFT: return Element::Align::Left;
    case MD_ALIGN_CENTER: return Element::Align::Center;
    case MD_ALIGN_RIGHT: return Element::Align::Right;
    case MD_ALIGN_DEFAULT: break;
    }
    return Element::Align::None;
}

Element itemOf(const MD_BLOCK_LI_DETAIL& detail)
{
    Element element{Element::Item};
    element.isTask = detail.is_task;
    element.isDone = detail.is_task && detail.task_mark != ' ';
    return element;
}

Element cellOf(const MD_BLOCK_TD_DETAIL& detail, bool isHead)
{
    Element element{Element::TableCell};
    element.isHead = isHead;
    element.align = alignOf(detail.align);
    return element;
}

// Nothing for what is only there for the parser's own sake.
std::optional<Element> blockOf(MD_BLOCKTYPE type, void* detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE: return Element{Element::Quote};
    case MD_BLOCK_UL: return Element{Element::List};
    case MD_BLOCK_OL: return Element{Element::NumberedList, int(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start)};
    case MD_BLOCK_LI: return itemOf(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
    case MD_BLOCK_HR: return Element{Element::Rule};
    case MD_BLOCK_H: return Element{Element::Heading, int(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level)};
    case MD_BLOCK_CODE: {
        Element element{Element::CodeBlock};
        element.language = textOf(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
        return element;
    }
    case MD_BLOCK_P: return Element{Element::Paragraph};
    case MD_BLOCK_TABLE: return Element{Element::Table};
    case MD_BLOCK_THEAD: return Element{Element::TableHead};
    case MD_BLOCK_TR: return Element{Element::TableRow};
    case MD_BLOCK_TH: return cellOf(*static_cast<MD_BLOCK_TD_DETAIL*>(detail), true);
    case MD_BLOCK_TD: return cellOf(*static_cast<MD_BLOCK_TD_DETAIL*>(detail), false);
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
    case MD_BLOCK_TBODY: break;
    }
    return {};
}

std::optional<Element> spanOf(MD_SPANTYPE type, void* detail)
{
    switch (type) {
    case MD_SPAN_EM: return Element{Element::Emphasis};
    case MD_SPAN_STRONG: return Element{Element::Strong};
    case MD_SPAN_DEL: return Element{Element::Strike};
    case MD_SPAN_CODE: return Element{Element::Code};
    case MD_SPAN_A: {
        Element element{Element::Link};
        element.address = allowedAddress(textOf(static_cast<MD_SPAN_A_DETAIL*>(detail)->href));
        return element;
    }
    case MD_SPAN_IMG: {
        Element element{Element::Image};
        element.address = allowedAddress(textOf(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src));
        return element;
    }
    default: return {};
    }
}

// What the parser carries through its calls. One that answers with another number than 0 ends the parsing.
struct Walk {
    MarkdownSink& sink;
    int left = maxMarkdownElements;

    int enter(const std::optional<Element>& element)
    {
        if (element)
            sink.enter(*element);
        return element && --left < 0 ? -1 : 0;
    }

    int leave(const std::optional<Element>& element)
    {
        if (element)
            sink.leave(*element);
        return 0;
    }
};

Walk& walkOf(void* user)
{
    return *static_cast<Walk*>(user);
}

int enterBlock(MD_BLOCKTYPE type, void* detail, void* user)
{
    return walkOf(user).enter(blockOf(type, detail));
}

int leaveBlock(MD_BLOCKTYPE type, void* detail, void* user)
{
    return walkOf(user).leave(blockOf(type, detail));
}

int enterSpan(MD_SPANTYPE type, void* detail, void* user)
{
    return walkOf(user).enter(spanOf(type, detail));
}

int leaveSpan(MD_SPANTYPE type, void* detail, void* user)
{
    return walkOf(user).leave(spanOf(type, detail));
}

int takeText(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user)
{
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
        walkOf(user).sink.lineBreak(type == MD_TEXT_BR);
        return 0;
    }
    if (type == MD_TEXT_NORMAL || type == MD_TEXT_CODE) {
        walkOf(user).sink.text({text, size});
        return 0;
    }
    std::string decoded;
    appendTyped(type, {text, size}, decoded);
    walkOf(user).sink.text(decoded);
    return 0;
}

} // namespace

Status walkMarkdown(std::string_view markdown, MarkdownSink& sink)
{
    if (markdown.size() > maxMarkdownBytes)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Markdown", "The Markdown has %1 bytes; at most %2 are read.")
                        .arg(markdown.size())
                        .arg(maxMarkdownBytes));
    const MD_PARSER parser = {0, flags, enterBlock, leaveBlock, enterSpan, leaveSpan, takeText, nullptr, nullptr};
    Walk walk{sink};
    const int result = md_parse(markdown.data(), MD_SIZE(markdown.size()), &parser, &walk);
    if (walk.left < 0)
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate("Markdown", "The Markdown has more than %1 elements.").arg(maxMarkdownElements));
    if (result != 0)
        return fail(ErrorCode::Internal, QCoreApplication::translate("Markdown", "The Markdown could not be read."));
    return {};
}

} // namespace carillon
