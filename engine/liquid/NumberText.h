// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <QLocale>

#include <optional>

namespace carillon::liquid {

// A number as a locale writes it: with `decimals` digits behind the point, or as many as it has. Nothing when the value is
// no number.
std::optional<std::string> numberText(const Value& value, const QLocale& locale, std::optional<int> decimals = {});

// An amount with its currency (ISO 4217: three letters), with as many decimals as the currency has. Nothing when the value
// is no number.
std::optional<std::string> moneyText(const Value& value, const QLocale& locale, std::string_view currency);

// Three capital letters.
bool isCurrencyCode(std::string_view code);

} // namespace carillon::liquid
