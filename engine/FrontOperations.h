// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Front.h"
#include "engine/security/UnsubscribeToken.h"

namespace carillon {

class ContactService;
class DeliveryService;
class DeviceService;
class NotificationService;
class ReceiptService;
class TriggerService;

// The operations that are called from the network; they outlive what they are bound to.
struct FrontOperations {
    ContactService& contacts;
    TriggerService& triggers;
    DeliveryService& deliveries;
    NotificationService& notifications;
    DeviceService& devices;
    ReceiptService& receipts;
};

// What the front calls, bound to the operations. `key` opens the tokens of unsubscribe links.
FrontHandlers handlersFor(const FrontOperations& operations, const UnsubscribeKey& key);

} // namespace carillon
