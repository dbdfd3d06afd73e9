// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/HostScanner.h"

namespace carillon::ui {

void beginHostLine(HostLanguage language, ScanLine& line, HostState& state)
{
    if (language == HostLanguage::Markdown)
        beginMarkdownLine(line, state);
    else if (language == HostLanguage::Slack || language == HostLanguage::TelegramMarkdown)
        beginChatLine(line, state);
}

void stepHost(HostLanguage language, ScanLine& line, HostState& state)
{
    switch (language) {
    case HostLanguage::Text: line.skip(line.hostEnd() - line.position()); break;
    case HostLanguage::Html: stepHtml(line, state); break;
    case HostLanguage::Json: stepJson(line, state); break;
    case HostLanguage::Markdown: stepMarkdown(line, state); break;
    case HostLanguage::Slack: stepChat(line, state, true); break;
    case HostLanguage::TelegramMarkdown: stepChat(line, state, false); break;
    }
}

// JSON strings end with their line; a broken one must not colour the rest of the text.
void endHostLine(HostLanguage language, HostState& state)
{
    if (language == HostLanguage::Json)
        state = {};
}

} // namespace carillon::ui
