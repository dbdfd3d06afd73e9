// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/AdaptiveRate.h"
#include "engine/dispatch/Breaker.h"
#include "engine/dispatch/DestinationLimits.h"
#include "engine/dispatch/RateMeter.h"
#include "engine/dispatch/SenderFactory.h"
#include "engine/dispatch/TokenBucket.h"

#include <QHash>

namespace carillon {

class Clock;
class Random;

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
    qint64 lastSentAt = 0; // wall time, when the platform last took a message from this line; 0: none yet
    // The last check by hand, of the connection or by a test message; 0: none, or what was checked has changed since.
    qint64 checkedAt = 0; // wall time
    QString checkError; // a sentence; empty: it went well
};

// The way out through one account: its sender, and how much may go now: the account's limits and those of each destination,
// what the platform itself has asked for, and a breaker for when it is down. Belongs to the Dispatcher, lives in the
// engine's thread.
//
// A message is reserved before it is journalled, then sent or given back. Each word of the platform slows only what it is
// about: the account, or one destination.
class AccountLine : public QObject {
    Q_OBJECT

public:
    AccountLine(qint64 accountId, SenderFactory& factory, Clock& clock, Random& random, QObject* parent = nullptr);

    // Reads the account anew: settings, limits, secrets, whether it is enabled. What is in flight is finished with the old
    // settings.
    void reload();

    const Account& account() const { return m_account; }
    AccountCondition condition() const;
    double perSecond() const { return m_bucket.perSecond(); } // 0: no limit

    // Neither down nor told to wait: what holds messages up is their number alone.
    bool isOpen() const;
    // Since when nothing goes because it is down or cannot be used; steady time, -1 when it is well or starting.
    qint64 outSince() const;
    // How many messages it takes now, less those reserved; 0 while it waits.
    int room() const;
    // Whether it takes an urgent message to a destination, though what it has room for may be used up by others: senders put
    // it first.
    bool takesUrgent(const QString& destination) const;
    // When time alone may make room; steady, 0 when there is room or only an answer can make some.
    qint64 opensAt() const;
    // When one more may go to a destination; as DestinationLimits::nextAt(). `now`: the caller's steady time, which does not
    // move on while he compares.
    qint64 nextAt(const QString& destination, qint64 now) const;
    double expectedPerSecond(const QString& destination);

    // Keeps room for a message that is being journalled.
    void reserve(const QString& destination);
    void unreserve(const QString& destination);
    // Sends messages that were reserved.
    void send(const QList<Message>& messages);
    // Takes no more; what is on the wire is still answered.
    void drain();

    // Says roomChanged() at that steady time; the earliest of several.
    void wakeAt(qint64 at);

Q_SIGNALS:
    void roomChanged();
    void outcomes(const QList<carillon::Outcome>& outcomes);

private:
    void take(Result<std::shared_ptr<ReadyAccount>> made);
    void takeFailure(const Error& error);
    void setLimits(const AccountLimits& limits, bool isNew);
    void retire(std::unique_ptr<Sender> old);
    void look(const QList<Outcome>& outcomes);
    void heed(const Outcome& outcome, const QString& destination);
    void throttle(const Outcome& outcome);
    void applyRate();
    QString stateWord() const;

    qint64 m_accountId;
    SenderFactory& m_factory;
    Clock& m_clock;
    Account m_account;
    std::unique_ptr<Sender> m_sender;
    QString m_unusable = QStringLiteral("starting"); // the state without a sender
    QString m_detail; // the platform's last complaint, or why there is no sender
    TokenBucket m_bucket;
    AdaptiveRate m_rate;
    RateMeter m_meter;
    DestinationLimits m_destinations;
    Breaker m_breaker;
    QHash<qint64, QString> m_onWire; // destinations by delivery
    bool m_isNew = true; // has had no sender yet
    int m_reserved = 0;
    qint64 m_waitUntil = 0; // steady time: what the platform asked for
    qint64 m_unusableSince = -1;
    qint64 m_lastSentAt = 0; // wall time
    qint64 m_wakeAt = -1;
};

} // namespace carillon
