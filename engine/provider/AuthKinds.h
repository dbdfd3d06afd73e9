// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/RequestAuth.h"

namespace carillon {

// The kinds of "auth", each in a file of its own; which name is whose is the table in RequestAuth.cpp. Each reads its
// members of the entry and notes what is wrong.
//
// A new kind: a file, a line here, a line in the table, and its members in resources/providers/provider.schema.json.
std::shared_ptr<const RequestAuth> readBasicAuth(JsonReader& entry);
std::shared_ptr<const RequestAuth> readBearerAuth(JsonReader& entry);
std::shared_ptr<const RequestAuth> readHeaderAuth(JsonReader& entry);
std::shared_ptr<const RequestAuth> readStandardWebhooksAuth(JsonReader& entry);

// Adds a header whose value must never be shown.
void addSecretHeader(OutboundRequest& request, const QByteArray& name, const QByteArray& value, QList<Secret>& sensitive);

} // namespace carillon
