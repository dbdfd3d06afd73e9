// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ProviderFixture.h"
#include "RequestComparison.h"

namespace carillon {

// A platform as a fixture describes it: records what it is sent and answers as it is told.
class FixturePlatform {
public:
    FixturePlatform()
        : server([this](QTcpSocket* socket, const ScriptedServer::Request& request) { receive(socket, request); })
    {
    }

    // "http://127.0.0.1:port"
    QString url() const { return server.url({}); }

    // Answers with these, in order; the last one for ever.
    void play(const ProviderFixture& fixture, QList<ProviderFixture::Answer> replies)
    {
        m_exchange = fixture.exchange;
        m_replies = std::move(replies);
    }

    ScriptedServer server;
    QList<RecordedRequest> requests; // without those of "exchange"
    QString exchangeDifference; // the first, if any

private:
    void receive(QTcpSocket* socket, const ScriptedServer::Request& bytes)
    {
        const RecordedRequest request(bytes);
        for (const ProviderFixture::Exchange& exchange : std::as_const(m_exchange)) {
            if (request.path != exchange.path)
                continue;
            if (!exchange.request.isEmpty() && exchangeDifference.isEmpty())
                exchangeDifference = requestDifference(exchange.request, request);
            socket->write(exchange.answer.bytes);
            return;
        }
        requests << request;
        if (!m_replies.isEmpty())
            socket->write(m_replies.size() > 1 ? m_replies.takeFirst().bytes : m_replies.first().bytes);
    }

    QList<ProviderFixture::Exchange> m_exchange;
    QList<ProviderFixture::Answer> m_replies;
};

} // namespace carillon
