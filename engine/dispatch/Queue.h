// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/store/DeliveryRepository.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <map>
#include <set>

namespace carillon {

class Clock;
class Store;

// Claims what is due. Lives in the engine's thread.
//
// A claim writes nothing: the one engine that has the workspace remembers what it has claimed until that is journalled, and
// from then on its state tells. After a crash all of it is simply still in the queue. Engines that share a database claim
// under leases instead, behind the same methods.
//
// What a claim reads may be old by the time it is journalled; DeliveryRepository::begin() refuses what has changed since.
// What was released while a claim read is not in that claim: it may have been read as it was before. Bounded by what its
// user holds at a time, and releases while it reads.
class Queue : public QObject {
    Q_OBJECT

public:
    struct Batch {
        QList<Delivery> deliveries; // oldest due first; none: nothing is due that is not claimed already
        qint64 nextDue = 0; // then: when something will be; 0: nothing waits
    };
    struct Wanted {
        LaneKey lane;
        int limit = 0;
        bool triedOnly = false; // only what has had an attempt
    };
    using Answer = std::function<void(const Result<Batch>&)>;

    Queue(Store& store, const Clock& clock, QObject* parent = nullptr);

    // Claims up to `limit` deliveries of a lane. Answers in the engine's thread, never from within this call.
    void claim(const Wanted& wanted, const Answer& answer);
    // They are journalled, or were given up: no longer claimed. What is still in the queue can be claimed again.
    // A claim that is under way does not see them: its user asks again.
    void release(const QList<qint64>& ids);
    // How many are claimed.
    qsizetype claimed() const { return m_claimed.size(); }
    // The next claims of the campaign begin with its oldest delivery again.
    void forget(qint64 campaignId);

private:
    // Where the claims of a lane have come to: they need not read again and again what is claimed and not journalled yet.
    struct Walk {
        DuePlace queued;
        DuePlace retrying;

        bool atStart() const { return queued.id == 0 && retrying.id == 0; }
    };
    struct Page {
        QList<Delivery> deliveries;
        Walk walk;
        qint64 nextDue = 0;
        bool end = false; // nothing is due behind it
    };

    static Page read(Connection& connection, const Wanted& wanted, Walk walk, qint64 now);
    void claimFrom(const Wanted& wanted, const Walk& walk, bool fromStart, const Answer& answer);
    QList<Delivery> hold(const QList<Delivery>& deliveries, quint64 reading);
    void forgetReleased();

    Store& m_store;
    const Clock& m_clock;
    QSet<qint64> m_claimed;
    quint64 m_lastReading = 0;
    std::set<quint64> m_readings; // under way
    QHash<qint64, quint64> m_released; // by id: the last reading that had begun by then; while one of those is under way
    std::map<LaneKey, Walk> m_walks;
};

} // namespace carillon
