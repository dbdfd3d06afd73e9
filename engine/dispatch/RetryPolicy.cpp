// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/RetryPolicy.h"

#include "engine/base/Random.h"
#include "engine/model/Names.h"

namespace carillon {

namespace {

// Back to where it waited before: a delivery that was tried already waits as Retrying.
DeliveryState waitingState(const Delivery& delivery)
{
    return delivery.attempts == 0 ? DeliveryState::Queued : DeliveryState::Retrying;
}

// This message alone was told to come again, by a server that has judged nothing yet.
bool isGreylisting(const Outcome& outcome)
{
    return outcome.kind == OutcomeKind::Throttled && outcome.bucket == QStringLiteral("message");
}

OutcomeKind classOf(const Delivery& delivery, const Outcome& outcome, qint64 now)
{
    const bool inEarnest = now - delivery.createdAt < RetryPolicy::GreylistPatienceMs;
    return isGreylisting(outcome) && !inEarnest ? OutcomeKind::Retry : outcome.kind;
}

JsonText detailsOf(const Delivery& delivery, const Outcome& outcome)
{
    JsonText details;
    details.add("attempt", delivery.attempts + 1).add("outcome", nameOf(outcome.kind));
    if (!outcome.code.isEmpty())
        details.add("code", outcome.code);
    if (!outcome.providerId.isEmpty())
        details.add("provider_id", outcome.providerId);
    if (!outcome.partIds.isEmpty())
        details.add("part_ids", outcome.partIds.join(u' '));
    if (const QString& said = outcome.answer.isEmpty() ? outcome.reason : outcome.answer; !said.isEmpty())
        details.add("answer", said);
    return details;
}

} // namespace

UncertainPolicy resendPolicy(UncertainPolicy topicSays, const Delivery& delivery, int maxAttempts)
{
    return delivery.attempts + 1 >= maxAttempts ? UncertainPolicy::Hold : topicSays;
}

DeliveryChange RetryPolicy::judge(const Delivery& delivery, const Outcome& outcome, int maxAttempts, qint64 now) const
{
    DeliveryChange change;
    change.actor = QStringLiteral("engine");
    change.details = detailsOf(delivery, outcome);
    change.error = outcome.kind == OutcomeKind::Sent ? QString() : outcome.reason;
    switch (classOf(delivery, outcome, now)) {
    case OutcomeKind::Sent:
        change.to = DeliveryState::Sent;
        change.countsAsAttempt = true;
        change.providerId = outcome.providerId;
        change.receiptsFollow = outcome.receiptsFollow;
        break;
    case OutcomeKind::Retry:
        change.countsAsAttempt = true;
        change.to = delivery.attempts + 1 >= maxAttempts ? DeliveryState::Failed : DeliveryState::Retrying;
        change.dueAt = now + outcome.notBeforeMs + backoff(delivery.attempts + 1);
        break;
    case OutcomeKind::Throttled:
        change.to = waitingState(delivery);
        change.dueAt = now + outcome.notBeforeMs + (isGreylisting(outcome) ? backoff(1) : 0);
        break;
    case OutcomeKind::ProviderDown: // how long is for the account's breaker to say, and may end when somebody mends it
        change.to = waitingState(delivery);
        change.dueAt = now + qMin(outcome.notBeforeMs, LongestDownMs);
        break;
    case OutcomeKind::Refused:
        change.countsAsAttempt = true;
        change.to = outcome.suppressAddress ? DeliveryState::Bounced : DeliveryState::Failed;
        break;
    case OutcomeKind::Uncertain:
        change.countsAsAttempt = true;
        change.to = DeliveryState::Uncertain;
        change.dueAt = now + backoff(delivery.attempts + 1); // for the case that it is sent again
        break;
    }
    if (delivery.expiresAt != 0) // then it is told that it has expired, and not an hour later
        change.dueAt = qMin(change.dueAt, delivery.expiresAt);
    return change;
}

qint64 RetryPolicy::backoff(int failures, qint64 baseMs) const
{
    const int doublings = qBound(0, failures, 20);
    const qint64 ceiling = qMin(MaxDelayMs, baseMs << doublings);
    return 1 + qint64(m_random.below(quint64(ceiling)));
}

} // namespace carillon
