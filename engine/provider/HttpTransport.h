// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpMessages.h"

#include <QObject>

#include <functional>
#include <memory>
#include <unordered_map>

namespace carillon {

class HttpWorker;

// Carries the requests of all HTTP senders: libcurl's multi interface in a thread of its own, one event loop for all
// connections.
//
// Connections are kept and reused, HTTP/2 is spoken where it is offered, redirects are never followed, no more than http and
// https is spoken, and no more than 64 KiB of an answer are kept. Proxies come from the environment (https_proxy, no_proxy);
// the check of private networks then sees the proxy's address.
//
// Belongs to one thread (the engine's): every call is made there, and answers are delivered there, many at a time. Requests
// and answers cross between the threads in batches, with one wake-up each.
class HttpTransport final : public QObject {
    Q_OBJECT

public:
    struct Options {
        int maxInFlight = 256; // more wait inside, in order; customers bound their own numbers
        QString caFile; // PEM file with further authorities to trust in place of the system's; empty: the system's
        bool allowPrivateNetworks
            = false; // whatever a request says: for tests and trials, whose platforms are on this machine
        // Told of each request and of what came of it, by tags: for a trial that shows them.
        std::function<void(const OutboundRequest& request)> onRequest = {};
        std::function<void(const OutboundResponse& response)> onResponse = {};
    };
    using Customer = quint64;
    using Deliver = std::function<void(const QList<OutboundResponse>& responses)>;

    explicit HttpTransport(const Options& options);
    HttpTransport()
        : HttpTransport(Options())
    {
    }
    ~HttpTransport() override; // breaks off what is under way, unanswered

    // A sender registers and is given what became of its requests, each once.
    Customer open(Deliver deliver);
    // Cancels: breaks off its requests, whose bytes may have gone out, and delivers nothing more.
    void close(Customer customer);

    void start(Customer customer, QList<OutboundRequest> requests);

private:
    void deliver();

    const Options m_options;
    std::unordered_map<Customer, Deliver> m_customers;
    Customer m_lastCustomer = 0;
    std::unique_ptr<HttpWorker> m_worker;
};

} // namespace carillon
