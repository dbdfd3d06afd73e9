// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carillon::liquid {

// What completion shows of a filter or a tag.
struct Help {
    std::string_view usage; // Liquid that compiles: "{{ price | money: 'EUR' }}"
    std::string description; // one line, translated
};

// Nothing when there is no filter or tag of that name. Words that belong into another tag (else, endif) have its help.
std::optional<Help> filterHelp(std::string_view name);
std::optional<Help> tagHelp(std::string_view name);

} // namespace carillon::liquid
