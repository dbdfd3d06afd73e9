// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/RichText.h"

namespace carillon {

// Text whose marks are signs around words, read as chat programs do: *bold*, _italic_, ~strike~, `code` and ```blocks```.
// A sign opens before a word and closes behind one on the same line; any other is text. Takes any text.

// Slack's mrkdwn: <@U1>, <!here> and <https://address> stay as they stand, <https://address|label> is a link, &amp; &lt;
// &gt; are characters.
RichText readSlack(const QString& mrkdwn);

// WhatsApp's: nothing but the signs.
RichText readWhatsApp(const QString& text);

} // namespace carillon
