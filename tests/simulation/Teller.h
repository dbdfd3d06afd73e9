// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Platform.h"
#include "engine/base/Future.h"
#include "engine/model/Receipt.h"
#include "engine/provider/Callback.h"

namespace carillon::simulation {

// What a platform tells of a message that it took.
struct TellerReceipt {
    qint64 number = 0; // of the transmission; 0: forged, there was none
    qint64 accountId = 0;
    QString id; // the platform's
    QString key; // ours; empty: this platform does not repeat it
    ReceiptKind kind = ReceiptKind::Delivered;
    bool suppress = false;
    qint64 time = 0; // wall time; 0: it does not say
};

// The platforms' word of what became of messages: soon or hours later, in any order, more than once, contradicting itself,
// also of what nobody sent. As real platforms do, it tells again until it is answered that all is well, and holds for lost
// what it was not answered. It outlives every engine.
class Teller {
public:
    using Post = std::function<Future<CallbackAnswer>(qint64 accountId, const QByteArray& json)>;

    Teller(const Clock& clock, Dice& dice, const Weather& weather, Trace& trace);

    // The engine's address for callbacks.
    void setPost(Post post) { m_post = std::move(post); }
    // For meta-tests: says nothing again, as if each callback had been answered before anything was committed.
    void setHasty(bool hasty) { m_hasty = hasty; }

    // A message is in the recipient's mailbox: some of what becomes of it will be told.
    void taken(const Transmission& transmission);
    // Tells of what this account never sent.
    void forge(qint64 accountId);
    // From now on every answer of the engine arrives.
    void calmDown() { m_weather.deaf = 0; }

    // Steady time of the next telling; nothing when nothing is to be told.
    std::optional<qint64> next() const;
    // Tells some of what is due, in one callback.
    void act();
    // Notes the answers that have come.
    void listen();
    // The engine died: no answer will come, and what it knows of the questions is unknown.
    void hangUp();
    // Everything was told, and is held for heard.
    bool isDone() const { return m_due.empty() && m_posted.isEmpty(); }

    const QList<TellerReceipt>& receipts() const { return m_receipts; }

private:
    struct Posted {
        QList<qsizetype> what; // places among the receipts
        Future<CallbackAnswer> answer;
    };

    QList<TellerReceipt> storyOf();
    void add(const TellerReceipt& receipt);
    void tellAgain(const QList<qsizetype>& what);

    const Clock& m_clock;
    Dice& m_dice;
    Weather m_weather;
    Trace& m_trace;
    Post m_post;
    bool m_hasty = false;
    QList<TellerReceipt> m_receipts;
    std::multimap<qint64, qsizetype> m_due; // by steady time
    QList<Posted> m_posted;
    qint64 m_forged = 0;
};

} // namespace carillon::simulation
