// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/SmtpSession.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <memory>

namespace carillon {

class SmtpConnection;

// Where a connection takes its jobs from and reports to. Called in the connection's thread, from within its own calls: do
// not delete the connection in them, use deleteLater().
class SmtpWork {
public:
    virtual ~SmtpWork() = default;

    virtual std::optional<SmtpJob> nextJob() = 0;
    virtual void giveBack(SmtpConnection& connection, QList<SmtpJob> jobs)
        = 0; // not sent; the session says why, or lives on
    virtual void answered(QList<Outcome> outcomes) = 0;
    virtual void ready(SmtpConnection& connection) = 0; // once, when logged in
    virtual void ended(SmtpConnection& connection) = 0; // once; nothing is called afterwards
    virtual void ticketReceived(const QByteArray& ticket) = 0; // makes the next connection's TLS handshake short
};

// A socket around a session: connects, encrypts, carries octets, and measures the server's patience. Lives in the I/O
// thread.
class SmtpConnection final : public QObject {
    Q_OBJECT

public:
    // `settings`, `clock` and `work` must outlive it.
    SmtpConnection(const SmtpSettings& settings, const QSslConfiguration& tls, const Clock& clock, SmtpWork& work,
                   QObject* parent);

    void open();
    // Takes jobs while the session wants them and writes what there is to write.
    void pump();
    // Ends politely once nothing is under way.
    void retire();
    // Ends what has waited too long for the server, or has been idle too long. Call it every second or so.
    void checkTime();

    const SmtpSession* session() const { return m_session ? &*m_session : nullptr; } // once connected
    bool isReady() const { return !m_ended && m_session && m_session->isReady(); }
    bool wasReady() const { return m_session && m_session->wasReady(); }
    // Why it ended; nothing for an end in peace.
    const std::optional<SmtpFailure>& failure() const { return m_failure; }

private:
    void onConnected();
    void onEncrypted();
    void keepTicket();
    void onReadyRead();
    void onError(QAbstractSocket::SocketError error);
    void startSession();
    SmtpFailure failureOf(QAbstractSocket::SocketError error) const;
    QByteArray helloName() const;
    void takeJobs();
    void settle();
    void write(const QByteArray& octets);
    void progress() { m_since = m_clock.steady(); }
    void breakOff(const SmtpFailure& failure);
    void finish(std::optional<SmtpFailure> failure);

    const SmtpSettings& m_settings;
    const Clock& m_clock;
    SmtpWork& m_work;
    std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket* m_tls = nullptr; // m_socket, when it may encrypt
    std::optional<SmtpSession> m_session;
    QString m_certificateFault; // the first thing found wrong with the server's certificate
    qint64 m_since = 0; // steady time of the last progress
    qint64 m_repliesSeen = 0;
    bool m_readyTold = false;
    bool m_encrypting = false;
    bool m_ended = false;
    std::optional<SmtpFailure> m_failure;
};

} // namespace carillon
