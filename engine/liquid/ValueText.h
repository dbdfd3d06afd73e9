// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <optional>

namespace carillon::liquid {

// What a value looks like when it is put out: nil is nothing, a list is its elements one after the other, an object is JSON.
void appendText(const Value& value, std::string& out);
std::string toText(const Value& value);

// The text without a copy when the value is text already; else made in `scratch`.
std::string_view textOf(const Value& value, std::string& scratch);

// JSON (RFC 8259) of any value; what is neither text, number, bool, list nor object is null.
void appendJson(const Value& value, std::string& out);

// The value as a number (int64 or double) when it is one or is text that is one as a whole ("12", "-3.5").
std::optional<Value> toNumber(const Value& value);

// The same as a whole number, cut towards zero.
std::optional<std::int64_t> toInteger(const Value& value);

} // namespace carillon::liquid
