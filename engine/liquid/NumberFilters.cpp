// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Notation.h"
#include "engine/liquid/NumberText.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid::filters {

namespace {

QLocale localeOf(const FilterInput& in)
{
    const Value* setting = in.setting("locale");
    const std::string name = setting ? toText(*setting) : std::string();
    if (!name.empty() || !in.context.notation)
        return Notation(name, {}).locale();
    return in.context.notation->locale();
}

// What is no number passes unchanged.
FilterResult textOrInput(std::optional<std::string> text, const FilterInput& in)
{
    return text ? Value(*std::move(text)) : in.value;
}

} // namespace

FilterResult money(const FilterInput& in)
{
    const std::string currency = toText(*in.arguments[0]);
    if (!isCurrencyCode(currency))
        return tl::unexpected(tr("“%1” is no currency code (ISO 4217), such as EUR.", {currency}));
    return textOrInput(moneyText(in.value, localeOf(in), currency), in);
}

FilterResult number(const FilterInput& in)
{
    constexpr std::int64_t mostDecimals = 15;
    std::optional<int> decimals;
    if (in.arguments[0] && !in.arguments[0]->isNil()) {
        const auto wanted = toInteger(*in.arguments[0]);
        if (!wanted)
            return tl::unexpected(tr("The number of decimals is not a whole number."));
        decimals = int(std::clamp<std::int64_t>(*wanted, 0, mostDecimals));
    }
    return textOrInput(numberText(in.value, localeOf(in), decimals), in);
}

} // namespace carillon::liquid::filters
