// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Console.h"
#include "engine/base/Clock.h"
#include "engine/provider/Provider.h"
#include "engine/provider/ProviderFile.h"

namespace carillon {

// An account and a message to try a provider file with: what was given, and samples for the rest.
struct ProviderSample {
    AccountConfig account;
    Message message;
    QString missing; // required fields that nobody gave, as "label (key)"; they have samples
};

// `given`: settings and secrets by field. `to`: the place of "base_url", or else of "url"; empty: as given. InvalidInput
// names what is wrong.
Result<ProviderSample> providerSample(const ProviderFile& file, const QJsonObject& given, const QString& to);

// A request as people read it: the request line, the headers, the body; without the account's secrets.
QString shownRequest(const OutboundRequest& request, const QList<Secret>& secrets);

// Sends the sample as an account would, and tells each request, the raw answer, the outcome and what decided it. Runs the
// program's event loop until then: call it where that does not run. True when the message was taken.
bool tryProvider(const Console& console, const ProviderFile& file, const QByteArray& json, const ProviderSample& sample);

} // namespace carillon
