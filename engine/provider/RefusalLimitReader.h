// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/RefusalLimit.h"
#include "engine/provider/JsonReader.h"

namespace carillon {

// "suppressAfter" of a rule in a provider file: {"times": 3, "withinDays": 30}. Not set when the rule has none. A limit of
// less than two, and one beside "suppress", are noted as problems.
RefusalLimit readRefusalLimit(JsonReader& rule);

} // namespace carillon
