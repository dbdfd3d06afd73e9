// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"

#include <QHash>

namespace carillon {

class Connection;

// Which deliveries must not go out any more, and why, for what has become of their addresses since they were planned: one
// was suppressed (the contact unsubscribed, complained, said STOP, or the platform told that it does not exist) or disabled,
// a device was removed or is another contact's now. What goes to a fixed destination of a route is nobody's address and
// never barred, as in planning. `contacts` are the deliveries' own, by number; a delivery whose contact is missing is not
// looked at. The sentences are for people, by delivery. Throws SqlFailure, as everything that runs on a Connection does.
QHash<qint64, QString> barredAddresses(Connection& connection, const QList<Delivery>& deliveries,
                                       const QHash<qint64, Contact>& contacts);

} // namespace carillon
