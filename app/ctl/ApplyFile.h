// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/service/Services.h"

#include <QJsonObject>
#include <QStringList>

namespace carillon {

// Brings brands, accounts and topics to what a JSON file says; each is found by its name or key and made or changed. What
// the file does not name stays. Secrets are not in the file: they come from the vault (see EnvironmentVault for servers).
//
//     { "brands":   [{"name": "Shop", "from_name": "Shop", "from_address": "hello@example.org"}],
//       "accounts": [{"name": "Relay", "provider": "smtp", "settings": {"host": "127.0.0.1", "port": 25, "security":
//       "none"}}], "topics":   [{"key": "news", "name": "News", "category": "marketing", "brand": "Shop", "accounts":
//       ["Relay"],
//                     "templates": [{"channel": "email", "parts": {"subject": "Hello {{ contact.name }}", "html":
//                     "<p>...</p>"}}]}] }
//
// Blocks. Gives a line per thing applied; the error names the thing that is wrong.
Result<QStringList> applyFile(const Services& services, const Caller& caller, const QJsonObject& file);

} // namespace carillon
