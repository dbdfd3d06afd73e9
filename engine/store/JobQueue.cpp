// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/JobQueue.h"

namespace carillon {

namespace {

constexpr int maxUrgentInARow = 64;

} // namespace

bool JobQueue::push(StoreJob&& job)
{
    {
        const std::lock_guard lock(m_mutex);
        std::deque<StoreJob>& jobs = job.urgent ? m_urgent : m_jobs;
        if (m_closed || jobs.size() >= m_limit)
            return false;
        jobs.push_back(std::move(job));
    }
    m_ready.notify_one();
    return true;
}

std::optional<StoreJob> JobQueue::take()
{
    std::unique_lock lock(m_mutex);
    m_ready.wait(lock, [this] { return m_closed || !m_jobs.empty() || !m_urgent.empty(); });
    return next();
}

std::optional<StoreJob> JobQueue::poll()
{
    const std::lock_guard lock(m_mutex);
    return next();
}

std::optional<StoreJob> JobQueue::next()
{
    if (m_jobs.empty() && m_urgent.empty())
        return std::nullopt;
    const bool urgent = !m_urgent.empty() && (m_jobs.empty() || m_urgentInARow < maxUrgentInARow);
    m_urgentInARow = urgent ? m_urgentInARow + 1 : 0;
    std::deque<StoreJob>& jobs = urgent ? m_urgent : m_jobs;
    StoreJob job = std::move(jobs.front());
    jobs.pop_front();
    return job;
}

bool JobQueue::urgentWaits() const
{
    const std::lock_guard lock(m_mutex);
    return !m_urgent.empty();
}

size_t JobQueue::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size() + m_urgent.size();
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
