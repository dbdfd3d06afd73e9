// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// Cards: a title, a text, a picture, somewhere to go. Addresses are http or https. Parts: title, text, image, url, and
// actions: [{"title": "Open", "url": "https://..."}].

// What goes to a push service (the channels push, web_push, fcm and apns), at most two actions, because browsers show no
// more:
//
//     {"title": "...", "body": "...", "image": "https://...", "url": "https://...",
//      "actions": [{"action": "1", "title": "Open", "url": "https://..."}], "tag": "order-12"}
//
// A message takes the place of an earlier one with the same tag, on the device and while it waits at the push service.
// As compact JSON it has at most 3,800 bytes: push services take 4,096, less what encryption and the service's own frame
// take. It is the body that is cut.
Result<Message> buildPush(BuildInput& input, MessageFacts& facts);

// What stands in the inbox of an application, at most three actions and 32,000 bytes:
//
//     {"title": "...", "text": "...", "image": "...", "url": "...", "actions": [{"title": "...", "url": "..."}]}
Result<Message> buildInApp(BuildInput& input, MessageFacts& facts);

} // namespace carillon
