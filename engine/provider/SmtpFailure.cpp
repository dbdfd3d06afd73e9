// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpFailure.h"

#include "engine/provider/RetryHint.h"

namespace carillon {

namespace {

constexpr qint64 lostMs = 30'000;
constexpr qint64 refusedMs = 60'000;
constexpr qint64 misconfiguredMs = 15 * 60'000;

// "421 4.7.0 Too many connections", "450 4.7.1 too much mail": policy, congestion. Without such a code the server says no
// more than that it is not there, and 454 is about the login or TLS.
bool saysTooMuch(const SmtpReply& reply)
{
    const std::optional<EnhancedCode> code = enhancedCode(reply);
    if (reply.digit() != 4 || reply.code == 454 || !code)
        return false;
    return code->subject == 7 || code->subject == 5 || (code->subject == 4 && code->detail == 5);
}

} // namespace

SmtpFailure smtpLost(const QString& reason, ErrorCode code)
{
    return {{code, reason, {}}, {}, lostMs, false};
}

SmtpFailure smtpRefused(const QString& what, const SmtpReply& reply)
{
    const bool permanent = reply.digit() == 5;
    const Error error{ErrorCode::Network, what.arg(wordsOf(reply)), {}};
    const qint64 wait = permanent ? misconfiguredMs : retryHint(wordsOf(reply)).value_or(refusedMs);
    return {error, codeOf(reply), wait, permanent, saysTooMuch(reply)};
}

SmtpFailure smtpMisconfigured(const QString& reason, ErrorCode code, const QString& smtpCode)
{
    return {{code, reason, {}}, smtpCode, misconfiguredMs, true};
}

Outcome notSent(qint64 deliveryId, const SmtpFailure& failure)
{
    Outcome outcome;
    outcome.deliveryId = deliveryId;
    outcome.kind = failure.tooMuch ? OutcomeKind::Throttled : OutcomeKind::ProviderDown;
    if (failure.tooMuch)
        outcome.bucket = QStringLiteral("account");
    outcome.reason = failure.error.message;
    outcome.code = failure.code;
    outcome.notBeforeMs = failure.notBeforeMs;
    return outcome;
}

} // namespace carillon
