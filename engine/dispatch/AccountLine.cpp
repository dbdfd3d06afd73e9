// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/AccountLine.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/RetryPolicy.h"

namespace carillon {

namespace {

constexpr qint64 downBaseMs = 5'000;
constexpr qint64 downMaxMs = 300'000;

QString stateOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NeedsSecret: return QStringLiteral("needs password");
    case ErrorCode::Conflict: return QStringLiteral("disabled");
    default: return QStringLiteral("wrong settings");
    }
}

} // namespace

AccountLine::AccountLine(qint64 accountId, SenderFactory& factory, Clock& clock, const RetryPolicy& policy, QObject* parent)
    : QObject(parent)
    , m_accountId(accountId)
    , m_factory(factory)
    , m_clock(clock)
    , m_policy(policy)
    , m_condition{QStringLiteral("starting"), {}}
{
    reload();
}

void AccountLine::reload()
{
    m_factory.make(m_accountId, false, this, [this](Result<std::shared_ptr<ReadyAccount>> made) { take(std::move(made)); });
}

void AccountLine::take(Result<std::shared_ptr<ReadyAccount>> made)
{
    if (m_sender) {
        // The old sender answers for what it has, then goes.
        Sender* old = m_sender.release();
        old->setParent(this);
        connect(old, &Sender::drained, old, &QObject::deleteLater);
        old->drain();
    }
    m_waitUntil = 0;
    m_downInARow = 0;
    if (!made) {
        m_condition = {stateOf(made.error().code), made.error().message};
        Q_EMIT roomChanged();
        return;
    }
    m_account = (*made)->account;
    m_sender = std::move((*made)->sender);
    m_condition = {QStringLiteral("ok"), {}};
    connect(m_sender.get(), &Sender::outcomes, this, &AccountLine::look);
    connect(m_sender.get(), &Sender::capacityChanged, this, &AccountLine::roomChanged);
    Q_EMIT roomChanged();
}

int AccountLine::room() const
{
    if (!m_sender || m_clock.steady() < m_waitUntil)
        return 0;
    return qMax(0, m_sender->capacity() - m_reserved);
}

bool AccountLine::takesUrgent() const
{
    return m_sender && m_clock.steady() >= m_waitUntil;
}

void AccountLine::send(const QList<Message>& messages)
{
    if (m_sender)
        return m_sender->send(messages);
    // The account went away between the journal and the wire: nothing was sent.
    QList<Outcome> answers;
    for (const Message& message : messages) {
        Outcome outcome;
        outcome.deliveryId = message.deliveryId;
        outcome.kind = OutcomeKind::ProviderDown;
        outcome.reason = m_condition.detail;
        outcome.notBeforeMs = downBaseMs;
        answers << outcome;
    }
    Q_EMIT outcomes(answers);
}

void AccountLine::drain()
{
    if (m_sender)
        m_sender->drain();
}

void AccountLine::look(const QList<Outcome>& outcomes)
{
    for (const Outcome& outcome : outcomes) {
        switch (outcome.kind) {
        case OutcomeKind::ProviderDown:
            if (m_clock.steady() >= m_waitUntil) {
                const qint64 growing = qMin(downMaxMs, m_policy.backoff(m_downInARow++, downBaseMs) + downBaseMs);
                wait(qMax(outcome.notBeforeMs, growing), QStringLiteral("down"), outcome.reason);
            }
            break;
        case OutcomeKind::Throttled:
            if (outcome.bucket != QStringLiteral("destination"))
                wait(qMax<qint64>(outcome.notBeforeMs, 1), QStringLiteral("throttled"), outcome.reason);
            break;
        case OutcomeKind::Sent: m_downInARow = 0; break;
        case OutcomeKind::Retry:
        case OutcomeKind::Refused:
        case OutcomeKind::Uncertain: break;
        }
    }
    Q_EMIT this->outcomes(outcomes);
}

void AccountLine::wait(qint64 forMs, const QString& state, const QString& detail)
{
    const qint64 until = m_clock.steady() + forMs;
    if (until <= m_waitUntil)
        return;
    m_waitUntil = until;
    m_condition = {state, detail};
    m_clock.after(forMs, this, [this, until] {
        if (m_waitUntil != until)
            return; // a longer wait has begun
        if (m_sender)
            m_condition = {QStringLiteral("ok"), {}};
        Q_EMIT roomChanged();
    });
}

} // namespace carillon
