// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpPool.h"

#include "engine/provider/SmtpProbe.h"
#include "engine/provider/SmtpTls.h"

#include <algorithm>

namespace carillon {

namespace {

constexpr int maxTries = 3;
constexpr int maxFailures = 3;
constexpr qint64 limitedMs = 60'000;
constexpr qint64 tickMs = 1'000;
constexpr std::size_t jobsPerOpening = 4; // messages that may wait for a connection that is being opened
constexpr std::size_t jobsPerConnection = 2; // messages a connection has on the wire at a time

bool isAccountThrottled(const Outcome& outcome)
{
    return outcome.kind == OutcomeKind::Throttled && outcome.bucket == QStringLiteral("account");
}

} // namespace

SmtpPool::SmtpPool(Result<SmtpSettings> settings, Clock& clock, std::shared_ptr<Incoming> incoming,
                   std::shared_ptr<Outgoing> outgoing)
    : m_settings(settings.value_or(SmtpSettings()))
    , m_usable(settings ? Status() : Status(fail(settings.error())))
    , m_clock(clock)
    , m_incoming(std::move(incoming))
    , m_outgoing(std::move(outgoing))
    , m_limit(m_settings.maxConnections)
{
}

void SmtpPool::takeMessages()
{
    for (Message& message : m_incoming->takeAll()) {
        if (message.urgent)
            m_waiting.push_front({std::move(message), 0});
        else
            m_waiting.push_back({std::move(message), 0});
    }
    if (m_draining)
        giveUp(smtpLost(tr("The account is being closed.")));
    m_offered = true;
    scheduleTurn();
}

void SmtpPool::drain()
{
    m_draining = true;
    takeMessages();
    const std::vector<SmtpConnection*> connections = m_connections; // retiring may remove one
    for (SmtpConnection* connection : connections)
        connection->retire();
}

void SmtpPool::probe()
{
    const Result<QSslConfiguration> tls = prepare();
    if (!tls) {
        Q_EMIT probed({false, tls.error(), {}});
        return;
    }
    auto* probe = new SmtpProbe(m_settings, *tls, m_clock, this);
    connect(probe, &SmtpProbe::probed, this, &SmtpPool::probed);
    probe->start();
}

std::optional<SmtpJob> SmtpPool::nextJob()
{
    while (!m_waiting.empty()) {
        std::optional<SmtpJob> job(std::move(m_waiting.front()));
        m_waiting.pop_front();
        if (sign(*job))
            return job;
        scheduleTurn(); // for the outcome
    }
    return {};
}

// Just before the wire, in this thread, so that no other pays for it. A job that comes back has its signatures already.
bool SmtpPool::sign(SmtpJob& job)
{
    if (!m_settings.dkim || job.isSigned)
        return true;
    const Result<QByteArray> signatures = m_settings.dkim->sign(job.message.content, m_clock.now() / 1'000);
    if (!signatures) {
        Outcome outcome;
        outcome.deliveryId = job.message.deliveryId;
        outcome.kind = OutcomeKind::Refused;
        outcome.reason = signatures.error().message;
        m_outcomes += outcome;
        return false;
    }
    job.message.content.prepend(*signatures);
    job.isSigned = true;
    return true;
}

void SmtpPool::giveBack(SmtpConnection& connection, QList<SmtpJob> jobs)
{
    const std::optional<SmtpFailure>& failure = connection.session()->failure();
    const bool useful = failure && connection.session()->answered() > 0; // a server may count messages and then close
    const SmtpFailure last
        = failure.value_or(smtpLost(tr("The mail server did not take this message in %1 tries.").arg(maxTries)));
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        job->tries += useful ? 0 : 1;
        if (m_draining)
            m_outcomes += notSent(job->message.deliveryId, smtpLost(tr("The account is being closed.")));
        else if (job->tries >= maxTries)
            m_outcomes += notSent(job->message.deliveryId, last);
        else
            m_waiting.push_front(std::move(*job));
    }
    m_offered = true;
    scheduleTurn();
}

void SmtpPool::answered(QList<Outcome> outcomes)
{
    const auto decided = [](const Outcome& outcome) {
        return outcome.kind != OutcomeKind::Uncertain && outcome.kind != OutcomeKind::ProviderDown;
    };
    if (std::any_of(outcomes.begin(), outcomes.end(), decided))
        m_failures = 0;
    const auto told = std::find_if(outcomes.begin(), outcomes.end(), isAccountThrottled);
    if (told != outcomes.end()) // the server would refuse what waits as well, and hold it against us
        giveUp({{ErrorCode::Network, told->reason, {}}, told->code, told->notBeforeMs, false, true});
    m_outcomes.append(std::move(outcomes));
    scheduleTurn();
}

void SmtpPool::ready(SmtpConnection&)
{
    scheduleTurn();
}

void SmtpPool::ended(SmtpConnection& connection)
{
    std::erase(m_connections, &connection);
    judge(connection);
    connection.deleteLater();
    scheduleTurn();
}

void SmtpPool::ticketReceived(const QByteArray& ticket)
{
    if (m_tls)
        m_tls->setSessionTicket(ticket);
}

// What the end of a connection says of the server.
void SmtpPool::judge(const SmtpConnection& connection)
{
    const bool useful = connection.session() && connection.session()->answered() > 0;
    if (!connection.failure() || useful) // one that has done its work may end as it likes
        return;
    ++m_failures;
    ticketReceived({}); // should that be what the server stumbled over
    if (readyCount() > 0) {
        m_limit = int(m_connections.size());
        m_limitedUntil = m_clock.steady() + limitedMs;
    } else if (m_failures >= maxFailures || (!connection.wasReady() && m_connections.empty())) {
        giveUp(*connection.failure());
    }
}

void SmtpPool::giveUp(const SmtpFailure& failure)
{
    for (const SmtpJob& job : m_waiting)
        m_outcomes += notSent(job.message.deliveryId, failure);
    m_waiting.clear();
    m_failures = 0; // the next message asks the server anew
}

// What happened in this turn of the event loop is acted on once, after all its sockets have been read. A connection that was
// answered has asked for messages itself; those that had nothing to do are asked when some have come.
void SmtpPool::scheduleTurn()
{
    if (std::exchange(m_turnScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &SmtpPool::turn, Qt::QueuedConnection);
}

void SmtpPool::turn()
{
    m_turnScheduled = false;
    const std::vector<SmtpConnection*> connections = m_connections; // pumping may remove one
    const bool offered = std::exchange(m_offered, false);
    for (SmtpConnection* connection : connections) {
        if (m_waiting.empty() || !offered)
            break;
        connection->pump();
    }
    openConnections();
    flushOutcomes();
}

void SmtpPool::openConnections()
{
    if (m_limit < m_settings.maxConnections && m_clock.steady() >= m_limitedUntil)
        m_limit = m_settings.maxConnections;
    while (needsConnection()) {
        const Result<QSslConfiguration> tls = prepare();
        if (!tls)
            return giveUp(smtpMisconfigured(tls.error().message, tls.error().code));
        m_connections.push_back(new SmtpConnection(m_settings, *tls, m_clock, *this, this));
        m_connections.back()->open();
        startTicking();
    }
}

bool SmtpPool::needsConnection() const
{
    const int ready = readyCount();
    const auto opening = m_connections.size() - std::size_t(ready);
    if (m_draining || int(m_connections.size()) >= m_limit || (ready == 0 && opening > 0))
        return false;
    return m_waiting.size() > opening * jobsPerOpening + std::size_t(ready) * jobsPerConnection;
}

int SmtpPool::readyCount() const
{
    return int(std::count_if(m_connections.begin(), m_connections.end(),
                             [](const SmtpConnection* connection) { return connection->isReady(); }));
}

void SmtpPool::flushOutcomes()
{
    if (!m_outcomes.isEmpty() && m_outgoing->put(std::exchange(m_outcomes, {})))
        Q_EMIT outcomesWaiting();
}

void SmtpPool::startTicking()
{
    if (!std::exchange(m_ticking, true))
        m_clock.after(tickMs, this, [this] { tick(); });
}

void SmtpPool::tick()
{
    m_ticking = false;
    const std::vector<SmtpConnection*> connections = m_connections; // a time-out removes one
    for (SmtpConnection* connection : connections)
        connection->checkTime();
    if (!m_connections.empty())
        startTicking();
}

Result<QSslConfiguration> SmtpPool::prepare()
{
    if (!m_usable)
        return fail(m_usable.error());
    if (!m_tls) {
        Result<QSslConfiguration> made = smtpTlsConfiguration(m_settings);
        if (!made)
            return made;
        m_tls = *made;
    }
    return *m_tls;
}

} // namespace carillon
