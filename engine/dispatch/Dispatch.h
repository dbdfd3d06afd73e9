// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/dispatch/CampaignRunner.h"
#include "engine/dispatch/Dispatcher.h"

#include <atomic>

namespace carillon {

class ProviderRegistry;
class Vault;

// The dispatch room as the operations see it: owns its parts and starts them in order. Lives in the engine's thread; the
// methods may be called from any thread and act in the engine's. Without start() nothing is planned, claimed or sent,
// whatever is changed: an engine that only looks, or a workspace that is held.
class Dispatch : public QObject {
    Q_OBJECT

public:
    // `lease` names this run of the engine.
    Dispatch(Store& store, Clock& clock, Random& random, const ProviderRegistry& registry, Vault& vault,
             const QString& lease, UnsubscribeLink unsubscribeLink, QObject* parent = nullptr);

    // With it senders know where their platforms can call back. Call it before start().
    void setHookKey(const HookKey& key) { m_factory.setHookKey(key); }

    // Recovers what a dead engine left, then goes on with every campaign under way. Call it in the engine's thread.
    void start();

    // Gives back what is not on the wire and writes what came of the rest; answers when done, after a few seconds at the
    // latest.
    Future<void> stop();

    // The campaign's state or its deliveries were changed by an operation.
    void campaignChanged(qint64 campaignId);
    // The account's settings or secrets were.
    void accountChanged(qint64 accountId);

    // Deliveries of a trigger wait, new ones or some that are to be tried again; they go out when they are due.
    void triggered(qint64 triggerId);
    // What may be committed as Sending under this lease and given to sendNow(); empty while nothing is sent here.
    QString urgentLease() const;
    // Deliveries of a trigger are committed as Sending under urgentLease(): they go out at once.
    void sendNow(const TriggeredBatch& batch);

    // Of every account that sends, or was checked; of one that was only checked the state is "starting".
    Future<QHash<qint64, AccountCondition>> conditions();
    // Of every campaign that is sending.
    Future<QHash<qint64, CampaignFlow>> flows();
    // Asks an account's platform whether it is there and takes our credentials; its own words.
    Future<QString> probe(qint64 accountId);
    // Sends one message outside of any campaign, now; leaves nothing in the database.
    Future<Outcome> sendOnce(qint64 accountId, const Message& message);

    // What makes the link that a delivery's message carries. May be called from any thread, also after this has died.
    UnsubscribeLink unsubscribeLink() const { return m_unsubscribeLink; }

Q_SIGNALS:
    // What keeps the engine from sending at all, as a sentence; empty: nothing any more.
    void problemChanged(const QString& problem);

private:
    struct Check {
        qint64 at = 0; // wall time
        QString error; // empty: it went well
    };

    template <typename T, typename Work>
    Future<T> inEngineThread(Work work);
    void noteCheck(qint64 accountId, const QString& error);
    void noteTestSend(qint64 accountId, const Outcome& outcome);
    QHash<qint64, AccountCondition> conditionsNow();

    Store& m_store;
    Clock& m_clock;
    Recorder m_recorder;
    QString m_lease;
    const UnsubscribeLink m_unsubscribeLink;
    SenderFactory m_factory;
    Dispatcher m_dispatcher;
    CampaignRunner m_runner;
    QHash<qint64, Check> m_checks; // by account; the engine's thread alone
    std::atomic_bool m_sending = false; // from start() to stop()
    bool m_recovered = false; // what a dead engine left is settled; the engine's thread alone
};

} // namespace carillon
