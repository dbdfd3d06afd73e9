// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/SenderFactory.h"

#include <QHash>

namespace carillon {

class Clock;
class RetryPolicy;

// How an account is doing, for people.
struct AccountCondition {
    QString state; // "ok", "starting", "disabled", "needs password", "down", "throttled", "wrong settings"
    QString detail; // a sentence when it is not ok
    QString breaker = QStringLiteral("closed"); // "closed", "open", "half_open" (one probe is out)
    qint64 waitsUntil = 0; // wall time, when it waits: an open breaker, a throttle
    double perSecond = 0; // what its bucket allows now, adapted to what the platform bears; 0: no limit
    double limitPerSecond = 0; // what is set; 0: none
    int inFlight = 0;
    int inFlightLimit = 0; // of the account or its sender, whichever is less
    int slowDestinations = 0; // those that have to wait
};

// The way out through one account: its sender, how much it takes now, and whether it has to wait. Belongs to the Dispatcher,
// lives in the engine's thread.
//
// An account that is down waits longer each time (5 s to 5 min) and no delivery pays for it; one that is throttled waits as
// told.
class AccountLine : public QObject {
    Q_OBJECT

public:
    AccountLine(qint64 accountId, SenderFactory& factory, Clock& clock, const RetryPolicy& policy,
                QObject* parent = nullptr);

    // Reads the account anew: settings, secrets, whether it is enabled. What is in flight is finished with the old settings.
    void reload();

    const Account& account() const { return m_account; }
    AccountCondition condition() const { return m_condition; }
    // How many messages it takes now, less those reserved; 0 while it waits.
    int room() const;
    // Whether it takes an urgent message, though what it has room for may be used up by others: senders put it first.
    bool takesUrgent() const;
    // Keeps room for messages that are being journalled.
    void reserve(int count) { m_reserved += count; }
    void unreserve(int count) { m_reserved -= count; }
    void send(const QList<Message>& messages);
    // Takes no more; what is on the wire is still answered.
    void drain();

Q_SIGNALS:
    void roomChanged();
    void outcomes(const QList<carillon::Outcome>& outcomes);

private:
    void take(Result<std::shared_ptr<ReadyAccount>> made);
    void look(const QList<Outcome>& outcomes);
    void wait(qint64 forMs, const QString& state, const QString& detail);

    qint64 m_accountId;
    SenderFactory& m_factory;
    Clock& m_clock;
    const RetryPolicy& m_policy;
    Account m_account;
    std::unique_ptr<Sender> m_sender;
    AccountCondition m_condition;
    int m_reserved = 0;
    int m_downInARow = 0;
    qint64 m_waitUntil = 0; // steady time
};

} // namespace carillon
