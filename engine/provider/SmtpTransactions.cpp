// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpTransactions.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

SmtpFailure unexpected(const SmtpReply& reply)
{
    return smtpLost(
        tr("The mail server's answer does not fit what was asked: %1 %2").arg(QString::number(reply.code), wordsOf(reply)));
}

Outcome unfitOutcome(qint64 deliveryId, const SmtpUnfit& unfit)
{
    Outcome outcome;
    outcome.deliveryId = deliveryId;
    outcome.kind = OutcomeKind::Refused;
    outcome.code = unfit.code;
    outcome.reason = unfit.reason;
    outcome.suppressAddress = unfit.badAddress;
    return outcome;
}

} // namespace

SmtpTransactions::SmtpTransactions(SmtpCapabilities offered, bool pipelining, int limit)
    : m_offered(std::move(offered))
    , m_pipelining(pipelining && m_offered.pipelining)
    , m_limit(limit)
{
}

bool SmtpTransactions::wantsJob() const
{
    return !m_envelope && !isExhausted() && (m_pipelining || m_expected.empty());
}

void SmtpTransactions::submit(SmtpJob job, SmtpOutput& out)
{
    Transaction next;
    next.body = dotStuff(job.message.content);
    SmtpFit fit = fitEnvelope(job.message, next.body.size, m_offered, m_parameters);
    if (!fit.envelope) {
        m_outcomes += unfitOutcome(job.message.deliveryId, fit.unfit);
        return;
    }
    ++m_taken;
    next.job = std::move(job);
    next.hasParameters = fit.envelope->hasParameters;
    next.rcpt = std::move(fit.envelope->rcpt);
    m_envelope = std::move(next);
    ask(SmtpStep::Mail, fit.envelope->mail, out);
    if (m_pipelining) {
        ask(SmtpStep::Rcpt, m_envelope->rcpt, out);
        ask(SmtpStep::Data, "DATA\r\n", out);
    }
}

std::optional<SmtpFailure> SmtpTransactions::handle(const SmtpReply& reply, SmtpOutput& out)
{
    if (m_expected.empty())
        return unexpected(reply);
    const SmtpStep step = m_expected.front();
    m_expected.pop_front();
    switch (step) {
    case SmtpStep::Mail:
    case SmtpStep::Rcpt: return onEnvelopeReply(step, reply, out);
    case SmtpStep::Data: return onDataReply(reply, out);
    case SmtpStep::Body: return onBodyReply(reply);
    case SmtpStep::LoneDot: break; // whatever it says, the transaction without recipients is over
    case SmtpStep::Reset:
        if (reply.digit() != 2)
            return unexpected(reply);
        break;
    }
    return {};
}

void SmtpTransactions::abandon(const SmtpFailure& failure, qint64 written)
{
    if (m_body && written >= m_body->dotEnd) {
        Outcome outcome = notSent(m_body->job.message.deliveryId, failure);
        outcome.kind = OutcomeKind::Uncertain;
        outcome.bucket.clear();
        outcome.notBeforeMs = 0;
        m_outcomes += outcome;
    } else if (m_body) {
        m_unsent += std::move(m_body->job);
    }
    if (m_envelope && !m_envelope->settled)
        m_unsent += std::move(m_envelope->job);
    m_body.reset();
    m_envelope.reset();
    m_expected.clear();
}

void SmtpTransactions::refuseBody(const SmtpReply& reply, const SmtpFailure& failure)
{
    if (!m_body) // a body under way is always the first thing awaited
        return;
    Outcome outcome = notSent(m_body->job.message.deliveryId, failure);
    outcome.code = codeOf(reply);
    outcome.reason = wordsOf(reply);
    m_outcomes += outcome;
    m_body.reset();
}

void SmtpTransactions::ask(SmtpStep step, const QByteArray& command, SmtpOutput& out)
{
    out.pending() += command;
    m_expected.push_back(step);
}

std::optional<SmtpFailure> SmtpTransactions::onEnvelopeReply(SmtpStep step, const SmtpReply& reply, SmtpOutput& out)
{
    if (reply.digit() == 3)
        return unexpected(reply);
    if (reply.digit() != 2)
        refuse(step, reply);
    if (m_pipelining) // the rest of the group is on its way whatever this said
        return {};
    if (m_envelope->settled)
        endTransaction(out);
    else if (step == SmtpStep::Mail)
        ask(SmtpStep::Rcpt, m_envelope->rcpt, out);
    else
        ask(SmtpStep::Data, "DATA\r\n", out);
    return {};
}

std::optional<SmtpFailure> SmtpTransactions::onDataReply(const SmtpReply& reply, SmtpOutput& out)
{
    if (reply.digit() == 2)
        return unexpected(reply);
    if (reply.digit() != 3) {
        refuse(SmtpStep::Data, reply);
        endTransaction(out);
    } else if (m_envelope->settled) { // no recipient, yet it wants a body (RFC 2920 3.1)
        m_envelope.reset();
        ask(SmtpStep::LoneDot, ".\r\n", out);
    } else {
        sendBody(out);
    }
    return {};
}

std::optional<SmtpFailure> SmtpTransactions::onBodyReply(const SmtpReply& reply)
{
    if (reply.digit() == 3) {
        m_expected.push_front(SmtpStep::Body);
        return unexpected(reply);
    }
    const qint64 id = m_body->job.message.deliveryId;
    m_outcomes += reply.digit() == 2 ? sentOutcome(id, reply) : refusedOutcome(id, SmtpStep::Body, reply);
    ++m_answered;
    m_body.reset();
    return {};
}

// The first refusal of a transaction decides; what follows it ("503 need RCPT") is an echo.
void SmtpTransactions::refuse(SmtpStep step, const SmtpReply& reply)
{
    if (m_envelope->settled)
        return;
    m_envelope->settled = true;
    const bool parameter = step == SmtpStep::Mail && (reply.code == 455 || reply.code == 555); // RFC 5321 4.1.1.11
    if (parameter && m_envelope->hasParameters) {
        m_parameters = false;
        m_unsent += std::move(m_envelope->job);
        return;
    }
    m_outcomes += refusedOutcome(m_envelope->job.message.deliveryId, step, reply);
    ++m_answered;
}

void SmtpTransactions::sendBody(SmtpOutput& out)
{
    out.pending() += m_envelope->body.octets;
    out.pending() += ".\r\n";
    m_body = std::move(m_envelope);
    m_envelope.reset();
    m_body->dotEnd = out.position();
    m_expected.push_back(SmtpStep::Body);
}

void SmtpTransactions::endTransaction(SmtpOutput& out)
{
    m_envelope.reset();
    ask(SmtpStep::Reset, "RSET\r\n", out);
}

} // namespace carillon
