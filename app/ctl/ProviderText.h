// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Console.h"
#include "engine/provider/ProviderDescription.h"

namespace carillon {

// A provider in one line: key, channel, name.
void showLine(const Console& console, const ProviderDescription& description);

// A provider with its address, its limits and its fields.
void showDescription(const Console& console, const ProviderDescription& description);

} // namespace carillon
