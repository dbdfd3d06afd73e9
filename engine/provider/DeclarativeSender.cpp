// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DeclarativeSender.h"

namespace carillon {

DeclarativeSender::DeclarativeSender(std::shared_ptr<const ProviderFile> file, const AccountConfig& config, Clock& clock,
                                     std::shared_ptr<HttpTransport> transport)
    : QueueingSender(file->inFlight, &clock)
    , m_file(std::move(file))
    , m_values(config)
    , m_secrets(config.secrets.values())
    , m_allowPrivateNetworks(config.settings.value(m_file->privateNetworksField).toBool())
    , m_clock(clock)
    , m_transport(std::move(transport))
    , m_customer(m_transport->open([this](const QList<OutboundResponse>& responses) { receive(responses); }))
{
}

DeclarativeSender::~DeclarativeSender()
{
    m_transport->close(m_customer);
}

void DeclarativeSender::start(QList<Message> messages)
{
    Work work;
    for (Message& message : messages)
        begin(std::move(message), work);
    finish(std::move(work));
}

void DeclarativeSender::begin(Message message, Work& work)
{
    const auto parts = std::make_shared<MessageParts>(std::move(message));
    for (qsizetype i = 1; i < parts->count(); ++i) {
        if (const auto made = make(parts->part(i)); !made) {
            work.answered << refusal(parts->message(), made.error());
            return;
        }
    }
    sendCurrent(parts, work);
}

void DeclarativeSender::sendCurrent(const PartsPtr& parts, Work& work)
{
    Result<RequestSpec::Made> made = make(parts->current());
    if (made)
        work.requests << track(std::move(*made), {parts, {}});
    else
        proceed(parts, refusal(parts->message(), made.error()), work);
}

void DeclarativeSender::proceed(const PartsPtr& parts, const Outcome& ofPart, Work& work)
{
    const MessageParts::Step step = parts->after(ofPart);
    if (step.isDone)
        work.answered << step.outcome;
    else if (step.waitMs == 0)
        sendCurrent(parts, work);
    else
        hold(parts, step.waitMs);
}

void DeclarativeSender::hold(const PartsPtr& parts, qint64 waitMs)
{
    const quint64 tag = ++m_lastTag;
    m_held.insert(tag, parts);
    m_clock.after(waitMs, this, [this, tag] {
        const PartsPtr held = m_held.take(tag);
        if (!held)
            return; // broken off
        Work work;
        sendCurrent(held, work);
        finish(std::move(work));
    });
}

void DeclarativeSender::breakOff()
{
    Work work;
    for (const PartsPtr& parts : std::exchange(m_held, {}))
        work.answered << parts->brokenOff(tr("The account is being stopped."));
    finish(std::move(work));
}

void DeclarativeSender::finish(Work work)
{
    if (!work.requests.isEmpty())
        m_transport->start(m_customer, std::move(work.requests));
    answer(work.answered);
}

Result<RequestSpec::Made> DeclarativeSender::make(const Message& part) const
{
    Result<RequestSpec::Made> made = m_file->request.make(m_values.with(part), part, m_clock.now());
    const qint64 limit = m_file->description.maxMessageBytes;
    if (made && limit > 0 && made->request.body.size() > limit)
        return fail(ErrorCode::InvalidInput,
                    tr("The message has %1 bytes; %2 takes at most %3.")
                        .arg(made->request.body.size())
                        .arg(m_file->description.name)
                        .arg(limit));
    return made;
}

Outcome DeclarativeSender::refusal(const Message& message, const Error& error) const
{
    Outcome outcome;
    outcome.deliveryId = message.deliveryId;
    outcome.kind = OutcomeKind::Refused;
    outcome.reason = Redactor(m_secrets).reason(error.message.toUtf8());
    return outcome;
}

OutboundRequest DeclarativeSender::track(RequestSpec::Made made, InFlight entry)
{
    OutboundRequest request = std::move(made.request);
    request.tag = ++m_lastTag;
    request.connectTimeoutMs = m_file->connectTimeoutMs;
    request.totalTimeoutMs = m_file->totalTimeoutMs;
    request.allowPrivateNetworks = m_allowPrivateNetworks;
    entry.sensitive = std::move(made.sensitive);
    m_underWay.insert(request.tag, std::move(entry));
    return request;
}

void DeclarativeSender::receive(const QList<OutboundResponse>& responses)
{
    Work work;
    for (const OutboundResponse& response : responses) {
        const InFlight entry = m_underWay.take(response.tag);
        if (entry.parts)
            proceed(entry.parts, judge(entry, response), work);
        else
            reportProbe(judgeProbe(entry, response));
    }
    finish(std::move(work));
}

// Most accounts have the same secrets in every request: the spellings to look for are made once.
const Redactor& DeclarativeSender::redactorFor(const InFlight& entry) const
{
    if (!m_redactor || m_redacted != entry.sensitive) {
        m_redacted = entry.sensitive;
        m_redactor.emplace(m_secrets + entry.sensitive);
    }
    return *m_redactor;
}

Outcome DeclarativeSender::judge(const InFlight& entry, const OutboundResponse& response) const
{
    Outcome outcome = m_file->outcomes.outcomeOf(response, redactorFor(entry), m_clock.now());
    outcome.deliveryId = entry.parts->message().deliveryId;
    return outcome;
}

void DeclarativeSender::probe()
{
    if (m_probing)
        return; // the answer that is under way is for both
    m_probing = true;
    if (!m_file->probe || m_file->probe->needsAddress(m_values))
        return reportProbe({true, {}, tr("The settings are complete. Whether messages are taken shows when one is sent.")});
    const Result<RequestSpec::Made> made = m_file->probe->make(m_values, {}, m_clock.now());
    if (!made)
        return reportProbe({false, made.error(), {}});
    m_transport->start(m_customer, {track(*made, {})});
}

// Queued, so that the answer never comes before probe() has returned.
void DeclarativeSender::reportProbe(const ProbeResult& result)
{
    QMetaObject::invokeMethod(
        this,
        [this, result] {
            m_probing = false;
            Q_EMIT probed(result);
        },
        Qt::QueuedConnection);
}

// A platform may say "no" with status 200; the rules for messages know that.
ProbeResult DeclarativeSender::judgeProbe(const InFlight& entry, const OutboundResponse& response) const
{
    const Redactor& redactor = redactorFor(entry);
    if (response.result != HttpResult::Answered)
        return {false, {ErrorCode::Network, redactor.reason(response.problem.toUtf8()), {}}, {}};
    const QString said = tr("The platform answered %1. %2")
                             .arg(QString::number(response.status), redactor.reason(response.body, response.truncated))
                             .trimmed();
    const OutcomeKind kind = m_file->outcomes.outcomeOf(response, redactor, m_clock.now()).kind;
    const bool isSuccess = response.status >= 200 && response.status < 300;
    const bool taken = isSuccess && (kind == OutcomeKind::Sent || kind == OutcomeKind::Uncertain);
    if (taken || (m_file->probeTakesAnyAnswer && response.status != 401))
        return {true, {}, said};
    const bool credentials
        = response.status == 401 || response.status == 403 || (isSuccess && kind == OutcomeKind::ProviderDown);
    const QString sentence = credentials
        ? tr("The platform does not accept the account's credentials. Check them.")
        : tr("The platform answered with status %1. Check the account's settings.").arg(response.status);
    return {false, {credentials ? ErrorCode::NeedsSecret : ErrorCode::Network, sentence, {}}, said};
}

} // namespace carillon
