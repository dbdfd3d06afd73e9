// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Topic.h"
#include "engine/provider/Callback.h"

#include <memory>

namespace carillon {

class Clock;
class Dispatch;
class NextChannel;
class Store;

// What receipts are written with.
struct ReceiptTools {
    Store& store;
    const Clock& clock;
    Dispatch& dispatch;
    std::shared_ptr<NextChannel> nextChannel; // of the writer's thread
};

// Writes what a callback says, in pages, a short transaction each, and wakes the dispatcher where something goes on because
// of it. What was written stays written when a later page fails: the platform tells it again, and that does no harm. The
// tools outlive the answer, which comes from a thread of the store.
Future<void> writeReceipts(const ReceiptTools& tools, const Account& account, const CallbackReading& reading);

} // namespace carillon
