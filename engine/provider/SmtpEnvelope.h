// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/SmtpCapabilities.h"

#include "engine/model/Message.h"

#include <optional>

namespace carillon {

// The MAIL and RCPT commands of one message for one server.
struct SmtpEnvelope {
    QByteArray mail; // with CRLF
    QByteArray rcpt; // with CRLF
    bool hasParameters = false; // SIZE=, RET= or ENVID=, which a server may choke on
};

// Why a message cannot be given to this server at all: what the server would answer (RFC 5321, 1870, 6531, 6152), said
// before asking.
struct SmtpUnfit {
    QString code; // as a server would count it, "552 5.3.4"
    QString reason;
    bool badAddress = false; // the recipient's address can never work
};

struct SmtpFit {
    std::optional<SmtpEnvelope> envelope;
    SmtpUnfit unfit; // when there is no envelope
};

// Addresses are written in ASCII where that can be done (a domain as A-labels); one that holds a control character, an angle
// bracket or a blank outside quotes is refused, since it could add a command. An empty sender is the null reverse-path.
// `size` is the content's as RFC 1870 counts. Where DSN is offered the envelope id is the message's idempotency key, so that
// a bounce names the delivery whatever attempt it is about (RFC 3461 4.4). `parameters` false leaves SIZE=, RET= and ENVID=
// out for a server that chokes on them.
SmtpFit fitEnvelope(const Message& message, qint64 size, const SmtpCapabilities& offered, bool parameters);

} // namespace carillon
