// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/DotStuffing.h"
#include "engine/provider/SmtpEnvelope.h"
#include "engine/provider/SmtpFailure.h"
#include "engine/provider/SmtpOutcome.h"

#include <QList>

#include <deque>
#include <optional>

namespace carillon {

// A message on its way, and how many connections have failed under it.
struct SmtpJob {
    Message message;
    int tries = 0;
    bool isSigned = false; // its content begins with the account's DKIM signatures
};

// Octets for the wire, with a count of all that ever went in: what tells whether a closing dot has left.
class SmtpOutput {
public:
    QByteArray& pending() { return m_pending; }
    qint64 position() const { return m_taken + m_pending.size(); }
    QByteArray take()
    {
        m_taken += m_pending.size();
        return std::exchange(m_pending, {});
    }

private:
    QByteArray m_pending;
    qint64 m_taken = 0;
};

// MAIL, RCPT, DATA, body, one message after the other over one logged-in connection. No I/O: replies in, octets out.
//
// With PIPELINING two messages overlap: while one body waits for its answer the next envelope is under way, so that body,
// dot, MAIL, RCPT and DATA leave in one write and each message costs one round trip. Replies are counted against a queue of
// what was asked (RFC 2920 3.1); a refused recipient spoils its own transaction only, which is undone by RSET or, when DATA
// was taken all the same, by a lone dot. Without PIPELINING each command waits for its reply.
class SmtpTransactions {
public:
    // At most `limit` messages are taken; 0: any number.
    SmtpTransactions(SmtpCapabilities offered, bool pipelining, int limit);

    // Whether submit() may be called now. A message the server could never take is answered at once, and the next may
    // follow.
    bool wantsJob() const;
    void submit(SmtpJob job, SmtpOutput& out);

    // Takes the next reply. A failure means that the connection is of no more use: call abandon() with it.
    std::optional<SmtpFailure> handle(const SmtpReply& reply, SmtpOutput& out);

    // The connection is gone. A message whose closing dot is among the first `written` octets of the output is uncertain;
    // one that was not written whole, or not begun, is given back.
    void abandon(const SmtpFailure& failure, qint64 written);
    // The server answered the closing dot with 421: it has not taken that message (RFC 5321 4.2.5).
    void refuseBody(const SmtpReply& reply, const SmtpFailure& failure);

    QList<Outcome> takeOutcomes() { return std::exchange(m_outcomes, {}); }
    QList<SmtpJob> takeUnsent() { return std::exchange(m_unsent, {}); }
    bool isIdle() const { return m_expected.empty(); }
    bool isExhausted() const { return m_limit > 0 && m_taken >= m_limit; }
    SmtpStep awaiting() const { return m_expected.front(); } // when not idle
    int answered() const { return m_answered; } // messages the server has decided about

private:
    struct Transaction {
        SmtpJob job;
        DotStuffed body;
        QByteArray rcpt;
        bool hasParameters = false;
        bool settled = false; // its outcome is out; only the server's state is left to clean up
        qint64 dotEnd = 0; // position in the output behind the closing dot
    };

    void ask(SmtpStep step, const QByteArray& command, SmtpOutput& out);
    std::optional<SmtpFailure> onEnvelopeReply(SmtpStep step, const SmtpReply& reply, SmtpOutput& out);
    std::optional<SmtpFailure> onDataReply(const SmtpReply& reply, SmtpOutput& out);
    std::optional<SmtpFailure> onBodyReply(const SmtpReply& reply);
    void refuse(SmtpStep step, const SmtpReply& reply);
    void sendBody(SmtpOutput& out);
    void endTransaction(SmtpOutput& out);

    const SmtpCapabilities m_offered;
    const bool m_pipelining;
    const int m_limit;
    int m_taken = 0;
    int m_answered = 0;
    bool m_parameters = true;
    std::deque<SmtpStep> m_expected; // at most six: body, reset or lone dot, and a group
    std::optional<Transaction> m_envelope; // asked about, body not sent
    std::optional<Transaction> m_body; // body sent, not answered
    QList<Outcome> m_outcomes;
    QList<SmtpJob> m_unsent;
};

} // namespace carillon
