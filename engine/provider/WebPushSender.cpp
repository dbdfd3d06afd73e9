// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/WebPushSender.h"

#include "engine/provider/OutcomeRules.h"
#include "engine/provider/Redactor.h"
#include "engine/provider/WebPushProvider.h"

#include <QUrl>

namespace carillon {

namespace {

constexpr int mostInFlight = 64;
constexpr qint64 leastPauseMs = 5'000; // for a service that says "too fast" and not how long

bool isGone(int status)
{
    return status == 404 || status == 410;
}

// Without the words of an HTML page, of which nobody wants to read.
QByteArray saidBy(const OutboundResponse& response)
{
    return response.header("content-type").toLower().startsWith("text/html") ? QByteArray() : response.body;
}

} // namespace

WebPushSender::WebPushSender(const AccountConfig& config, Clock& clock, std::shared_ptr<HttpTransport> transport,
                             qint64 timeoutMs)
    : QueueingSender(mostInFlight, &clock)
    , m_config(config)
    , m_requests(config)
    , m_clock(clock)
    , m_transport(std::move(transport))
    , m_customer(m_transport->open([this](const QList<OutboundResponse>& responses) { receive(responses); }))
    , m_timeoutMs(timeoutMs)
{
}

WebPushSender::~WebPushSender()
{
    m_transport->close(m_customer);
}

void WebPushSender::start(QList<Message> messages)
{
    QList<OutboundRequest> requests;
    QList<Outcome> refused;
    for (const Message& message : messages) {
        Result<OutboundRequest> request = begin(message);
        if (request) {
            requests << std::move(*request);
            continue;
        }
        Outcome outcome;
        outcome.deliveryId = message.deliveryId;
        outcome.kind = OutcomeKind::Refused;
        outcome.reason = request.error().message;
        refused << outcome;
    }
    if (!requests.isEmpty())
        m_transport->start(m_customer, std::move(requests));
    answer(refused);
}

Result<OutboundRequest> WebPushSender::begin(const Message& message)
{
    const Result<PushSubscription> to = PushSubscription::parse(message.to);
    return to ? prepare({message, *to}) : fail(to.error());
}

Result<OutboundRequest> WebPushSender::prepare(InFlight entry)
{
    Result<OutboundRequest> request = m_requests.make(entry.message, entry.to, m_clock.now());
    if (!request)
        return request;
    request->tag = ++m_lastTag;
    request->connectTimeoutMs = qMin(request->connectTimeoutMs, m_timeoutMs);
    request->totalTimeoutMs = m_timeoutMs;
    m_underWay.insert(request->tag, std::move(entry));
    return request;
}

void WebPushSender::receive(const QList<OutboundResponse>& responses)
{
    QList<OutboundRequest> followed;
    QList<Outcome> answered;
    for (const OutboundResponse& response : responses) {
        const InFlight entry = m_underWay.take(response.tag);
        if (std::optional<OutboundRequest> request = follow(entry, response))
            followed << std::move(*request);
        else
            answered << judge(entry, response);
    }
    if (!followed.isEmpty())
        m_transport->start(m_customer, std::move(followed));
    answer(answered);
}

std::optional<OutboundRequest> WebPushSender::follow(const InFlight& entry, const OutboundResponse& response)
{
    if (entry.isMoved || (response.status != 307 && response.status != 308))
        return std::nullopt;
    InFlight moved = entry;
    moved.isMoved = true;
    moved.isMovedForGood = response.status == 308;
    const QUrl location = QUrl::fromEncoded(response.header("location"), QUrl::StrictMode);
    moved.to.endpoint = QUrl(entry.to.endpoint).resolved(location).toString(QUrl::FullyEncoded);
    if (location.isEmpty() || !PushSubscription::parse(moved.to.text()))
        return std::nullopt;
    Result<OutboundRequest> request = prepare(std::move(moved));
    return request ? std::optional(std::move(*request)) : std::nullopt;
}

Outcome WebPushSender::judge(const InFlight& entry, const OutboundResponse& response)
{
    const QUrl endpoint(entry.to.endpoint);
    const Redactor redactor(m_config.secrets.values()
                            << Secret(entry.to.endpoint.toUtf8())
                            << Secret(endpoint.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority).mid(1)));
    Outcome outcome;
    outcome.deliveryId = entry.message.deliveryId;
    if (response.result != HttpResult::Answered) {
        outcome.kind = response.result == HttpResult::Lost ? OutcomeKind::Uncertain
            : response.result == HttpResult::NotSent       ? OutcomeKind::Retry
                                                           : OutcomeKind::Refused;
        outcome.reason = redactor.reason(response.problem.toUtf8());
        return outcome;
    }
    outcome.kind = kindOf(response.status);
    outcome.code = QString::number(response.status);
    if (outcome.kind == OutcomeKind::Sent) {
        m_taken = true;
        outcome.providerId = redactor.reason(response.header("location"));
        if (entry.isMovedForGood)
            outcome.movedTo = entry.to.text();
        return outcome;
    }
    fillReason(outcome, response, redactor);
    outcome.suppressAddress = isGone(response.status);
    if (outcome.kind != OutcomeKind::Refused)
        outcome.notBeforeMs = parseWait(response.header("retry-after"), 1'000, m_clock.now());
    if (outcome.kind == OutcomeKind::Throttled) {
        outcome.bucket = QStringLiteral("destination");
        outcome.notBeforeMs = qMax(outcome.notBeforeMs, leastPauseMs);
    }
    return outcome;
}

OutcomeKind WebPushSender::kindOf(int status)
{
    if (status >= 200 && status < 300)
        return OutcomeKind::Sent;
    if (status == 401 || status == 403)
        return m_taken ? OutcomeKind::Retry : OutcomeKind::ProviderDown;
    if (status == 429)
        return OutcomeKind::Throttled;
    const bool forNow = status == 408 || status == 425 || status < 300 || status >= 500;
    return forNow ? OutcomeKind::Retry : OutcomeKind::Refused;
}

void WebPushSender::fillReason(Outcome& outcome, const OutboundResponse& response, const Redactor& redactor) const
{
    QString sentence;
    if (isGone(response.status))
        sentence = tr("The push service said gone (%1): the browser has unsubscribed.");
    else if (response.status == 401 || response.status == 403)
        sentence
            = tr("The push service refuses our VAPID key (%1): the key, the contact or this computer's clock is wrong.");
    else if (response.status == 413)
        sentence = tr("The message is too large for this push service (%1).");
    else
        sentence = tr("The push service answered %1.");
    const QString said = redactor.reason(saidBy(response), response.truncated);
    outcome.reason = QString(sentence.arg(response.status) + u' ' + said).trimmed().left(Redactor::MaxReason);
}

// Queued, so that the answer never comes before probe() has returned.
void WebPushSender::probe()
{
    if (m_probing)
        return; // the answer that is under way is for both
    m_probing = true;
    const QString publicKey = m_config.settings.value(WebPushProvider::PublicKeyField).toString();
    const QString detail
        = tr("The keys are there (public: %1). Whether messages are taken shows when one is sent to a browser.")
              .arg(publicKey);
    QMetaObject::invokeMethod(
        this,
        [this, detail] {
            m_probing = false;
            Q_EMIT probed({true, {}, detail});
        },
        Qt::QueuedConnection);
}

} // namespace carillon
