// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Message.h"
#include "engine/provider/SmtpReply.h"

namespace carillon {

// Why a connection ended or never came about. It says nothing of any recipient: what was not sent is answered with
// ProviderDown, or with Throttled when the server only wants less of us.
struct SmtpFailure {
    Error error;
    QString code; // "421 4.3.2" when the server said so
    qint64 notBeforeMs = 0; // how long trying again is pointless
    bool configuration = false; // another connection would fail alike until somebody changes a setting
    bool tooMuch = false; // the server is well: too many connections or messages of this account
};

// The network, or a server that breaks off: worth another try soon.
SmtpFailure smtpLost(const QString& reason, ErrorCode code = ErrorCode::Network);
// The server refused the connection or the login with `reply`; `what` is a sentence with %1 for the server's words.
SmtpFailure smtpRefused(const QString& what, const SmtpReply& reply);
// A setting is wrong: credentials, certificate, a security the server does not offer.
SmtpFailure smtpMisconfigured(const QString& reason, ErrorCode code, const QString& smtpCode = {});

// The outcome of a message that did not reach the wire because of `failure`; it burns no attempt.
Outcome notSent(qint64 deliveryId, const SmtpFailure& failure);

} // namespace carillon
