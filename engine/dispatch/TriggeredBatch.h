// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"

#include <QHash>
#include <QJsonObject>
#include <QList>

#include <memory>

namespace carillon {

class CompiledContent;

// Deliveries of one trigger that are committed as Sending, leased by this engine: on their way from the transaction that
// made them straight to the wire, with all that their messages are made of. So a trigger costs one commit before its first
// byte and no look into the queue.
struct TriggeredBatch {
    qint64 triggerId = 0;
    QList<Delivery> deliveries;
    QHash<qint64, Contact> contacts;
    std::shared_ptr<const CompiledContent> content;
    QJsonObject data;
};

} // namespace carillon
