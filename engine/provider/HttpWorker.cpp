// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/HttpWorker.h"

#include <algorithm>

namespace carillon {

namespace {

constexpr size_t MaxSpareHandles = 64;

} // namespace

HttpWorker::HttpWorker(int maxInFlight, QByteArray caFile, std::function<void()> wakeOwner)
    : m_maxInFlight(static_cast<size_t>(std::max(1, maxInFlight)))
    , m_caFile(std::move(caFile))
    , m_wakeOwner(std::move(wakeOwner))
    , m_loop(static_cast<long>(m_maxInFlight))
{
    m_thread = std::thread([this] { run(); });
}

HttpWorker::~HttpWorker()
{
    put([](Inbox& inbox) { inbox.stop = true; });
    m_thread.join();
    for (auto& [easy, running] : m_running)
        curl_multi_remove_handle(m_loop.handle(), easy);
}

void HttpWorker::start(quint64 customer, QList<OutboundRequest> requests)
{
    put([&](Inbox& inbox) {
        for (OutboundRequest& request : requests)
            inbox.jobs.push_back({customer, std::move(request)});
    });
}

void HttpWorker::cancel(quint64 customer)
{
    put([&](Inbox& inbox) { inbox.cancellations.push_back(customer); });
}

// The worker is woken by the first word since it last looked.
void HttpWorker::put(const std::function<void(Inbox&)>& into)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_inbox.isEmpty();
        into(m_inbox);
    }
    if (wasEmpty)
        m_loop.wake();
}

std::vector<HttpWorker::Answer> HttpWorker::takeAnswers()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_outbox, {});
}

void HttpWorker::run()
{
    while (takeInbox()) {
        collectFinished();
        startWaiting();
        m_loop.runDue();
        collectFinished(); // what ended at once
        handOver();
        if (!mayStart())
            m_loop.wait();
    }
}

bool HttpWorker::takeInbox()
{
    Inbox inbox;
    {
        const std::lock_guard lock(m_mutex);
        std::swap(inbox, m_inbox);
    }
    for (Job& job : inbox.jobs)
        m_waiting.push_back(std::move(job));
    for (const quint64 customer : inbox.cancellations)
        breakOff(customer);
    return !inbox.stop;
}

void HttpWorker::breakOff(quint64 customer)
{
    std::erase_if(m_waiting, [&](const Job& job) { return job.customer == customer; });
    std::erase_if(m_running, [&](auto& entry) {
        if (entry.second.customer != customer)
            return false;
        curl_multi_remove_handle(m_loop.handle(), entry.first);
        return true;
    });
}

void HttpWorker::startWaiting()
{
    while (mayStart()) {
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        std::unique_ptr<HttpTransfer> transfer = spareTransfer();
        if (!transfer->prepare(std::move(job.request))) {
            m_finished.push_back({job.customer, transfer->refusal()});
            continue;
        }
        CURL* easy = transfer->handle();
        curl_multi_add_handle(m_loop.handle(), easy);
        m_running.emplace(easy, Running{job.customer, std::move(transfer)});
    }
}

std::unique_ptr<HttpTransfer> HttpWorker::spareTransfer()
{
    if (m_spare.empty())
        return std::make_unique<HttpTransfer>(m_caFile);
    std::unique_ptr<HttpTransfer> transfer = std::move(m_spare.back());
    m_spare.pop_back();
    return transfer;
}

void HttpWorker::collectFinished()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_loop.handle(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result; // the message dies with the handle's removal
        const auto entry = m_running.find(message->easy_handle);
        m_finished.push_back({entry->second.customer, entry->second.transfer->response(code)});
        curl_multi_remove_handle(m_loop.handle(), entry->first);
        entry->second.transfer->forget();
        if (m_spare.size() < MaxSpareHandles)
            m_spare.push_back(std::move(entry->second.transfer));
        m_running.erase(entry);
    }
}

void HttpWorker::handOver()
{
    if (m_finished.empty())
        return;
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_outbox.empty();
        std::move(m_finished.begin(), m_finished.end(), std::back_inserter(m_outbox));
    }
    m_finished.clear();
    if (wasEmpty)
        m_wakeOwner();
}

} // namespace carillon
