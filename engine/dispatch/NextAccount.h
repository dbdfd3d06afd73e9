// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/model/Topic.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace carillon {

class Connection;

// Why a delivery looks for another account, and which accounts are out of the question now: those that are down or cannot
// be used.
struct MoveOn {
    enum class Why { Down, Refused };

    Why why = Why::Down;
    QSet<qint64> out;
};

// On to the topic's next account of the same channel, when one is down or has refused: the delivery itself moves, with its
// id and Message-ID, so that there is never a second one. Lives for one transaction, used in the store's writer alone.
//
// From an account that is down it goes to the next one that is well, beginning behind its own, the first coming after the
// last. One that was refused only goes forward, so that no account refuses it twice; it waits for an account that is out
// rather than fail. What may have reached somebody already (it was uncertain once) stays where it is: only the platform that
// had it can tell that it comes again. A route to a fixed destination is followed by others to the same one alone.
class NextAccount {
public:
    explicit NextAccount(Connection& connection)
        : m_connection(connection)
    {
    }

    // Moves a delivery that waits, due at `dueAt`, with its log entry "delivery.rerouted". False, and nothing written, when
    // there is nowhere to go or it no longer waits as it is known. Throws SqlFailure.
    bool move(Delivery& known, const MoveOn& moveOn, qint64 dueAt, qint64 now);
    // Whether there is somewhere to go.
    bool exists(const Delivery& delivery, const MoveOn& moveOn) { return routeAfter(delivery, moveOn).has_value(); }

private:
    struct Way {
        Route route;
        Account account;
    };

    std::optional<Way> routeAfter(const Delivery& delivery, const MoveOn& moveOn);
    const QList<Way>& waysOf(qint64 topicId);
    bool wasUncertain(const Delivery& delivery);

    Connection& m_connection;
    QHash<qint64, QList<Way>> m_ways; // by topic
};

} // namespace carillon
