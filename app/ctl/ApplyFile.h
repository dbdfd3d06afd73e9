// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/service/Services.h"

#include <QJsonObject>
#include <QStringList>

namespace carillon {

// Brings brands, accounts, content and topics to what a JSON file says; each is found by its name or key (content also by
// its channel, locale, brand and variant) and made or changed. What the file does not name stays, but a topic that lists its
// templates has no others. Secrets are not in the file: they come from the vault (see EnvironmentVault for servers).
//
//     { "note":     "autumn texts",
//       "brands":   [{"name": "Shop", "from_name": "Shop", "from_address": "hello@example.org"}],
//       "accounts": [{"name": "Relay", "provider": "smtp",
//                     "settings": {"host": "127.0.0.1", "port": 25, "security": "none"},
//                     "limits": {"per_second": 14, "destination_in_flight": 2}}],
//       "snippets": [{"name": "footer", "locale": "de", "brand": "Shop", "body": "{{ brand.postal_address }}"}],
//       "texts":    [{"locale": "de", "texts": {"greeting": "Guten Tag"}}],
//       "category_templates": [{"category": "system", "channel": "sms", "parts": {"text": "{{ topic.name }}"}}],
//       "topics":   [{"key": "news", "name": "News", "category": "marketing", "brand": "Shop", "accounts": ["Relay"],
//                     "templates": [{"channel": "email", "locale": "de", "variant": "b", "brand": "Shop",
//                                    "settings": {"overflow": "cut"},
//                                    "parts": {"subject": "Hello {{ contact.name }}", "html": "<p>...</p>"}}],
//                     "rules": {"hold_ms": 30000, "quiet_hours": "22:00-07:00"}}],
//       "frequency_caps": [{"category": "marketing", "most": 3, "window_ms": 604800000}] }
//
// A topic's accounts are its routes in fallback order; one with a fixed destination is {"account": "Slack", "destination":
// "#orders"}. Its "rules" (see DispatchRules) replace those it had; a cap with "most" 0 removes it.
//
// "limits": see AccountLimits. A topic's "accounts" are in the order in which they are tried.
// "locale", "brand" (none: every one), "variant" and "settings" (see Template) may be left out. A snippet that puts in
// another comes after it. "note" is what the new versions say of themselves.
//
// Blocks. Gives a line per thing applied; the error names the thing that is wrong. What the file says and nobody would read
// (a member that is not known, or of another type) is refused before anything is changed, with its place as the field:
// "topics[0].templats".
Result<QStringList> applyFile(const Services& services, const Caller& caller, const QJsonObject& file);

} // namespace carillon
