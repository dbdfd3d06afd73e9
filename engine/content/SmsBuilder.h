// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What goes to an SMS provider:
//
//     {"text": "...", "encoding": "GSM-7" | "UCS-2", "parts": 2}
//
// Settings: "transliterate": true replaces what GSM-7 has not by look-alikes, when the whole text becomes GSM-7 by it;
// "max_parts" (default 10: 1,600 characters is what gateways take) is when "overflow" acts. The facts count the parts that
// are billed, and say which characters make it UCS-2 and what they could be replaced by.
Result<Message> buildSms(BuildInput& input, MessageFacts& facts);

} // namespace carillon
