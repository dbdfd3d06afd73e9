// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "engine/provider/SmtpReply.h"

namespace carillon {

// What a server's answer is to.
enum class SmtpStep { Mail, Rcpt, Data, Body, LoneDot, Reset };

// The outcome of a message that the server refused with 4yz or 5yz at `step`, decided by the reply's first digit, the
// enhanced code where there is one (RFC 3463), and else the basic code (RFC 5321 4.2.3); never by the words, but for
// greylisting, which has no code of its own (RFC 6647).
//
// An address is given up (suppressAddress) only where the answer is about it and final: unknown mailbox or host, bad
// address, moved, disabled, takes no mail. A full mailbox, policy and reputation never are. What is the account's fault
// (login, sender authentication) is ProviderDown, so that it costs no recipient. What is about rates or a busy server is
// Throttled: for the recipient's domain ("destination"; 450 4.2.1) or for all of the account
// ("account"; 4.3.1, 4.3.2, 4.4.5, 4.7.28, 4.7.5xx, policy in answer to MAIL). So is greylisting, for this message alone
// ("message"): the server has judged nothing yet. How long to wait is what the words ask for ("try again in N seconds", see
// RetryHint.h), else what is usual.
Outcome refusedOutcome(qint64 deliveryId, SmtpStep step, const SmtpReply& reply);

// The outcome of a message taken with 2yz. providerId is the server's queue id where it can be made out, else its words.
Outcome sentOutcome(qint64 deliveryId, const SmtpReply& reply);

} // namespace carillon
