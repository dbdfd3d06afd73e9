// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Callback.h"
#include "engine/provider/JsonReader.h"
#include "engine/provider/RequestTemplate.h"

#include <memory>

namespace carillon {

// How a platform proves that a callback is its own. Each kind is in a file of its own; the table of names is in
// CallbackCheck.cpp. Immutable, thread-safe; compares in constant time; takes any bytes.
//
//     {"kind": "hmac", "secret": "{{ secrets.app_secret }}", "header": "X-Hub-Signature-256", "prefix": "sha256=",
//      "algorithm": "sha256", "encoding": "hex", "signed": "{body}"}
//     {"kind": "twilio", "secret": "{{ secrets.auth_token }}"}
//     {"kind": "standard_webhooks", "secret": "{{ secrets.signing_secret }}", "headers": "webhook"}
//     {"kind": "jwt", "secret": "{{ secrets.signature_secret }}", "bodyHash": "payload_hash"}
//     {"kind": "token", "secret": "{{ secrets.hook_token }}", "header": "X-Telegram-Bot-Api-Secret-Token"}
//     {"kind": "none"}
//
// A secret that the account does not have lets nothing pass. "none" must be said: it leaves the proof to the callback's own
// address, which nobody can guess.
class CallbackCheck {
public:
    virtual ~CallbackCheck() = default;

    // Unauthenticated, with a sentence for the log that repeats nothing of what came, unless the callback is the platform's.
    // `now` is UTC milliseconds: what is signed together with a time must not be old, nor of the future.
    virtual Status check(const Callback& callback, const RequestValues& account, qint64 now) const = 0;
};

// Reads "check"; nullptr with a problem noted when it is wrong.
std::shared_ptr<const CallbackCheck> readCallbackCheck(JsonReader& entry);

} // namespace carillon
