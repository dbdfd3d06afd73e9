// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What is posted to a webhook: Message::content is the part "body" as it was written, any JSON object or array. An error
// names line and column.
Result<Message> buildWebhook(BuildInput& input, MessageFacts& facts);

} // namespace carillon
