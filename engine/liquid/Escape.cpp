// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Escape.h"

#include <array>

namespace carillon::liquid {

namespace {

constexpr std::string_view htmlEntity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
    }
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "&name;", "&#39;" or "&#x27;" at the start of `text`.
bool startsWithEntity(std::string_view text)
{
    std::size_t i = text.size() > 1 && text[1] == '#' ? 2 : 1;
    const std::size_t start = i;
    while (i < text.size() && i < 32 && isAlphanumeric(text[i]))
        ++i;
    return i > start && i < text.size() && text[i] == ';';
}

// Copies runs of characters that need nothing, and hands each other one to `replace`.
template <typename Needs, typename Replace>
void copyReplacing(std::string_view text, std::string& out, Needs needs, Replace replace)
{
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs(text[i]))
            continue;
        out.append(text.substr(done, i - done));
        replace(i);
        done = i + 1;
    }
    out.append(text.substr(done));
}

constexpr std::array<bool, 256> htmlSpecial = [] {
    std::array<bool, 256> table{};
    for (const char c : {'&', '<', '>', '"', '\''})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

bool isHtmlSpecial(char c)
{
    return htmlSpecial[static_cast<unsigned char>(c)];
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

void appendJsonCharacter(char c, std::string& out)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
        out += "\\u00";
        out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
        out.push_back(digits[c & 15]);
    }
}

void appendBackslashed(std::string_view reserved, std::string_view text, std::string& out)
{
    copyReplacing(
        text, out, [reserved](char c) { return reserved.find(c) != std::string_view::npos; },
        [&](std::size_t i) {
            out.push_back('\\');
            out.push_back(text[i]);
        });
}

} // namespace

void appendHtmlEscaped(std::string_view text, std::string& out)
{
    copyReplacing(text, out, isHtmlSpecial, [&](std::size_t i) { out += htmlEntity(text[i]); });
}

void appendHtmlEscapedOnce(std::string_view text, std::string& out)
{
    copyReplacing(text, out, isHtmlSpecial, [&](std::size_t i) {
        if (text[i] == '&' && startsWithEntity(text.substr(i)))
            out.push_back('&');
        else
            out += htmlEntity(text[i]);
    });
}

void appendJsonEscaped(std::string_view text, std::string& out)
{
    copyReplacing(
        text, out, [](char c) { return c == '"' || c == '\\' || isControl(c); },
        [&](std::size_t i) { appendJsonCharacter(text[i], out); });
}

void appendHeaderText(std::string_view text, std::string& out)
{
    copyReplacing(text, out, isControl, [&](std::size_t i) {
        if (i == 0 || !isControl(text[i - 1]))
            out.push_back(' ');
    });
}

void appendSlackEscaped(std::string_view text, std::string& out)
{
    copyReplacing(
        text, out, [](char c) { return c == '&' || c == '<' || c == '>'; },
        [&](std::size_t i) { out += htmlEntity(text[i]); });
}

void appendTelegramMarkdownEscaped(std::string_view text, std::string& out)
{
    appendBackslashed("_*[]()~`>#+-=|{}.!\\", text, out);
}

void appendMarkdownEscaped(std::string_view text, std::string& out)
{
    appendBackslashed("\\`*_{}[]()<>#+-.!|~&", text, out);
}

void appendEscaped(Escape mode, std::string_view text, std::string& out)
{
    switch (mode) {
    case Escape::None: out.append(text); return;
    case Escape::Html: appendHtmlEscaped(text, out); return;
    case Escape::Json: appendJsonEscaped(text, out); return;
    case Escape::Header: appendHeaderText(text, out); return;
    case Escape::Slack: appendSlackEscaped(text, out); return;
    case Escape::TelegramMarkdown: appendTelegramMarkdownEscaped(text, out); return;
    case Escape::Markdown: appendMarkdownEscaped(text, out); return;
    }
}

} // namespace carillon::liquid
