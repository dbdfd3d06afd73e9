// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpFailure.h"

namespace carillon {

namespace {

constexpr qint64 lostMs = 30'000;
constexpr qint64 refusedMs = 60'000;
constexpr qint64 misconfiguredMs = 15 * 60'000;

} // namespace

SmtpFailure smtpLost(const QString& reason, ErrorCode code)
{
    return {{code, reason, {}}, {}, lostMs, false};
}

SmtpFailure smtpRefused(const QString& what, const SmtpReply& reply)
{
    const bool permanent = reply.digit() == 5;
    const Error error{ErrorCode::Network, what.arg(wordsOf(reply)), {}};
    return {error, codeOf(reply), permanent ? misconfiguredMs : refusedMs, permanent};
}

SmtpFailure smtpMisconfigured(const QString& reason, ErrorCode code, const QString& smtpCode)
{
    return {{code, reason, {}}, smtpCode, misconfiguredMs, true};
}

Outcome providerDown(qint64 deliveryId, const SmtpFailure& failure)
{
    Outcome outcome;
    outcome.deliveryId = deliveryId;
    outcome.kind = OutcomeKind::ProviderDown;
    outcome.reason = failure.error.message;
    outcome.code = failure.code;
    outcome.notBeforeMs = failure.notBeforeMs;
    return outcome;
}

} // namespace carillon
