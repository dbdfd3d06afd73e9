// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpTransport.h"
#include "engine/provider/QueueingSender.h"
#include "engine/provider/WebPushRequests.h"

#include <QHash>

#include <optional>

namespace carillon {

class Redactor;

// Sends the messages of one Web Push account by the shared transport, each to the push service that its subscription names,
// and judges the answers (RFC 8030 sections 5 and 7.3, RFC 8292 section 4.2):
//
//     200, 201, 202, 204   sent: the service took it, and Location is the message's id; the browser confirms nothing
//     404, 410             refused, and the subscription is over
//     413, other 4xx       refused
//     307, 308             followed once, with a token for the new origin (RFC 8292 section 2), when it is an endpoint that
//                          a browser could have; the address changes with 308 alone (RFC 9110 section 15.4)
//     other 3xx            refused
//     401, 403             provider down: our key or clock is wrong, and asking for others helps nothing. But once a service
//                          has taken a message it is that subscription that is wrong: retry
//     429                  throttled: that push service, as long as it says
//     408, 425, 5xx        retry, not before it says
//     no connection        retry: one push service, or one made-up endpoint, must not stop the others
class WebPushSender final : public QueueingSender {
    Q_OBJECT

public:
    WebPushSender(const AccountConfig& config, Clock& clock, std::shared_ptr<HttpTransport> transport, qint64 timeoutMs);
    ~WebPushSender() override;

    void probe() override;

protected:
    void start(QList<Message> messages) override;

private:
    struct InFlight {
        Message message;
        PushSubscription to; // its endpoint is nobody else's business: taken out of what is reported
        bool isMoved = false; // it was sent somewhere else before
        bool isMovedForGood = false;
    };

    Result<OutboundRequest> begin(const Message& message);
    Result<OutboundRequest> prepare(InFlight entry);
    std::optional<OutboundRequest> follow(const InFlight& entry, const OutboundResponse& response);
    void receive(const QList<OutboundResponse>& responses);
    Outcome judge(const InFlight& entry, const OutboundResponse& response);
    OutcomeKind kindOf(int status);
    void fillReason(Outcome& outcome, const OutboundResponse& response, const Redactor& redactor) const;

    const AccountConfig m_config;
    WebPushRequests m_requests;
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const HttpTransport::Customer m_customer;
    const qint64 m_timeoutMs;
    quint64 m_lastTag = 0;
    QHash<quint64, InFlight> m_underWay; // bounded by what the base lets through
    bool m_taken = false; // a push service has taken a message: our key and clock are right
    bool m_probing = false;
};

} // namespace carillon
