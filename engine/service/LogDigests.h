// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/service/LiveService.h"

#include <deque>
#include <optional>

namespace carillon {

class Store;

// LiveService over the log: reads what has been committed a few times a second, as counts, so that the work does not grow
// with the engine's speed. Lives in the thread that made it (the window's, or a command's).
class LogDigests final : public LiveService {
    Q_OBJECT

public:
    static constexpr qint64 IntervalMs = 250;

    // Store and clock must outlive it.
    LogDigests(Store& store, Clock& clock, QObject* parent = nullptr);

    EngineStatus status() const override { return m_status; }

public Q_SLOTS:
    void setRunning(bool running);
    void setClients(int clients);
    void setProblem(const QString& problem);

private:
    struct Reading {
        LiveDigest digest;
        std::optional<qint64> open;
        qint64 openTookMs = 0;
    };
    struct Counted {
        qint64 at = 0;
        qint64 sent = 0;
        qint64 failed = 0;
    };

    void schedule();
    void read();
    void take(const Reading& reading);
    void updateRates(qint64 sent, qint64 failed);

    Store& m_store;
    Clock& m_clock;
    EngineStatus m_status;
    qint64 m_lastSeq;
    std::deque<Counted> m_counted; // the last minute
    qint64 m_countOpenFrom = 0; // steady time
    bool m_scheduled = false;
    bool m_fresh = false; // something was committed since the last reading
};

} // namespace carillon
