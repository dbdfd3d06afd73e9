// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/RefusalLimit.h"

#include <QList>
#include <QString>

namespace carillon {

class Connection;

// How often addresses were refused lately, of the refusals that mean something only when they are repeated. One row for an
// address, bounded by the longest limit. Throws SqlFailure, as everything that runs on a Connection does.
class RefusalRepository {
public:
    explicit RefusalRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // True when one more refusal, now, makes as many as the limit allows within its days: an address's first refusal counts
    // until exactly that long after it, and not a millisecond longer. `now`: UTC milliseconds.
    bool wouldReach(const QString& channel, const QString& address, const RefusalLimit& limit, qint64 now);
    void add(const QString& channel, const QString& address, qint64 now);
    // A message got there, or the address is suppressed: it begins anew.
    void forget(const QString& channel, const QString& address);
    // False: nobody was refused, and there is nothing to forget.
    bool isAny();

private:
    QList<qint64> times(const QString& channel, const QString& address);

    Connection& m_connection;
};

} // namespace carillon
