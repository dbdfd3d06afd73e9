// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/RichText.h"

#include <string_view>

namespace carillon {

// Markdown as a chat message: headings are bold lines, lists have • or numbers, a table is a block of code with its columns
// aligned, a picture is a link named by its alternative text. A line break is kept: in a chat it is meant. See Markdown.h
// for what is read; the error is that of walkMarkdown().
Result<RichText> markdownToRichText(std::string_view markdown);

} // namespace carillon
