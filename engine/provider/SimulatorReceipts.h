// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/base/Random.h"
#include "engine/provider/Callback.h"
#include "engine/provider/ReceiptRules.h"

#include <QObject>

#include <map>

namespace carillon {

// Where a simulated platform posts its callbacks: as a real one to the account's address, only without a network.
using ReceiptSink = std::function<Future<CallbackAnswer>(qint64 accountId, const QByteArray& json)>;

// How the simulator's callbacks are read: {"receipts": [{"id", "key", "kind", "reason", "code", "time", "suppress"}, ...],
// "messages": [{"id", "from", "text", "answersTo", "time", "stop"}, ...]}.
std::shared_ptr<const ReceiptRules> simulatorReceiptRules();

// Tells what became of the messages that a simulated account took: which, and how late, by chance as its settings say, or as
// the address's first word does. What is not taken is told again later, as platforms do. Belongs to its sender and its
// thread.
class SimulatorReceipts : public QObject {
    Q_OBJECT

public:
    static constexpr size_t MaxPending = 100'000; // beyond, no more is told of new messages
    static constexpr int MaxTries = 12;

    // The clock must outlive it.
    SimulatorReceipts(qint64 accountId, const QJsonObject& settings, Clock& clock, ReceiptSink sink);

    // A message to an address that begins with `word` will be taken under this id, with the answer `answerInMs` from now.
    void taken(const QString& providerId, const QString& word, qint64 answerInMs);
    // Before its sender goes, for the account is stopped or made anew: what was not told yet is told at once.
    void tellAll();

private:
    struct Shares { // percent
        double delivered = 0;
        double read = 0;
        double failed = 0;
        double bounced = 0;
        double complained = 0;
        double twice = 0;
        double early = 0;
    };
    struct Pending {
        QString providerId;
        ReceiptKind kind;
    };

    bool happens(double percent) { return static_cast<double>(m_random.below(1'000'000)) < percent * 10'000; }
    QList<ReceiptKind> kindsFor(const QString& word);
    void arm();
    void tellWhatIsDue();
    void tellUntil(qint64 steadyTime, qsizetype most);
    void tell(const QByteArray& json, int tries);

    const qint64 m_accountId;
    Clock& m_clock;
    SeededRandom m_random;
    const ReceiptSink m_sink;
    Shares m_shares;
    qint64 m_afterMs;
    std::multimap<qint64, Pending> m_pending; // by steady time
    qint64 m_armedFor = -1;
};

} // namespace carillon
