// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What goes to WhatsApp's Cloud API, beside "messaging_product" and "to". Either a text, which WhatsApp takes within 24
// hours of the contact's last message alone:
//
//     {"type": "text", "text": {"body": "...", "preview_url": false}}
//
// or, when the settings have "template_name" (and "template_language", "en" by default), a template that Meta has approved:
//
//     {"type": "template", "template": {"name": "order_ready", "language": {"code": "de"}, "components": [...]}}
//
// The part "parameters" fills it, as JSON:
//     ["Ana", "4711"]                                   the body's {{1}}, {{2}}
//     {"body": ["Ana"] or {"first_name": "Ana"},        by place or by name
//      "header": ["July"] or {"image": "https://..."},  text, or "image", "video", "document" by its address
//      "buttons": ["track/4711", {"payload": "yes"}]}   of each button in order: a piece of its address, or its payload
// A parameter has at least one character and no line break, tab or more than four blanks in a row. The part "text" beside a
// template is what previews show; it is not sent. A text has at most 4,096 characters.
Result<Message> buildWhatsApp(BuildInput& input, MessageFacts& facts);

// The same for a text that was read already: from a template of the channel "chat".
Result<Message> buildWhatsAppText(const RichText& text, const Template& source, MessageFacts& facts);

} // namespace carillon
