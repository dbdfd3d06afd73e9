// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/HttpTransport.h"

#include "engine/provider/HttpWorker.h"

#include <QFile>
#include <QHash>

#include <algorithm>

namespace carillon {

HttpTransport::HttpTransport(const Options& options)
    : m_options(options)
    , m_worker(std::make_unique<HttpWorker>(options.maxInFlight, QFile::encodeName(options.caFile), [this] {
        QMetaObject::invokeMethod(
            this, [this] { deliver(); }, Qt::QueuedConnection);
    }))
{
}

HttpTransport::~HttpTransport() = default;

HttpTransport::Customer HttpTransport::open(Deliver deliver)
{
    m_customers.emplace(++m_lastCustomer, std::move(deliver));
    return m_lastCustomer;
}

void HttpTransport::close(Customer customer)
{
    m_customers.erase(customer);
    m_worker->cancel(customer);
}

void HttpTransport::start(Customer customer, QList<OutboundRequest> requests)
{
    for (OutboundRequest& request : requests)
        request.allowPrivateNetworks |= m_options.allowPrivateNetworks;
    if (m_options.onRequest)
        std::for_each(requests.cbegin(), requests.cend(), m_options.onRequest);
    m_worker->start(customer, std::move(requests));
}

void HttpTransport::deliver()
{
    QHash<Customer, QList<OutboundResponse>> byCustomer;
    for (HttpWorker::Answer& answer : m_worker->takeAnswers()) {
        if (m_options.onResponse)
            m_options.onResponse(answer.response);
        byCustomer[answer.customer].append(std::move(answer.response));
    }
    for (auto it = byCustomer.cbegin(); it != byCustomer.cend(); ++it) {
        const auto customer = m_customers.find(it.key());
        if (customer == m_customers.end())
            continue; // closed while its answers were on their way
        const Deliver give = customer->second; // a copy: the customer may close itself from within
        give(it.value());
    }
}

} // namespace carillon
