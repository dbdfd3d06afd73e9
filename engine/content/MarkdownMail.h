// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <string_view>

namespace carillon {

// Markdown as the HTML of a whole mail: one column of at most 600 pixels, every style inline, because mail programs drop
// style sheets. See Markdown.h for what is read; the error is that of walkMarkdown().
Result<std::string> markdownToMailHtml(std::string_view markdown);

} // namespace carillon
