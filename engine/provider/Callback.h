// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Receipt.h"
#include "engine/provider/HttpMessages.h"

#include <QJsonValue>

namespace carillon {

// One request of a platform to us, as it came.
struct Callback {
    QByteArray method; // "POST", "GET"
    QByteArrayList urls; // the address it may have called: we are behind proxies, and some platforms sign it
    QByteArray query; // behind the question mark, as sent
    QList<HttpHeader> headers; // in any case
    QByteArray body;

    // The first header of that name, in any case; empty when there is none.
    QByteArray header(const QByteArray& name) const;
    // True when the body is a URL-encoded form.
    bool isForm() const;
};

// What the platform is answered when all is well.
struct CallbackAnswer {
    int status = 200;
    QByteArray contentType; // empty: no body
    QByteArray body;

    friend bool operator==(const CallbackAnswer&, const CallbackAnswer&) = default;
};

// A receipt with a status that the provider's file does not know. Both are bounded.
struct UnknownReceipt {
    QString providerId;
    QString status;
};

// What a callback says.
struct CallbackReading {
    CallbackAnswer answer;
    QList<Receipt> receipts;
    QList<InboundMessage> messages;
    QList<UnknownReceipt> unknown = {};
};

// Names and values, decoded (WHATWG URL, application/x-www-form-urlencoded), in their order. Takes any bytes; at most
// MaxFormPairs are read, and more are an empty list: half a form must not pass for a whole one.
constexpr qsizetype MaxFormPairs = 2'000;
QList<QPair<QByteArray, QByteArray>> formPairs(const QByteArray& encoded);

// A form as an object of texts; of a name that comes again the first counts.
QJsonValue formObject(const QByteArray& encoded);

} // namespace carillon
