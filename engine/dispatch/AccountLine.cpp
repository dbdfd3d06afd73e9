// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/AccountLine.h"

#include "engine/base/Clock.h"

namespace carillon {

namespace {

// A platform that says "too fast" and not for how long.
constexpr qint64 leastWaitMs = 1'000;
constexpr qint64 notSentAgainMs = 5'000;
constexpr qint64 readAgainMs = 1'000;

const QString destinationBucket = QStringLiteral("destination");
const QString messageBucket = QStringLiteral("message");
const QString starting = QStringLiteral("starting");

QString stateOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NeedsSecret: return QStringLiteral("needs password");
    case ErrorCode::Conflict: return QStringLiteral("disabled");
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound: return QStringLiteral("wrong settings");
    default: return starting;
    }
}

QString wordOf(Breaker::State state)
{
    switch (state) {
    case Breaker::State::Closed: return QStringLiteral("closed");
    case Breaker::State::Open: return QStringLiteral("open");
    case Breaker::State::HalfOpen: return QStringLiteral("half_open");
    }
    return {};
}

} // namespace

AccountLine::AccountLine(qint64 accountId, SenderFactory& factory, Clock& clock, Random& random, QObject* parent)
    : QObject(parent)
    , m_accountId(accountId)
    , m_factory(factory)
    , m_clock(clock)
    , m_breaker(random)
{
    reload();
}

void AccountLine::reload()
{
    m_factory.make(m_accountId, false, this, [this](Result<std::shared_ptr<ReadyAccount>> made) { take(std::move(made)); });
}

void AccountLine::take(Result<std::shared_ptr<ReadyAccount>> made)
{
    retire(std::move(m_sender));
    m_waitUntil = 0;
    m_breaker.reset();
    m_detail.clear();
    m_unusableSince = -1;
    if (!made)
        return takeFailure(made.error());
    m_account = (*made)->account;
    m_sender = std::move((*made)->sender);
    setLimits(m_account.limits, std::exchange(m_isNew, false));
    m_destinations.setLimits(m_account.limits, m_clock.steady());
    connect(m_sender.get(), &Sender::outcomes, this, &AccountLine::look);
    connect(m_sender.get(), &Sender::capacityChanged, this, &AccountLine::roomChanged);
    Q_EMIT roomChanged();
}

// What only a person can mend waits for reload(); a database that could not be read just now is asked again.
void AccountLine::takeFailure(const Error& error)
{
    m_detail = error.message;
    m_unusable = stateOf(error.code);
    if (m_unusable == starting)
        m_clock.after(readAgainMs, this, [this] { reload(); });
    else
        m_unusableSince = m_clock.steady();
    Q_EMIT roomChanged();
}

// A line that is new begins with what its bucket holds; one that was there goes on.
void AccountLine::setLimits(const AccountLimits& limits, bool isNew)
{
    if (!limits.adapt)
        m_rate = AdaptiveRate(limits.perSecond);
    m_rate.setLimit(limits.perSecond);
    if (isNew)
        m_bucket = TokenBucket(limits.perSecond, limits.burst, m_clock.steady());
    applyRate();
}

// The old sender answers for what it has, then goes.
void AccountLine::retire(std::unique_ptr<Sender> sender)
{
    if (!sender)
        return;
    Sender* old = sender.release();
    old->setParent(this);
    connect(old, &Sender::drained, old, &QObject::deleteLater);
    old->drain();
}

bool AccountLine::isOpen() const
{
    return m_sender && m_breaker.isClosed() && m_clock.steady() >= m_waitUntil;
}

qint64 AccountLine::outSince() const
{
    return m_sender ? m_breaker.openSince() : m_unusableSince;
}

int AccountLine::room() const
{
    const qint64 now = m_clock.steady();
    if (!m_sender || now < m_waitUntil)
        return 0;
    int room = qMin(m_sender->capacity() - m_reserved, m_bucket.available(now));
    if (m_account.limits.inFlight > 0)
        room = qMin(room, m_account.limits.inFlight - m_reserved - int(m_onWire.size()));
    if (!m_breaker.isClosed())
        room = m_breaker.mayProbe(now) ? qMin(room, 1) : 0;
    return qMax(0, room);
}

bool AccountLine::takesUrgent(const QString& destination) const
{
    const qint64 now = m_clock.steady();
    const int limit = m_account.limits.inFlight;
    return isOpen() && m_bucket.available(now) > 0 && (limit == 0 || m_reserved + m_onWire.size() < limit)
        && m_destinations.nextAt(destination, now) == now;
}

qint64 AccountLine::opensAt() const
{
    const qint64 now = m_clock.steady();
    if (!m_sender || m_breaker.state() == Breaker::State::HalfOpen)
        return 0;
    qint64 at = qMax(m_waitUntil, m_bucket.nextAt(now));
    if (m_breaker.state() == Breaker::State::Open)
        at = qMax(at, m_breaker.retryAt());
    return at > now ? at : 0;
}

qint64 AccountLine::nextAt(const QString& destination, qint64 now) const
{
    return m_destinations.nextAt(destination, now);
}

double AccountLine::expectedPerSecond(const QString& destination)
{
    return m_destinations.expectedPerSecond(destination, m_clock.steady());
}

void AccountLine::reserve(const QString& destination)
{
    const qint64 now = m_clock.steady();
    if (!m_breaker.isClosed())
        m_breaker.beginProbe();
    m_bucket.take(1, now);
    m_meter.add(1, now);
    m_destinations.take(destination, now);
    ++m_reserved;
}

void AccountLine::unreserve(const QString& destination)
{
    const qint64 now = m_clock.steady();
    m_breaker.cancelProbe();
    m_bucket.giveBack(1, now);
    m_meter.add(-1, now);
    m_destinations.giveBack(destination, now);
    --m_reserved;
}

void AccountLine::send(const QList<Message>& messages)
{
    m_reserved -= int(messages.size());
    for (const Message& message : messages)
        m_onWire.insert(message.deliveryId, destinationOf(message.channel, message.to));
    if (m_sender)
        return m_sender->send(messages);
    // The account went away between the journal and the wire: nothing was sent.
    QList<Outcome> answers;
    for (const Message& message : messages) {
        Outcome outcome;
        outcome.deliveryId = message.deliveryId;
        outcome.kind = OutcomeKind::ProviderDown;
        outcome.reason = m_detail;
        outcome.notBeforeMs = notSentAgainMs;
        answers << outcome;
    }
    look(answers);
}

void AccountLine::drain()
{
    if (m_sender)
        m_sender->drain();
}

void AccountLine::look(const QList<Outcome>& outcomes)
{
    int taken = 0;
    for (const Outcome& outcome : outcomes) {
        const auto found = m_onWire.find(outcome.deliveryId);
        if (found == m_onWire.end())
            continue; // a second answer to the same message
        const QString destination = *found;
        m_onWire.erase(found);
        heed(outcome, destination);
        taken += outcome.kind == OutcomeKind::Sent ? 1 : 0;
    }
    if (taken > 0)
        m_lastSentAt = m_clock.now();
    if (taken > 0 && m_account.limits.adapt && m_rate.succeed(taken))
        applyRate();
    Q_EMIT this->outcomes(outcomes);
}

void AccountLine::heed(const Outcome& outcome, const QString& destination)
{
    const qint64 now = m_clock.steady();
    m_destinations.answered(destination, outcome.kind == OutcomeKind::Sent, now);
    switch (outcome.kind) {
    case OutcomeKind::ProviderDown:
        m_breaker.down(now, outcome.notBeforeMs);
        m_detail = outcome.reason;
        return;
    case OutcomeKind::Uncertain: return m_breaker.lost(now);
    case OutcomeKind::Throttled:
        m_breaker.answered();
        if (outcome.bucket == destinationBucket)
            return m_destinations.complained(destination, qMax(leastWaitMs, outcome.notBeforeMs), now);
        if (outcome.bucket != messageBucket)
            throttle(outcome);
        return;
    case OutcomeKind::Sent:
    case OutcomeKind::Retry:
    case OutcomeKind::Refused: return m_breaker.answered();
    }
}

void AccountLine::throttle(const Outcome& outcome)
{
    const qint64 now = m_clock.steady();
    m_waitUntil = qMax(m_waitUntil, now + qMax(leastWaitMs, outcome.notBeforeMs));
    m_detail = outcome.reason;
    if (m_account.limits.adapt && m_rate.complain(now, m_meter.perSecond(now), m_waitUntil))
        applyRate();
}

void AccountLine::applyRate()
{
    // A large burst would undo what a platform that complained was slowed down to.
    const double perSecond = m_rate.perSecond();
    const int burst = m_rate.isSlowed() ? qMax(1, int(perSecond / 10)) : m_account.limits.burst;
    m_bucket.setRate(perSecond, burst, m_clock.steady());
}

void AccountLine::wakeAt(qint64 at)
{
    if (m_wakeAt >= 0 && m_wakeAt <= at)
        return;
    m_wakeAt = at;
    m_clock.after(at - m_clock.steady(), this, [this, at] {
        if (m_wakeAt != at)
            return; // an earlier one has been asked for meanwhile
        m_wakeAt = -1;
        Q_EMIT roomChanged();
    });
}

QString AccountLine::stateWord() const
{
    if (!m_sender)
        return m_unusable;
    if (!m_breaker.isClosed())
        return QStringLiteral("down");
    return m_clock.steady() < m_waitUntil ? QStringLiteral("throttled") : QStringLiteral("ok");
}

AccountCondition AccountLine::condition() const
{
    const qint64 now = m_clock.steady();
    AccountCondition condition;
    condition.state = stateWord();
    condition.detail = condition.state == QStringLiteral("ok") ? QString() : m_detail;
    condition.breaker = wordOf(m_breaker.state());
    if (const qint64 opens = opensAt(); opens != 0 && !isOpen())
        condition.waitsUntil = m_clock.now() + opens - now;
    condition.perSecond = m_bucket.perSecond();
    condition.limitPerSecond = m_account.limits.perSecond;
    condition.inFlight = int(m_onWire.size());
    condition.inFlightLimit = m_sender ? m_sender->capacity() + condition.inFlight : 0;
    if (m_account.limits.inFlight > 0)
        condition.inFlightLimit = qMin(condition.inFlightLimit, m_account.limits.inFlight);
    condition.slowDestinations = m_destinations.slowCount(now);
    condition.lastSentAt = m_lastSentAt;
    return condition;
}

} // namespace carillon
