// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/FrontOperations.h"

#include "engine/service/ContactService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/DeviceService.h"
#include "engine/service/NotificationService.h"
#include "engine/service/ReceiptService.h"
#include "engine/service/TriggerService.h"

namespace carillon {

namespace {

Unsubscriber unsubscriber(ContactService& contacts, const UnsubscribeKey& key)
{
    return [&contacts, key](const QString& token) -> Future<void> {
        const Result<Unsubscribe> who = key.open(token.toLatin1());
        if (!who)
            return readyFuture<void>(fail(who.error()));
        const Suppression suppression{0, who->channel, who->address, QStringLiteral("unsubscribed"), {}, 0};
        return contacts.suppress({QStringLiteral("contact"), Role::Operator}, suppression);
    };
}

TriggerHandlers triggerHandlers(TriggerService& triggers, DeliveryService& deliveries)
{
    return {[&triggers](const Caller& caller, const TriggerRequest& request) { return triggers.trigger(caller, request); },
            [&triggers](const Caller& caller, qint64 id) { return triggers.get(caller, id); },
            [&deliveries](const Caller& caller, qint64 id, const QString& kind) {
                return deliveries.engaged(caller, id, kind);
            }};
}

InboxHandlers inboxHandlers(NotificationService& inboxes)
{
    return {[&inboxes](const QString& owner, const InboxQuery& query) { return inboxes.page(owner, query); },
            [&inboxes](const Caller& caller, const QString& owner, qint64 id, const InboxChange& change) {
                return inboxes.change(caller, owner, id, change);
            },
            [&inboxes](const Caller& caller, const QString& owner) { return inboxes.readAll(caller, owner); },
            [&inboxes](const Caller& caller, const QString& owner, qint64 validMs) {
                return inboxes.issueToken(caller, owner, validMs);
            }};
}

DeviceHandlers deviceHandlers(DeviceService& devices)
{
    return {
        [&devices](const Caller& caller, const DeviceRequest& request) { return devices.add(caller, request); },
        [&devices](const Caller& caller, qint64 id, const QString& address) { return devices.renew(caller, id, address); },
        [&devices](const Caller& caller, qint64 id) { return devices.remove(caller, id); },
        [&devices](const Caller& caller, qint64 id, qint64 deliveryId) { return devices.clicked(caller, id, deliveryId); },
        [&devices](const QString& account) { return devices.pushKey(account); }};
}

} // namespace

FrontHandlers handlersFor(const FrontOperations& operations, const UnsubscribeKey& key)
{
    return {unsubscriber(operations.contacts, key), triggerHandlers(operations.triggers, operations.deliveries),
            inboxHandlers(operations.notifications), deviceHandlers(operations.devices),
            [&receipts = operations.receipts](const HookCall& call) { return receipts.receive(call); }};
}

} // namespace carillon
