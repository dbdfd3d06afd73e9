// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"

#include <QQueue>

namespace carillon {

class Clock;

// The part that senders share: how many are in flight, who waits, and what draining means. Subclasses put messages on the
// wire with start() and say what became of each, once, with answer().
//
// Messages beyond the limit wait here, in order, urgent ones first; when more than MaxWaiting do, the rest is answered
// Throttled.
//
// A fast platform answers all that is in flight while the next messages are being journalled, and then waits for them. So
// one whose time is measured takes some ahead: as many as it has just answered in AheadMs. A slow one takes none.
class QueueingSender : public Sender {
    Q_OBJECT

public:
    static constexpr qsizetype MaxWaiting = 10'000;
    static constexpr qint64 AheadMs = 30; // a commit to a slow disk, and the engine's turn
    static constexpr qint64 MostAhead = 512;

    int capacity() const final;
    void send(QList<Message> messages) final;
    void drain() final;

protected:
    // `limit`: messages in flight at the same time, at least 1. `clock`: measures the platform; without one nothing is taken
    // ahead. Must outlive the sender.
    explicit QueueingSender(int limit, const Clock* clock = nullptr)
        : m_limit(qMax(1, limit))
        , m_clock(clock)
    {
    }

    // Sends these now. May call answer() from within.
    virtual void start(QList<Message> messages) = 0;

    // drain() was called: what only waits for its time is to be answered now.
    virtual void breakOff() { }
    bool isDraining() const { return m_draining; }

    // These are done: one outcome for each message given to start(), in any order.
    void answer(const QList<Outcome>& answered);

private:
    void measure(qsizetype answered);
    void pump();
    void reportIfDrained();
    void turnAway(const QList<Message>& messages, const Outcome& answerTo);

    const int m_limit;
    const Clock* const m_clock;
    int m_inFlight = 0;
    int m_ahead = 0; // beyond those in flight
    qint64 m_measuredAt = 0; // steady
    qint64 m_answered = 0; // since
    QQueue<Message> m_waiting;
    bool m_pumping = false;
    bool m_draining = false;
    bool m_reportedDrained = false;
};

} // namespace carillon
