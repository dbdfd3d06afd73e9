// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Handoff.h"
#include "engine/provider/Provider.h"
#include "engine/provider/SmtpConnection.h"

#include <deque>
#include <vector>

namespace carillon {

// All connections of one account, and the messages that wait for them. Lives in the sender's I/O thread; the handoffs and
// the queued signals are its only ties to any other.
//
// The first connection proves the server; more follow while messages wait, up to the account's limit or to what the server
// bears: when one more comes to nothing beside working ones, the pool makes do with these for a minute. A message whose
// connection failed before its body was out goes to another; three times at most, not counting connections that had sent
// others. When no connection can be had, or three in a row fail without a message decided, all that waits is answered with
// ProviderDown; when the server says that the account sends too much, with Throttled.
class SmtpPool final : public QObject, private SmtpWork {
    Q_OBJECT

public:
    using Incoming = Handoff<Message>;
    using Outgoing = Handoff<Outcome>;

    // Without settings every message is answered with ProviderDown and their error. `clock` must outlive it and be
    // thread-safe.
    SmtpPool(Result<SmtpSettings> settings, Clock& clock, std::shared_ptr<Incoming> incoming,
             std::shared_ptr<Outgoing> outgoing);

    // The slots of the sender, called in the pool's thread.
    void takeMessages();
    void drain();
    void probe();

Q_SIGNALS:
    void outcomesWaiting(); // in the outgoing handoff
    void probed(const carillon::ProbeResult& result);

private:
    std::optional<SmtpJob> nextJob() override;
    void giveBack(SmtpConnection& connection, QList<SmtpJob> jobs) override;
    void answered(QList<Outcome> outcomes) override;
    void ready(SmtpConnection& connection) override;
    void ended(SmtpConnection& connection) override;
    void ticketReceived(const QByteArray& ticket) override;

    bool sign(SmtpJob& job);
    void scheduleTurn();
    void turn();
    void openConnections();
    bool needsConnection() const;
    int readyCount() const;
    void judge(const SmtpConnection& connection);
    void giveUp(const SmtpFailure& failure);
    void flushOutcomes();
    void startTicking();
    void tick();
    Result<QSslConfiguration> prepare();

    const SmtpSettings m_settings;
    const Status m_usable; // whether they are
    Clock& m_clock;
    const std::shared_ptr<Incoming> m_incoming;
    const std::shared_ptr<Outgoing> m_outgoing;
    std::optional<QSslConfiguration> m_tls; // once made; with the ticket of the last session
    std::deque<SmtpJob> m_waiting; // bounded by what the sender's owner lets in
    std::vector<SmtpConnection*> m_connections; // children of this
    QList<Outcome> m_outcomes; // of this turn of the event loop
    int m_limit; // of connections, for now
    qint64 m_limitedUntil = 0; // steady
    int m_failures = 0; // connections failed, and of no use, since the server last decided about a message
    bool m_turnScheduled = false;
    bool m_offered = false; // messages have come that no connection has asked for
    bool m_ticking = false;
    bool m_draining = false;
};

} // namespace carillon
