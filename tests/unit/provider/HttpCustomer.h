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

    OutboundRequest request(const QString& url, quint64 tag = 1) const
    {
        OutboundRequest made;
        made.tag = tag;
        made.url = url.toUtf8();
        made.body = "hello";
        made.totalTimeoutMs = 400;
        made.connectTimeoutMs = 400;
        made.allowPrivateNetworks = true;
        return made;
    }

    OutboundResponse one(const OutboundRequest& wanted)
    {
        responses.clear();
        transport.start(id, {wanted});
        const bool came = QTest::qWaitFor([this] { return !responses.isEmpty(); }, 5'000);
        return came ? responses.first() : OutboundResponse{};
    }

    HttpTransport& transport;
    QList<OutboundResponse> responses;
    HttpTransport::Customer id;
};

} // namespace carillon
