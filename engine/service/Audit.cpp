// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Audit.h"

#include "engine/store/LogRepository.h"

namespace carillon {

void audit(Connection& connection, const Caller& caller, const QString& type, qint64 now, const QJsonObject& data,
           LogEntry about)
{
    about.time = now;
    about.type = type;
    about.actor = caller.actor;
    about.data = data;
    LogRepository(connection).append(about);
}

} // namespace carillon
