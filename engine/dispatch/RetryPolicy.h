// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "engine/model/Topic.h"
#include "engine/store/DeliveryRepository.h"

namespace carillon {

class Random;

// What is done with a delivery that has just become uncertain: as its topic says, but held once its attempts are used up, so
// that a platform that always breaks off gets it no more often than one that always says no.
UncertainPolicy resendPolicy(UncertainPolicy topicSays, const Delivery& delivery, int maxAttempts);

// What becomes of a delivery after a provider's word. Pure but for the jitter.
//
// By the class of the answer:
//   retry               an attempt; again as long as the topic allows more, after what the provider asked for and a random
//   time
//                       up to 2^attempt times the base, an hour at most ("full jitter": a thousand failures of one moment do
//                       not come back in one moment)
//   throttled           no attempt; again when the provider said, as soon as its bucket lets it go
//     this message      greylisting: no attempt either, but after four days (RFC 5321 4.5.4.1) as a retry, for a server that
//                       never means it
//   provider down       no attempt; again when the account's breaker lets it go
//   refused, uncertain  an attempt, the last one unless it goes on through another account or is sent again
// Nothing waits beyond the topic's lifetime, its maximum age: then it expires.
class RetryPolicy {
public:
    static constexpr qint64 BaseDelayMs = 10'000;
    static constexpr qint64 MaxDelayMs = 3'600'000;
    static constexpr qint64 LongestDownMs = 60'000;
    static constexpr qint64 GreylistPatienceMs = 4 * 86'400'000LL; // since it was queued

    explicit RetryPolicy(Random& random)
        : m_random(random)
    {
    }

    DeliveryChange judge(const Delivery& delivery, const Outcome& outcome, int maxAttempts, qint64 now) const;

    // How long to wait after the given number of failures in a row (of a delivery, or of an account that is down).
    qint64 backoff(int failures, qint64 baseMs = BaseDelayMs) const;

private:
    Random& m_random;
};

} // namespace carillon
