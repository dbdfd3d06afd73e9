// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/model/LogEntry.h"

namespace carillon {

class Connection;

// Leaves in the log that a caller did something: "topic.saved", with what it was done to. Call it in the operation's
// transaction.
void audit(Connection& connection, const Caller& caller, const QString& type, qint64 now, const QJsonObject& data,
           LogEntry about = {});

} // namespace carillon
