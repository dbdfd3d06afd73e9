// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What goes to Slack, as chat.postMessage and incoming webhooks take it:
//
//     {"text": "...", "blocks": [...]}      blocks only when the template has them
//
// Parts: text is mrkdwn; blocks is the JSON of Block Kit, an array or {"blocks": [...]} as its builder exports it, checked
// against Block Kit's limits. With blocks the text is what notifications show; when there is none it is made from them. The
// text may have 40,000 characters; one with blocks is cut or refused, never split.
Result<Message> buildSlack(BuildInput& input, MessageFacts& facts);

// The same for a text that was read already: from a template of the channel "chat".
Result<Message> buildSlackText(const RichText& text, const Template& source, MessageFacts& facts);

} // namespace carillon
