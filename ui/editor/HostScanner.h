// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/ScanLine.h"

namespace carillon::ui {

// Where a host language stands between two steps: its own mode (0 to 31, 0 at the beginning) and two flags. The scanner
// keeps it over Liquid and over line ends.
struct HostState {
    int mode = 0;
    int flags = 0; // 0 to 3
};

// The three steps of a line in a host language. stepHost() takes at least one character and never begins on Liquid.
void beginHostLine(HostLanguage language, ScanLine& line, HostState& state);
void stepHost(HostLanguage language, ScanLine& line, HostState& state);
void endHostLine(HostLanguage language, HostState& state);

// One language each; see above.
void stepHtml(ScanLine& line, HostState& state);
void stepCss(ScanLine& line, HostState& state, QStringView end);
void beginMarkdownLine(ScanLine& line, HostState& state);
void stepMarkdown(ScanLine& line, HostState& state);
void beginChatLine(ScanLine& line, HostState& state);
void stepChat(ScanLine& line, HostState& state, bool slack);
void stepJson(ScanLine& line, HostState& state);

} // namespace carillon::ui
