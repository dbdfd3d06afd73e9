// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/SmtpHandshake.h"
#include "engine/provider/SmtpTransactions.h"

namespace carillon {

// One SMTP connection as a state machine without I/O and without time: octets in, octets out. Single-threaded.
//
//     SmtpSession session(settings, {.helloName = "client.example.org"});
//     session.receive("220 ready\r\n");
//     session.takeOutput();                    // "EHLO client.example.org\r\n"
//     ...                                      // until isReady()
//     while (session.wantsJob()) session.submit(...);
//     session.takeOutput();                    // "MAIL FROM:<...>...\r\nRCPT ...\r\nDATA\r\n"
//     session.receive(...);
//     session.takeOutcomes();
//
// After each call take what it left: output, outcomes, unsent jobs; and look at wantsTls() and isOver().
class SmtpSession {
public:
    // What the server owes us, and how long it may take by the settings.
    struct Awaited {
        QString what; // as the protocol calls it: "EHLO", "RCPT", "."
        qint64 patienceMs = 0;
    };

    // `settings` must outlive it.
    SmtpSession(const SmtpSettings& settings, SmtpPeer peer);

    void receive(QByteArrayView octets);

    // The TLS handshake is due, now that the output is written. What arrives before it is thrown away.
    bool wantsTls() const;
    void tlsStarted();

    bool isReady() const { return m_transactions && !m_over; } // logged in
    bool wasReady() const { return m_transactions.has_value(); }
    bool wantsJob() const;
    void submit(SmtpJob job);

    // Ends the connection politely once nothing is under way; takes no more jobs.
    void quit();
    // The connection broke, with the last `unwritten` octets of the output never written.
    void lost(const SmtpFailure& failure, qint64 unwritten);

    QByteArray takeOutput() { return m_out.take(); }
    QList<Outcome> takeOutcomes() { return m_transactions ? m_transactions->takeOutcomes() : QList<Outcome>(); }
    QList<SmtpJob> takeUnsent() { return m_transactions ? m_transactions->takeUnsent() : QList<SmtpJob>(); }

    bool isOver() const { return m_over; }
    // Why it ended; nothing for an end in peace: after QUIT, or closed by the server while nothing was under way.
    const std::optional<SmtpFailure>& failure() const { return m_failure; }

    std::optional<Awaited> awaited() const; // nothing when the server owes nothing
    qint64 replies() const { return m_replies; }
    int answered() const { return m_transactions ? m_transactions->answered() : 0; }
    const SmtpHandshake& handshake() const { return m_handshake; }

private:
    void onReply(const SmtpReply& reply);
    void onReadyReply(const SmtpReply& reply);
    void end(std::optional<SmtpFailure> failure, qint64 unwritten);

    const SmtpSettings& m_settings;
    SmtpHandshake m_handshake;
    std::optional<SmtpTransactions> m_transactions; // once logged in
    SmtpReplyParser m_parser;
    SmtpOutput m_out;
    qint64 m_replies = 0;
    bool m_quitWanted = false;
    bool m_quitSent = false;
    bool m_over = false;
    std::optional<SmtpFailure> m_failure;
};

} // namespace carillon
