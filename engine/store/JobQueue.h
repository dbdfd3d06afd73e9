// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

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
};

// Jobs on their way to the store's threads. Bounded; thread-safe.
class JobQueue {
public:
    explicit JobQueue(size_t limit)
        : m_limit(limit)
    {
    }

    // False when it is full or closed.
    bool push(StoreJob&& job);
    // Waits for work; up to `most` jobs in order. Empty only when the queue is closed and drained.
    std::deque<StoreJob> take(size_t most);
    // The same without waiting: what is there now, perhaps nothing.
    std::deque<StoreJob> takeWaiting(size_t most);
    size_t size() const;
    // Takes no more; what is in it is still handed out.
    void close();

private:
    std::deque<StoreJob> front(size_t most);

    const size_t m_limit;
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<StoreJob> m_jobs;
    bool m_closed = false;
};

} // namespace carillon
