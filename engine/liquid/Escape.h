// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon::liquid {

// What is done to every output of a template, so that data cannot change what the text around it means.
enum class Escape {
    None, // plain text
    Html, // & < > " ' become entities
    Json, // inside a JSON string: " \ and control characters
    Header, // one line: control characters become one blank
    Slack, // & < > become entities
    TelegramMarkdown, // what MarkdownV2 reserves gets a backslash
    Markdown, // CommonMark's punctuation gets a backslash
};

void appendEscaped(Escape mode, std::string_view text, std::string& out);

void appendHtmlEscaped(std::string_view text, std::string& out);
void appendJsonEscaped(std::string_view text, std::string& out);
void appendHeaderText(std::string_view text, std::string& out);
void appendSlackEscaped(std::string_view text, std::string& out);
void appendTelegramMarkdownEscaped(std::string_view text, std::string& out);
void appendMarkdownEscaped(std::string_view text, std::string& out);

// As appendHtmlEscaped, but leaves the & of what is an entity already.
void appendHtmlEscapedOnce(std::string_view text, std::string& out);

} // namespace carillon::liquid
