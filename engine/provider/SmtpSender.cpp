// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpSender.h"

namespace carillon {

namespace {

// Eight connections carry up to 25,000 mails a second to a near server; a journal's commit takes some 10 ms, in which 250
// are sent.
constexpr int messagesPerConnection = 32;

} // namespace

SmtpSender::SmtpSender(Result<SmtpSettings> settings, Clock& clock)
    : m_depth(settings.value_or(SmtpSettings()).maxConnections * messagesPerConnection)
    , m_redactor(secretsOf(settings.value_or(SmtpSettings())))
    , m_incoming(std::make_shared<SmtpPool::Incoming>())
    , m_outgoing(std::make_shared<SmtpPool::Outgoing>())
    , m_pool(new SmtpPool(std::move(settings), clock, m_incoming, m_outgoing))
{
    m_thread.setObjectName(QStringLiteral("smtp"));
    m_pool->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_pool, &QObject::deleteLater);
    connect(m_pool, &SmtpPool::outcomesWaiting, this, &SmtpSender::collect);
    connect(m_pool, &SmtpPool::probed, this, &SmtpSender::tellProbed);
    m_thread.start();
}

// The password, and what AUTH PLAIN makes of it: a short one is not found within that by itself.
QList<Secret> SmtpSender::secretsOf(const SmtpSettings& settings)
{
    if (settings.password.isEmpty())
        return {};
    const QByteArray zero(1, '\0');
    return {settings.password, Secret(zero + settings.username.toUtf8() + zero + settings.password.reveal())};
}

SmtpSender::~SmtpSender()
{
    m_thread.quit();
    m_thread.wait();
}

int SmtpSender::capacity() const
{
    return m_draining ? 0 : qMax(0, m_depth - m_inHand);
}

void SmtpSender::send(QList<Message> messages)
{
    if (messages.isEmpty())
        return;
    m_inHand += int(messages.size());
    const bool first = m_outbox.isEmpty();
    m_outbox.append(std::move(messages));
    if (first)
        QMetaObject::invokeMethod(this, &SmtpSender::handOver, Qt::QueuedConnection);
}

void SmtpSender::drain()
{
    if (std::exchange(m_draining, true))
        return;
    handOver();
    QMetaObject::invokeMethod(m_pool, &SmtpPool::drain, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, &SmtpSender::finishDrain, Qt::QueuedConnection);
}

void SmtpSender::probe()
{
    QMetaObject::invokeMethod(m_pool, &SmtpPool::probe, Qt::QueuedConnection);
}

void SmtpSender::tellProbed(ProbeResult result)
{
    result.detail = m_redactor.cleaned(result.detail);
    result.error.message = m_redactor.cleaned(result.error.message);
    Q_EMIT probed(result);
}

void SmtpSender::handOver()
{
    if (!m_outbox.isEmpty() && m_incoming->put(std::exchange(m_outbox, {})))
        QMetaObject::invokeMethod(m_pool, &SmtpPool::takeMessages, Qt::QueuedConnection);
}

void SmtpSender::collect()
{
    QList<Outcome> answers = m_outgoing->takeAll();
    if (answers.isEmpty())
        return;
    for (Outcome& answer : answers)
        answer.reason = m_redactor.cleaned(answer.reason);
    m_inHand -= int(answers.size());
    Q_EMIT outcomes(answers);
    if (m_draining)
        finishDrain();
    else
        Q_EMIT capacityChanged();
}

void SmtpSender::finishDrain()
{
    if (m_inHand == 0 && !std::exchange(m_drainedTold, true))
        Q_EMIT drained();
}

} // namespace carillon
