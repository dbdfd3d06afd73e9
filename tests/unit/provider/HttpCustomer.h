// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpTransport.h"

#include <QTest>

namespace carillon {

// One customer of a transport, gathering what it is given.
struct Customer {
    explicit Customer(HttpTransport& transport)
        : transport(transport)
        , id(transport.open([this](const QList<OutboundResponse>& list) { responses += list; }))
    {
    }
    ~Customer() { transport.close(id); }

    // Patient, as a slow machine needs it.
    OutboundRequest request(const QString& url, quint64 tag = 1) const
    {
        OutboundRequest made;
        made.tag = tag;
        made.url = url.toUtf8();
        made.body = "hello";
        made.totalTimeoutMs = 20'000;
        made.connectTimeoutMs = 20'000;
        made.allowPrivateNetworks = true;
        return made;
    }

    // To what will not answer.
    OutboundRequest impatientRequest(const QString& url) const
    {
        OutboundRequest made = request(url);
        made.totalTimeoutMs = 1'000;
        made.connectTimeoutMs = 1'000;
        return made;
    }

    OutboundResponse one(const OutboundRequest& wanted)
    {
        responses.clear();
        transport.start(id, {wanted});
        if (!QTest::qWaitFor([this] { return !responses.isEmpty(); }, 30'000))
            QTest::qFail("no response came", __FILE__, __LINE__);
        return responses.value(0);
    }

    HttpTransport& transport;
    QList<OutboundResponse> responses;
    HttpTransport::Customer id;
};

} // namespace carillon
