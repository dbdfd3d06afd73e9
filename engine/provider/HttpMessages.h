// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

namespace carillon {

using HttpHeader = QPair<QByteArray, QByteArray>;

// One request. Nothing in it may contain CR, LF or NUL but the body; the transport refuses such a one.
struct OutboundRequest {
    quint64 tag = 0; // the caller's own; comes back with the response
    QByteArray method = QByteArrayLiteral("POST");
    QByteArray url; // complete, http or https, sent byte for byte
    QList<HttpHeader> headers;
    QByteArray body;
    qint64 connectTimeoutMs = 10'000;
    qint64 totalTimeoutMs = 20'000; // from start to the last byte of the answer
    bool sharesConnection = false; // over HTTP/2: rather waits for a connection to be shared than opens another one
    bool mayRepeat = true; // when a kept connection ends before a word of the answer; else that is Lost
    bool allowPrivateNetworks
        = false; // else loopback, private and link-local hosts are refused, whatever name they hide behind
};

// What became of a request.
enum class HttpResult {
    Answered, // a status line and headers came
    NotSent, // not a byte of the request went out: no such host, connection refused, TLS failed
    Lost, // it went out, or part of it, and no usable answer came
    Refused, // it must not be sent: a malformed URL, or an address in a private network
};

struct OutboundResponse {
    quint64 tag = 0;
    HttpResult result = HttpResult::NotSent;
    int status = 0; // Answered
    QList<HttpHeader> headers; // Answered; names in lower case
    QByteArray body; // Answered; its first 64 KiB
    bool truncated = false; // the body was longer, or broke off
    QString problem; // not Answered: what happened, for people

    // The first header of that name (in lower case); empty when there is none.
    QByteArray header(QByteArrayView name) const;
};

} // namespace carillon
