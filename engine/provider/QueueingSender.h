// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"

#include <QQueue>

namespace carillon {

// The part that senders share: how many are in flight, who waits, and what draining means. Subclasses put messages on the
// wire with start() and say what became of each, once, with answer().
//
// Messages beyond the limit wait here, in order, urgent ones first; when more than MaxWaiting do, the rest is answered
// Throttled.
class QueueingSender : public Sender {
    Q_OBJECT

public:
    static constexpr qsizetype MaxWaiting = 10'000;

    int capacity() const final;
    void send(QList<Message> messages) final;
    void drain() final;

protected:
    // `limit`: messages in flight at the same time, at least 1.
    explicit QueueingSender(int limit)
        : m_limit(qMax(1, limit))
    {
    }

    // Sends these now. May call answer() from within.
    virtual void start(QList<Message> messages) = 0;

    // These are done: one outcome for each message given to start(), in any order.
    void answer(const QList<Outcome>& answered);

private:
    void pump();
    void reportIfDrained();
    void turnAway(const QList<Message>& messages, const Outcome& answerTo);

    const int m_limit;
    int m_inFlight = 0;
    QQueue<Message> m_waiting;
    bool m_pumping = false;
    bool m_draining = false;
    bool m_reportedDrained = false;
};

} // namespace carillon
