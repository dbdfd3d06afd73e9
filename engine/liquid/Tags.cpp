// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Tags.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr Tag table[] = {
    {"#", tags::compileInlineComment}, {"assign", tags::compileAssign},     {"break", tags::compileBreak},
    {"comment", tags::compileComment}, {"continue", tags::compileContinue}, {"for", tags::compileFor},
    {"if", tags::compileIf},           {"unless", tags::compileUnless},
};

// Words that only have a meaning within another tag, and raw, which the lexer takes.
constexpr std::string_view innerNames[] = {"else", "elsif", "endcomment", "endfor", "endif", "endraw", "endunless", "raw"};

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
