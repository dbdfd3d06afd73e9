// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/QueueingSender.h"

#include "engine/base/Clock.h"

namespace carillon {

namespace {

Outcome stopping()
{
    Outcome outcome;
    outcome.kind = OutcomeKind::ProviderDown;
    outcome.reason = Sender::tr("The account is being stopped.");
    return outcome;
}

Outcome queueFull()
{
    Outcome outcome;
    outcome.kind = OutcomeKind::Throttled;
    outcome.bucket = QStringLiteral("account");
    outcome.notBeforeMs = 1'000;
    outcome.reason = Sender::tr("Too many messages wait for this account.");
    return outcome;
}

} // namespace

int QueueingSender::capacity() const
{
    return m_draining ? 0 : qMax(0, m_limit + m_ahead - m_inFlight - static_cast<int>(m_waiting.size()));
}

void QueueingSender::send(QList<Message> messages)
{
    if (m_draining)
        return turnAway(messages, stopping());
    const qsizetype room = MaxWaiting + m_limit - m_inFlight - m_waiting.size();
    const qsizetype taken = qBound(qsizetype(0), room, messages.size());
    for (const Message& message : messages.first(taken)) {
        if (message.urgent)
            m_waiting.prepend(message);
        else
            m_waiting.append(message);
    }
    pump();
    turnAway(messages.sliced(taken), queueFull());
}

void QueueingSender::drain()
{
    if (m_draining)
        return;
    m_draining = true;
    turnAway(std::exchange(m_waiting, {}), stopping());
    breakOff();
    reportIfDrained();
}

void QueueingSender::answer(const QList<Outcome>& answered)
{
    if (answered.isEmpty())
        return;
    m_inFlight -= static_cast<int>(answered.size());
    Q_ASSERT(m_inFlight >= 0);
    measure(answered.size());
    Q_EMIT outcomes(answered);
    pump();
    if (!m_draining)
        Q_EMIT capacityChanged();
    reportIfDrained();
}

void QueueingSender::measure(qsizetype answered)
{
    if (!m_clock)
        return;
    m_answered += answered;
    const qint64 passed = m_clock->steady() - m_measuredAt;
    if (passed < AheadMs)
        return;
    m_ahead = static_cast<int>(qMin(MostAhead, m_answered * AheadMs / passed));
    m_measuredAt += passed;
    m_answered = 0;
}

// A loop, not a recursion through answer(): a long queue of messages that fail at once must not grow the stack.
void QueueingSender::pump()
{
    if (m_pumping)
        return;
    m_pumping = true;
    while (!m_waiting.isEmpty() && m_inFlight < m_limit) {
        const qsizetype count = qMin<qsizetype>(m_waiting.size(), m_limit - m_inFlight);
        const QList<Message> next = m_waiting.first(count);
        m_waiting.remove(0, count);
        m_inFlight += static_cast<int>(count);
        start(next);
    }
    m_pumping = false;
}

void QueueingSender::reportIfDrained()
{
    if (!m_draining || m_inFlight > 0 || m_reportedDrained)
        return;
    m_reportedDrained = true;
    Q_EMIT drained();
}

void QueueingSender::turnAway(const QList<Message>& messages, const Outcome& answerTo)
{
    if (messages.isEmpty())
        return;
    QList<Outcome> answered(messages.size(), answerTo);
    for (qsizetype i = 0; i < messages.size(); ++i)
        answered[i].deliveryId = messages[i].deliveryId;
    Q_EMIT outcomes(answered);
}

} // namespace carillon
