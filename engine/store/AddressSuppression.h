// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/model/RefusalLimit.h"

namespace carillon {

class Connection;

// A platform has said that a delivery's address must not be used any more: it is suppressed, its state changes, and the log
// says so ("address.suppressed"), all in the transaction of the caller. `why` is the suppression's reason ("bounced",
// "complained"), `words` what the platform said. An address that is suppressed already is left as it is, without an entry.
// Throws SqlFailure, as everything that runs on a Connection does.
void suppressAddressOf(Connection& connection, const Delivery& delivery, const QString& why, const QString& words,
                       const QString& actor, qint64 now);

// A delivery is about to fail for a reason that means little by itself (RefusalLimit). When its address is to be suppressed
// with this refusal: a sentence that says so, for the delivery's reason. Writes nothing. `now`: UTC milliseconds.
QString lastRefusalOf(Connection& connection, const Delivery& delivery, const RefusalLimit& limit, qint64 now);

// The delivery has failed so: its address is suppressed ("refused", with the delivery's own error) when lastRefusalOf() said
// so, and else the refusal is counted.
void countRefusalOf(Connection& connection, const Delivery& delivery, const RefusalLimit& limit, const QString& actor,
                    qint64 now);

} // namespace carillon
