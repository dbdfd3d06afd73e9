// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/JobQueue.h"

namespace carillon {

bool JobQueue::push(StoreJob&& job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed || m_jobs.size() >= m_limit)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_ready.notify_one();
    return true;
}

std::deque<StoreJob> JobQueue::take(size_t most)
{
    std::unique_lock lock(m_mutex);
    m_ready.wait(lock, [this] { return m_closed || !m_jobs.empty(); });
    return front(most);
}

std::deque<StoreJob> JobQueue::takeWaiting(size_t most)
{
    const std::lock_guard lock(m_mutex);
    return front(most);
}

size_t JobQueue::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

std::deque<StoreJob> JobQueue::front(size_t most)
{
    std::deque<StoreJob> taken;
    if (m_jobs.size() <= most) {
        taken.swap(m_jobs);
        return taken;
    }
    for (size_t i = 0; i < most; ++i) {
        taken.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return taken;
}

void JobQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_ready.notify_all();
}

} // namespace carillon
