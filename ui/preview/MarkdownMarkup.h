// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

namespace carillon::ui {

// CommonMark with GitHub's tables and strikes, as a chat shows it; HTML in it stays as written. Any text is taken.
RichMessage readMarkdown(const QString& markdown);

} // namespace carillon::ui
