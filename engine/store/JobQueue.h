// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace carillon {

class Connection;

// Something to be done on a connection, and what to tell whoever asked for it.
struct StoreJob {
    // Does the work; false: undo what it wrote. Must not throw anything but SqlFailure.
    std::function<bool(Connection&)> work;
    // Called once the work is durable (writes) or done (reads).
    std::function<void()> done;
    // Called instead when it could not be done or committed.
    std::function<void(const Error&)> failed;
    // Overtakes those that are not.
    bool urgent = false;
};

// Jobs on their way to the store's threads: urgent ones first, else in order. A stream of urgent ones keeps nothing out for
// good: one of the others goes in between now and then. Bounded; thread-safe.
class JobQueue {
public:
    // `limit` of each kind.
    explicit JobQueue(size_t limit)
        : m_limit(limit)
    {
    }

    // False when it is full or closed.
    bool push(StoreJob&& job);
    // Waits for work. Nothing only when the queue is closed and drained.
    std::optional<StoreJob> take();
    // The next one if there is one.
    std::optional<StoreJob> poll();
    bool urgentWaits() const;
    size_t size() const;
    // Takes no more; what is in it is still handed out.
    void close();

private:
    std::optional<StoreJob> next();

    const size_t m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<StoreJob> m_jobs;
    std::deque<StoreJob> m_urgent;
    int m_urgentInARow = 0;
    bool m_closed = false;
};

} // namespace carillon
