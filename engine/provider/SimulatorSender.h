// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/base/Random.h"
#include "engine/provider/QueueingSender.h"
#include "engine/provider/SimulatorOutbox.h"
#include "engine/provider/SimulatorReceipts.h"

#include <QSet>

#include <map>

namespace carillon {

// Answers as SimulatorProvider tells. Waits by the clock, so that a test that owns the clock owns the answers' times.
class SimulatorSender final : public QueueingSender {
    Q_OBJECT

public:
    static constexpr int MaxInFlight = 1'000;

    // Without `receipts` it tells nothing later.
    SimulatorSender(const QJsonObject& settings, Clock& clock, std::shared_ptr<SimulatorOutbox> outbox,
                    std::unique_ptr<SimulatorReceipts> receipts = nullptr);

    void probe() override;

protected:
    void start(QList<Message> messages) override;
    void breakOff() override;

private:
    struct Chance {
        OutcomeKind kind;
        bool suppress;
        double upTo; // percent, added up
    };

    Outcome decide(const Message& message);
    Outcome byAddress(const QString& word, const Message& message);
    Outcome byChance();
    bool isFirstAttempt(const QString& idempotencyKey);
    bool takeFromRate(qint64& waitMs);
    bool isDown() const;
    void arm();
    void answerWhatIsDue();

    Clock& m_clock;
    SeededRandom m_random;
    std::shared_ptr<SimulatorOutbox> m_outbox;
    std::unique_ptr<SimulatorReceipts> m_receipts;
    qint64 m_latencyMs;
    qint64 m_jitterMs;
    qint64 m_ratePerSecond;
    qint64 m_outageEveryMs;
    qint64 m_outageMs;
    QList<Chance> m_chances;
    std::multimap<qint64, Outcome> m_due; // by steady time
    qint64 m_armedFor = -1;
    qint64 m_secondStarted = 0;
    qint64 m_takenThisSecond = 0;
    QSet<QString> m_seenOnce; // "retry-once": keys of first attempts
};

} // namespace carillon
