// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Tags.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr Tag table[] = {
    {"#", tags::compileInlineComment},     {"assign", tags::compileAssign},   {"break", tags::compileBreak},
    {"capture", tags::compileCapture},     {"case", tags::compileCase},       {"comment", tags::compileComment},
    {"continue", tags::compileContinue},   {"cycle", tags::compileCycle},     {"decrement", tags::compileDecrement},
    {"echo", tags::compileEcho},           {"for", tags::compileFor},         {"if", tags::compileIf},
    {"ifchanged", tags::compileIfChanged}, {"include", tags::compileInclude}, {"increment", tags::compileIncrement},
    {"liquid", tags::compileLiquid},       {"render", tags::compileRender},   {"tablerow", tags::compileTableRow},
    {"unless", tags::compileUnless},
};

// Words that only have a meaning within another tag, and raw and doc, which the lexer takes.
constexpr std::string_view innerNames[]
    = {"doc",   "else",         "elsif",  "endcapture",  "endcase",   "endcomment", "enddoc", "endfor",
       "endif", "endifchanged", "endraw", "endtablerow", "endunless", "raw",        "when"};

} // namespace

const Tag* findTag(std::string_view name)
{
    const auto* found = std::find_if(std::begin(table), std::end(table), [&](const Tag& tag) { return tag.name == name; });
    return found == std::end(table) ? nullptr : found;
}

std::vector<std::string_view> tagNames()
{
    std::vector<std::string_view> names(std::begin(innerNames), std::end(innerNames));
    for (const Tag& tag : table)
        names.push_back(tag.name);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace carillon::liquid
