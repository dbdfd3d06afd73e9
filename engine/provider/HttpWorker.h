// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpLoop.h"
#include "engine/provider/HttpTransfer.h"

#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace carillon {

// The thread inside HttpTransport. What crosses between the threads is in the two mailboxes, and nothing else is shared.
class HttpWorker {
public:
    struct Job {
        quint64 customer = 0;
        OutboundRequest request;
    };
    struct Answer {
        quint64 customer = 0;
        OutboundResponse response;
    };

    // `wakeOwner` is called in the worker's thread when answers are waiting and none were before.
    HttpWorker(int maxInFlight, QByteArray caFile, std::function<void()> wakeOwner);
    ~HttpWorker();

    HttpWorker(const HttpWorker&) = delete;
    HttpWorker& operator=(const HttpWorker&) = delete;

    void start(quint64 customer, QList<OutboundRequest> requests);
    void cancel(quint64 customer); // all of its requests
    std::vector<Answer> takeAnswers();

private:
    struct Inbox {
        std::vector<Job> jobs;
        std::vector<quint64> cancellations; // customers
        bool stop = false;

        bool isEmpty() const { return jobs.empty() && cancellations.empty() && !stop; }
    };

    void put(const std::function<void(Inbox&)>& into);
    void run();
    bool takeInbox(); // false: stop
    void breakOff(quint64 customer);
    bool mayStart() const { return !m_waiting.empty() && m_running.size() < m_maxInFlight; }
    void startWaiting();
    void collectFinished();
    void handOver();
    std::unique_ptr<HttpTransfer> spareTransfer();

    const size_t m_maxInFlight;
    const QByteArray m_caFile;
    const std::function<void()> m_wakeOwner;
    HttpLoop m_loop;

    std::mutex m_mutex; // guards the two mailboxes
    Inbox m_inbox;
    std::vector<Answer> m_outbox;

    // Only the worker's thread touches what follows.
    struct Running {
        quint64 customer = 0;
        std::unique_ptr<HttpTransfer> transfer;
    };
    std::deque<Job> m_waiting;
    std::unordered_map<CURL*, Running> m_running;
    std::vector<std::unique_ptr<HttpTransfer>> m_spare; // handles to be used again
    std::vector<Answer> m_finished;

    std::thread m_thread; // last: started when all else is there
};

} // namespace carillon
