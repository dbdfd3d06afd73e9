// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/model/Message.h"

#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace carillon {

class Composer;

// A delivery whose message is made and that waits for room on the wire.
struct ReadyDelivery {
    Delivery delivery;
    Message message;
    std::shared_ptr<const Composer> composer; // with the topic that it is of
    QString destination; // what its limits count: see destinationOf()
    qint64 composedAt = 0; // steady time
};

// Deliveries that step aside because their destination has to wait, so that those behind them can go. Bounded: what has no
// place goes back to the queue. Times are steady milliseconds.
class Parking {
public:
    static constexpr qsizetype Most = 512;

    bool isEmpty() const { return m_count == 0; }
    bool isFull() const { return m_count >= Most; }
    qsizetype count(const QString& destination) const;

    // Behind those for the same destination. `at`: when the destination may have the next; WithAnswer of DestinationLimits:
    // nobody knows.
    void add(const ReadyDelivery& ready, qint64 at);
    // The destination's time is another now.
    void setTime(const QString& destination, qint64 at);
    // When the first of them may go; 0: none by time.
    qint64 nextAt() const;
    // Destinations whose time has come.
    QStringList due(qint64 now) const;
    // The first one for this destination.
    std::optional<ReadyDelivery> take(const QString& destination);

    QList<ReadyDelivery> all() const;

private:
    struct Waiting {
        qint64 at = 0;
        QList<ReadyDelivery> deliveries;
    };
    QHash<QString, Waiting> m_waiting;
    qsizetype m_count = 0;
};

} // namespace carillon
