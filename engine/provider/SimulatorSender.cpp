// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SimulatorSender.h"

#include <QRegularExpression>

namespace carillon {

namespace {

constexpr qint64 SlowMs = 5'000;
constexpr qint64 RetryMs = 1'000;
constexpr qsizetype MaxRemembered = 10'000;

QString firstWord(const QString& address)
{
    static const QRegularExpression end(QStringLiteral("[+@]"));
    return address.left(address.indexOf(end)).toLower();
}

Outcome outcomeOf(OutcomeKind kind, bool suppress = false)
{
    Outcome outcome;
    outcome.kind = kind;
    outcome.suppressAddress = suppress;
    switch (kind) {
    case OutcomeKind::Sent: break;
    case OutcomeKind::Retry:
        outcome.code = QStringLiteral("451");
        outcome.reason = QStringLiteral("Simulated: try again");
        outcome.notBeforeMs = RetryMs;
        break;
    case OutcomeKind::Throttled:
        outcome.code = QStringLiteral("429");
        outcome.reason = QStringLiteral("Simulated: too many messages");
        outcome.bucket = QStringLiteral("account");
        outcome.notBeforeMs = RetryMs;
        break;
    case OutcomeKind::Refused:
        outcome.code = suppress ? QStringLiteral("550 5.1.1") : QStringLiteral("550 5.7.1");
        outcome.reason = suppress ? QStringLiteral("Simulated: no such address") : QStringLiteral("Simulated: refused");
        break;
    case OutcomeKind::ProviderDown:
        outcome.reason = QStringLiteral("Simulated: the platform is down");
        outcome.notBeforeMs = RetryMs;
        break;
    case OutcomeKind::Uncertain: outcome.reason = QStringLiteral("Simulated: the answer was lost"); break;
    }
    return outcome;
}

} // namespace

SimulatorSender::SimulatorSender(const QJsonObject& settings, Clock& clock, std::shared_ptr<SimulatorOutbox> outbox,
                                 std::unique_ptr<SimulatorReceipts> receipts)
    : QueueingSender(MaxInFlight)
    , m_clock(clock)
    , m_random(static_cast<quint64>(settings.value(QStringLiteral("seed")).toDouble(1)))
    , m_outbox(std::move(outbox))
    , m_receipts(std::move(receipts))
    , m_latencyMs(settings.value(QStringLiteral("latency_ms")).toInteger(20))
    , m_jitterMs(settings.value(QStringLiteral("jitter_ms")).toInteger(10))
    , m_ratePerSecond(settings.value(QStringLiteral("rate_per_second")).toInteger(0))
    , m_outageEveryMs(1'000 * settings.value(QStringLiteral("outage_every_seconds")).toInteger(0))
    , m_outageMs(1'000 * settings.value(QStringLiteral("outage_seconds")).toInteger(0))
    , m_secondStarted(clock.steady())
{
    double upTo = 0;
    const auto add = [&](const QString& key, OutcomeKind kind, bool suppress) {
        upTo += settings.value(key).toDouble();
        m_chances << Chance{kind, suppress, upTo};
    };
    add(QStringLiteral("percent_refused"), OutcomeKind::Refused, false);
    add(QStringLiteral("percent_bounced"), OutcomeKind::Refused, true);
    add(QStringLiteral("percent_retry"), OutcomeKind::Retry, false);
    add(QStringLiteral("percent_down"), OutcomeKind::ProviderDown, false);
    add(QStringLiteral("percent_uncertain"), OutcomeKind::Uncertain, false);
}

void SimulatorSender::start(QList<Message> messages)
{
    const qint64 now = m_clock.steady();
    for (const Message& message : messages) {
        const qint64 extra = firstWord(message.to) == QStringLiteral("slow") ? SlowMs : 0;
        const qint64 jitter = static_cast<qint64>(m_random.below(static_cast<quint64>(m_jitterMs) + 1));
        Outcome outcome = decide(message);
        outcome.deliveryId = message.deliveryId;
        if (outcome.kind == OutcomeKind::Sent) {
            outcome.providerId = QStringLiteral("sim-") + m_random.hex(8);
            outcome.receiptsFollow = m_receipts != nullptr;
            if (m_receipts)
                m_receipts->taken(outcome.providerId, firstWord(message.to), m_latencyMs + jitter + extra);
            if (m_outbox)
                m_outbox->add(message);
        }
        m_due.emplace(now + m_latencyMs + jitter + extra, outcome);
    }
    arm();
}

// Who comes after it knows nothing of what this one has taken.
void SimulatorSender::breakOff()
{
    if (m_receipts)
        m_receipts->tellAll();
}

Outcome SimulatorSender::decide(const Message& message)
{
    if (isDown())
        return outcomeOf(OutcomeKind::ProviderDown);
    qint64 waitMs = 0;
    if (!takeFromRate(waitMs)) {
        Outcome throttled = outcomeOf(OutcomeKind::Throttled);
        throttled.notBeforeMs = waitMs;
        return throttled;
    }
    return byAddress(firstWord(message.to), message);
}

Outcome SimulatorSender::byAddress(const QString& word, const Message& message)
{
    static const QHash<QString, Outcome> words{
        {QStringLiteral("refuse"), outcomeOf(OutcomeKind::Refused)},
        {QStringLiteral("bounce"), outcomeOf(OutcomeKind::Refused, true)},
        {QStringLiteral("retry"), outcomeOf(OutcomeKind::Retry)},
        {QStringLiteral("throttle"), outcomeOf(OutcomeKind::Throttled)},
        {QStringLiteral("down"), outcomeOf(OutcomeKind::ProviderDown)},
        {QStringLiteral("uncertain"), outcomeOf(OutcomeKind::Uncertain)},
        {QStringLiteral("slow"), outcomeOf(OutcomeKind::Sent)},
    };
    if (word == QStringLiteral("retry-once"))
        return outcomeOf(isFirstAttempt(message.idempotencyKey) ? OutcomeKind::Retry : OutcomeKind::Sent);
    const auto found = words.constFind(word);
    return found == words.cend() ? byChance() : *found;
}

Outcome SimulatorSender::byChance()
{
    const double roll = static_cast<double>(m_random.below(1'000'000)) / 10'000;
    for (const Chance& chance : m_chances) {
        if (roll < chance.upTo)
            return outcomeOf(chance.kind, chance.suppress);
    }
    return outcomeOf(OutcomeKind::Sent);
}

// Remembers the last few thousand; beyond that, forgetting all is better than growing.
bool SimulatorSender::isFirstAttempt(const QString& idempotencyKey)
{
    if (m_seenOnce.remove(idempotencyKey))
        return false;
    if (m_seenOnce.size() >= MaxRemembered)
        m_seenOnce.clear();
    m_seenOnce.insert(idempotencyKey);
    return true;
}

bool SimulatorSender::takeFromRate(qint64& waitMs)
{
    if (m_ratePerSecond <= 0)
        return true;
    const qint64 now = m_clock.steady();
    if (now - m_secondStarted >= 1'000) {
        m_secondStarted = now;
        m_takenThisSecond = 0;
    }
    waitMs = m_secondStarted + 1'000 - now;
    return m_takenThisSecond++ < m_ratePerSecond;
}

// At the end of each span, so that something goes out first.
bool SimulatorSender::isDown() const
{
    return m_outageEveryMs > 0 && m_clock.now() % m_outageEveryMs >= m_outageEveryMs - m_outageMs;
}

void SimulatorSender::arm()
{
    if (m_due.empty() || (m_armedFor >= 0 && m_armedFor <= m_due.begin()->first))
        return;
    m_armedFor = m_due.begin()->first;
    m_clock.after(qMax<qint64>(0, m_armedFor - m_clock.steady()), this, [this] { answerWhatIsDue(); });
}

void SimulatorSender::answerWhatIsDue()
{
    m_armedFor = -1;
    QList<Outcome> due;
    const auto end = m_due.upper_bound(m_clock.steady());
    for (auto it = m_due.begin(); it != end; ++it)
        due << it->second;
    m_due.erase(m_due.begin(), end);
    answer(due);
    arm();
}

void SimulatorSender::probe()
{
    m_clock.after(m_latencyMs, this, [this] { Q_EMIT probed({true, {}, tr("The simulator is ready. It sends nothing.")}); });
}

} // namespace carillon
