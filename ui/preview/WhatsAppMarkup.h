// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

namespace carillon::ui {

// WhatsApp's markup as WhatsApp shows it: *bold* _italic_ ~strike~ `code` ```monospaced```, "> " quotations, "- " and "* "
// and "1. " lists; a bare address is a link. Any text is taken.
RichMessage readWhatsAppMarkup(const QString& text);

} // namespace carillon::ui
