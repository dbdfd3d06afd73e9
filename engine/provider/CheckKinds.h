// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"
#include "engine/provider/CallbackCheck.h"

namespace carillon {

// The kinds of "check"; each reads its members of the entry and notes what is wrong.
//
// A new kind: a file, a line here, a line in the table of CallbackCheck.cpp, and its members in
// resources/providers/provider.schema.json.
std::shared_ptr<const CallbackCheck> readHmacCheck(JsonReader& entry);
std::shared_ptr<const CallbackCheck> readTwilioCheck(JsonReader& entry);
std::shared_ptr<const CallbackCheck> readStandardWebhooksCheck(JsonReader& entry);
std::shared_ptr<const CallbackCheck> readJwtCheck(JsonReader& entry);
std::shared_ptr<const CallbackCheck> readTokenCheck(JsonReader& entry);

// What they share.

// The template "secret".
RequestTemplate readCheckSecret(JsonReader& entry);
// Unauthenticated when it gives nothing.
Result<Secret> checkSecret(const RequestTemplate& secret, const RequestValues& account);
// "toleranceSeconds": how far the platform's clock and ours may be apart; milliseconds.
qint64 readTolerance(JsonReader& entry);
// A whole number of seconds, in digits alone; Unauthenticated when it is none, or farther from `now` than that.
Result<qint64> freshTime(const QByteArray& seconds, qint64 toleranceMs, qint64 now);
// What the log shall say.
tl::unexpected<Error> notGenuine(const QString& sentence);

} // namespace carillon
