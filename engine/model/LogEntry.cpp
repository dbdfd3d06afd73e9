// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/LogEntry.h"

#include <QJsonArray>

namespace carillon {

qint64 countOf(const LogEntry& entry)
{
    const bool ofDeliveries = entry.deliveryId == 0 && entry.type.startsWith(u"delivery.");
    return ofDeliveries ? entry.data.value(u"count").toInteger(1) : 1;
}

bool concerns(const LogEntry& entry, qint64 deliveryId)
{
    if (entry.deliveryId != 0 || !entry.type.startsWith(u"delivery."))
        return entry.deliveryId == deliveryId;
    if (entry.data.contains(u"first"))
        return entry.data.value(u"first").toInteger() <= deliveryId && deliveryId <= entry.data.value(u"last").toInteger();
    return entry.data.value(u"ids").toArray().contains(deliveryId);
}

} // namespace carillon
