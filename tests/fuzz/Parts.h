// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string_view>

// Takes the text up to the next line of four dashes: how one input of a fuzzer holds several texts.
inline std::string_view takePart(std::string_view& rest)
{
    static constexpr std::string_view line = "\n----\n";
    const std::size_t end = std::min(rest.find(line), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + line.size()));
    return part;
}
