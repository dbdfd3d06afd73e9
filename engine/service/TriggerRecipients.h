// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/TriggerService.h"

namespace carillon {

class Connection;

// Whom a recipient of a trigger stands for, and by which address alone if he was named by one.
struct TriggerTarget {
    qint64 contactId = 0;
    QString channel; // empty: whatever the topic's routes say
    QString addressKey;
};

// Finds the contact of each recipient, in their order. Who is named by an address that nobody has becomes a contact, in the
// same transaction. NotFound and InvalidInput name the recipient as the field: "to[2].external_id". Throws SqlFailure.
Result<QList<TriggerTarget>> findTargets(Connection& connection, const Caller& caller,
                                         const QList<TriggerRecipient>& recipients, qint64 now);

} // namespace carillon
