// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// The builder of the channel "email": Message::content is the whole mail (see MailBuilder.h), from the brand to the contact.
//
// Parts: subject; preheader, plain text; html, or markdown when there is no html; text, made from the HTML when there is
// none. Settings: "attachments". Images that stand in the HTML as data: become files of the mail.
Result<Message> buildEmail(BuildInput& input, MessageFacts& facts);

} // namespace carillon
