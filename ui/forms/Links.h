// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace carillon::ui {

// A plain sentence as rich text in which the addresses of web pages can be opened: "https://example.org/a" and names such as
// "api.slack.com/apps". One that is only the beginning of an address ("https://hooks.slack.com/...") stays as it is.
QString withLinks(const QString& sentence);

} // namespace carillon::ui
