// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DeclarativeSender.h"

#include <QJsonDocument>

namespace carillon {

namespace {

// A connection that has not answered for so long may be gone.
constexpr qint64 OpenMs = 30'000;

// Nobody was asked: there is no token, or no time any more.
Outcome notAsked(const Message& message, const Error& error)
{
    Outcome outcome;
    outcome.deliveryId = message.deliveryId;
    outcome.kind = OutcomeKind::ProviderDown;
    outcome.reason = error.message;
    return outcome;
}

Error stopping()
{
    return {ErrorCode::Cancelled, DeclarativeSender::tr("The account is being stopped."), {}};
}

std::unique_ptr<TokenKeeper> keeperFor(const ProviderFile& file, const RequestValues& values, const QList<Secret>& secrets,
                                       bool allowPrivateNetworks, Clock& clock, std::shared_ptr<HttpTransport> transport)
{
    auto auth = file.request.tokenAuth(values);
    if (!auth)
        return nullptr;
    const TokenKeeper::Options options{file.connectTimeoutMs, file.totalTimeoutMs, allowPrivateNetworks};
    return std::make_unique<TokenKeeper>(std::move(auth), values, secrets, clock, std::move(transport), options);
}

} // namespace

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
    , m_tokens(keeperFor(*m_file, m_values, m_secrets, m_allowPrivateNetworks, clock, m_transport))
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
    if (m_tokens && m_tokens->isDue())
        work.tokenless << Waiting{parts};
    else
        sendNow({parts}, work);
}

// APNs allows one stream on a new connection, and many once a token was good: all at once they would open as many
// connections as there are messages. So the first goes alone.
bool DeclarativeSender::isOpening() const
{
    return m_file->http2 && !m_underWay.isEmpty() && m_clock.steady() >= m_openUntil;
}

void DeclarativeSender::sendNow(const Waiting& ready, Work& work)
{
    if (isOpening()) {
        m_untilOpen << ready;
        return;
    }
    Result<RequestSpec::Made> made = make(ready.parts->current());
    if (!made)
        return proceed(ready.parts, refusal(ready.parts->message(), made.error()), work);
    work.requests << track(std::move(*made), {ready.parts, {}, {}, ready.wantsNewToken});
}

void DeclarativeSender::awaitToken(QList<Waiting> tokenless)
{
    m_tokens->get([this, tokenless = std::move(tokenless)](const Result<AccessToken>& token) {
        Work work;
        for (const Waiting& waiting : tokenless) {
            if (token)
                sendNow(waiting, work);
            else
                proceed(waiting.parts, notAsked(waiting.parts->message(), token.error()), work);
        }
        finish(std::move(work));
    });
}

void DeclarativeSender::proceed(const PartsPtr& parts, const Outcome& ofPart, Work& work)
{
    const MessageParts::Step step = parts->after(ofPart);
    if (step.isDone)
        work.answered << step.outcome;
    else if (step.waitMs == 0)
        sendCurrent(parts, work);
    else if (isDraining()) // nothing waits for its time any more
        work.answered << parts->brokenOff(stopping().message);
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
    if (m_tokens)
        m_tokens->breakOff(stopping());
    Work work;
    for (const Waiting& waiting : std::exchange(m_untilOpen, {}))
        proceed(waiting.parts, notAsked(waiting.parts->message(), stopping()), work);
    for (const PartsPtr& parts : std::exchange(m_held, {}))
        work.answered << parts->brokenOff(stopping().message);
    finish(std::move(work));
}

void DeclarativeSender::finish(Work work)
{
    if (!work.requests.isEmpty())
        m_transport->start(m_customer, std::move(work.requests));
    if (!work.tokenless.isEmpty())
        awaitToken(std::move(work.tokenless));
    answer(work.answered);
}

Result<RequestSpec::Made> DeclarativeSender::make(const Message& part) const
{
    const qint64 now = m_clock.now();
    Result<RequestSpec::Made> made = m_file->request.make(m_values.with(part, now), part, now);
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
    request.sharesConnection = m_file->http2;
    request.allowPrivateNetworks = m_allowPrivateNetworks;
    request.mayRepeat = !entry.parts || m_file->outcomes.lost() == OutcomeKind::Retry;
    if (m_tokens) {
        entry.token = m_tokens->last().value;
        TokenAuth::put(m_tokens->last(), request, made.sensitive);
    }
    entry.sensitive = std::move(made.sensitive);
    m_underWay.insert(request.tag, std::move(entry));
    return request;
}

void DeclarativeSender::receive(const QList<OutboundResponse>& responses)
{
    Work work;
    m_openUntil = m_clock.steady() + OpenMs;
    for (const OutboundResponse& response : responses) {
        const InFlight entry = m_underWay.take(response.tag);
        if (triesNewToken(entry, response))
            work.tokenless << Waiting{entry.parts, true};
        else if (entry.parts)
            proceed(entry.parts, judge(entry, response), work);
        else
            reportProbe(judgeProbe(entry, response));
    }
    for (const Waiting& waiting : std::exchange(m_untilOpen, {}))
        sendNow(waiting, work);
    finish(std::move(work));
}

bool DeclarativeSender::triesNewToken(const InFlight& entry, const OutboundResponse& response) const
{
    return m_tokens && entry.parts && !entry.hasNewToken && m_file->outcomes.wantsNewToken(response)
        && m_tokens->refuse(entry.token);
}

// Most accounts have the same secrets in every request: the spellings to look for are made once.
const Redactor& DeclarativeSender::redactorFor(const InFlight& entry)
{
    if (!m_redactor || m_redacted != entry.sensitive) {
        m_redacted = entry.sensitive;
        m_redactor.emplace(m_secrets + entry.sensitive);
    }
    return *m_redactor;
}

Outcome DeclarativeSender::judge(const InFlight& entry, const OutboundResponse& response)
{
    Outcome outcome = m_file->outcomes.outcomeOf(response, redactorFor(entry), m_clock.now());
    outcome.deliveryId = entry.parts->message().deliveryId;
    outcome.receiptsFollow = outcome.kind == OutcomeKind::Sent && m_file->receipts && m_file->receipts->referToMessages();
    return outcome;
}

void DeclarativeSender::probe()
{
    if (m_probing)
        return; // the answer that is under way is for both
    m_probing = true;
    if (!m_file->probe || m_file->probe->needsAddress(m_values))
        return reportProbe({true, {}, tr("The settings are complete. Whether messages are taken shows when one is sent.")});
    if (!m_tokens)
        return sendProbe();
    m_tokens->get([this](const Result<AccessToken>& token) {
        if (token)
            sendProbe();
        else
            reportProbe({false, token.error(), {}});
    });
}

void DeclarativeSender::sendProbe()
{
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
ProbeResult DeclarativeSender::judgeProbe(const InFlight& entry, const OutboundResponse& response)
{
    const Redactor& redactor = redactorFor(entry);
    if (response.result != HttpResult::Answered)
        return {false, {ErrorCode::Network, redactor.reason(response.problem.toUtf8()), {}}, {}};
    const QString said = tr("The platform answered %1. %2")
                             .arg(QString::number(response.status), redactor.reason(response.body, response.truncated))
                             .trimmed();
    const OutcomeKind kind = m_file->outcomes.outcomeOf(response, redactor, m_clock.now()).kind;
    const bool isSuccess = response.status >= 200 && response.status < 300;
    // What no rule for messages knows may answer a probe; a page that somebody else put in between does not.
    const bool isJson = !QJsonDocument::fromJson(response.body).isNull();
    const bool answers = kind == OutcomeKind::Uncertain && isJson;
    const bool taken = isSuccess && (kind == OutcomeKind::Sent || answers);
    const bool isAnswer = response.status != 401 && kind != OutcomeKind::ProviderDown;
    if (taken || (m_file->probeTakesAnyAnswer && isAnswer))
        return {true, {}, said};
    const bool isDown = isSuccess && kind == OutcomeKind::ProviderDown;
    const bool credentials = response.status == 401 || response.status == 403 || (isDown && isJson);
    QString sentence = tr("The platform answered with status %1. Check the account's settings.").arg(response.status);
    if (credentials)
        sentence = tr("The platform does not accept the account's credentials. Check them.");
    else if (isDown)
        sentence = tr("Something else than the platform has answered. Check the account's address.");
    return {false, {credentials ? ErrorCode::NeedsSecret : ErrorCode::Network, sentence, {}}, said};
}

} // namespace carillon
