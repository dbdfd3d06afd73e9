// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpOutcome.h"

#include "engine/provider/RetryHint.h"

#include <QRegularExpression>

#include <algorithm>
#include <initializer_list>

namespace carillon {

namespace {

constexpr qint64 soonMs = 60'000;
constexpr qint64 greylistMs = 300'000;
constexpr qint64 mailboxFullMs = 3'600'000;
constexpr qint64 accountFaultMs = 15 * 60'000;
constexpr qsizetype maxProviderId = 200;
constexpr RefusalLimit abandoned{5, 30}; // a mailbox that stays full: nobody empties it

// What is to be done about a refusal.
enum class Verdict {
    Later, // Retry
    Greylisted, // Throttled, for this message alone
    NextTransaction, // Retry at once: the server wants a new transaction
    MailboxFull, // Retry while the server calls it temporary, else Refused
    DestinationBusy, // Throttled, for this recipient's domain
    AccountBusy, // Throttled, for all that goes through this server
    Message, // Refused, the address is fine
    Address, // Refused, and the address is done for
    Account, // ProviderDown
};

struct CodeVerdict {
    int subject;
    int detail;
    Verdict verdict;
};

// RFC 3463 3 and its registry, for permanent refusals; the temporary ones differ only where temporaryVerdict() says so.
constexpr CodeVerdict permanentVerdicts[] = {
    {1, 1, Verdict::Address}, // unknown mailbox
    {1, 2, Verdict::Address}, // unknown host
    {1, 3, Verdict::Address}, // bad syntax
    {1, 6, Verdict::Address}, // moved
    {1, 10, Verdict::Address}, // null MX (RFC 7505)
    {2, 1, Verdict::Address}, // mailbox disabled
    {2, 2, Verdict::MailboxFull},     {3, 1, Verdict::Later}, // mail system full
    {3, 2, Verdict::Later}, // not accepting now
    {4, 1, Verdict::Later}, // no answer from host
    {4, 2, Verdict::Later}, // bad connection
    {4, 3, Verdict::Later}, // directory failure
    {4, 5, Verdict::Later}, // congestion
    {4, 7, Verdict::Later}, // time expired
    {5, 3, Verdict::NextTransaction}, // too many recipients
    {7, 8, Verdict::Account}, // credentials
    {7, 9, Verdict::Account}, // mechanism too weak
    {7, 11, Verdict::Account}, // encryption needed
    {7, 20, Verdict::Account}, // DKIM, SPF, reverse DNS, several (RFC 7372)
    {7, 21, Verdict::Account},        {7, 22, Verdict::Account}, {7, 23, Verdict::Account},
    {7, 24, Verdict::Account},        {7, 25, Verdict::Account}, {7, 26, Verdict::Account},
};

Verdict byEnhancedCode(const EnhancedCode& code)
{
    for (const CodeVerdict& row : permanentVerdicts) {
        if (row.subject == code.subject && row.detail == code.detail)
            return row.verdict;
    }
    return Verdict::Message;
}

bool isOneOf(int code, std::initializer_list<int> codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Without a telling enhanced code. 550 alone may be the mailbox or policy, so the address keeps the benefit of the doubt.
Verdict byBasicCode(int code, SmtpStep step)
{
    if (isOneOf(code, {530, 534, 535, 538}))
        return Verdict::Account;
    if (step != SmtpStep::Rcpt)
        return Verdict::Message;
    if (isOneOf(code, {521, 551, 553, 556}))
        return Verdict::Address;
    return code == 552 ? Verdict::Later : Verdict::Message; // 552 there once meant too many recipients (RFC 5321 4.5.3.1.10)
}

Verdict permanentVerdict(const SmtpReply& reply, SmtpStep step)
{
    const std::optional<EnhancedCode> code = enhancedCode(reply);
    const bool telling = code && (code->subject != 0 || code->detail != 0);
    const bool account = isOneOf(reply.code, {530, 534, 535, 538});
    Verdict verdict = telling && !account ? byEnhancedCode(*code) : byBasicCode(reply.code, step);
    if (reply.code == 552 && step == SmtpStep::Rcpt && verdict == Verdict::MailboxFull)
        verdict = Verdict::Later;
    // What MAIL is answered with is about the sender, whatever the code.
    return verdict == Verdict::Address && step == SmtpStep::Mail ? Verdict::Message : verdict;
}

// Whether a temporary refusal is about the server or about us rather than about this message: what it answers to MAIL with a
// policy code (Postfix: 450 4.7.1 too much mail), a full or congested system, and the rates that large receivers count
// (4.7.28 Gmail; 4.7.5xx and above Microsoft).
bool isAccountBusy(const EnhancedCode& code, SmtpStep step)
{
    constexpr int unusualRate = 28;
    constexpr int microsoftRates = 500;
    switch (code.subject) {
    case 3: return code.detail == 1 || code.detail == 2;
    case 4: return code.detail == 5;
    case 7: return step == SmtpStep::Mail || code.detail == unusualRate || code.detail >= microsoftRates;
    default: return false;
    }
}

// A server that takes mail from strangers the second time only (RFC 6647): says so in a word, or with the policy code to
// RCPT alone. It has nothing against the message, which must only come again, and each recipient's first try starts his
// clock.
bool isGreylisting(const SmtpReply& reply, SmtpStep step)
{
    static const QRegularExpression word(QStringLiteral("gr[ae]y[- ]?list"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression address(QStringLiteral("<[^>]*>")); // may be called anything
    if (step != SmtpStep::Rcpt && step != SmtpStep::Body)
        return false;
    const std::optional<EnhancedCode> code = enhancedCode(reply);
    const bool policy = code && code->subject == 7 && code->detail == 1;
    return word.match(wordsOf(reply).remove(address)).hasMatch()
        || (policy && step == SmtpStep::Rcpt && isOneOf(reply.code, {450, 451}));
}

Verdict temporaryVerdict(const SmtpReply& reply, SmtpStep step)
{
    if (isGreylisting(reply, step))
        return Verdict::Greylisted;
    const std::optional<EnhancedCode> code = enhancedCode(reply);
    if (reply.code == 454)
        return Verdict::Account;
    if (!code) // 452 to MAIL: the server's disk is full (RFC 5321 4.2.3)
        return reply.code == 452 && step == SmtpStep::Mail ? Verdict::AccountBusy : Verdict::Later;
    if (reply.code == 450 && code->subject == 2 && code->detail == 1)
        return Verdict::DestinationBusy; // Gmail's "receiving mail at a rate that ..."
    if (isAccountBusy(*code, step))
        return Verdict::AccountBusy;
    const Verdict verdict = byEnhancedCode(*code);
    return verdict == Verdict::Message || verdict == Verdict::Address ? Verdict::Later : verdict;
}

void setRetry(Outcome& outcome, qint64 notBeforeMs)
{
    outcome.kind = OutcomeKind::Retry;
    outcome.notBeforeMs = notBeforeMs;
}

void setThrottled(Outcome& outcome, const QString& bucket)
{
    outcome.kind = OutcomeKind::Throttled;
    outcome.bucket = bucket;
    outcome.notBeforeMs = soonMs;
}

// 450 and 451 to RCPT may be greylisting that does not say so; its wait is some minutes.
qint64 waitAfter(const SmtpReply& reply, SmtpStep step)
{
    return step == SmtpStep::Rcpt && isOneOf(reply.code, {450, 451}) ? greylistMs : soonMs;
}

Outcome withReply(qint64 deliveryId, const SmtpReply& reply)
{
    Outcome outcome;
    outcome.deliveryId = deliveryId;
    outcome.code = codeOf(reply);
    outcome.reason = wordsOf(reply);
    return outcome;
}

// "2.0.0 Ok: queued as 4Bd12F" (Postfix), "OK id=1rX..." (Exim): the last of what servers agree on.
QString queueId(const QString& words)
{
    for (const QStringView mark : {QStringView(u"queued as "), QStringView(u"id=")}) {
        const qsizetype at = words.indexOf(mark, 0, Qt::CaseInsensitive);
        if (at >= 0) {
            const QStringView rest = QStringView(words).sliced(at + mark.size());
            return rest
                .first(qMin(rest.size(), qMax<qsizetype>(0, rest.indexOf(u' ') < 0 ? rest.size() : rest.indexOf(u' '))))
                .toString();
        }
    }
    return words;
}

} // namespace

Outcome refusedOutcome(qint64 deliveryId, SmtpStep step, const SmtpReply& reply)
{
    Outcome outcome = withReply(deliveryId, reply);
    const bool temporary = reply.digit() == 4;
    switch (temporary ? temporaryVerdict(reply, step) : permanentVerdict(reply, step)) {
    case Verdict::Later: setRetry(outcome, waitAfter(reply, step)); break;
    case Verdict::Greylisted:
        setThrottled(outcome, QStringLiteral("message"));
        outcome.notBeforeMs = greylistMs;
        break;
    case Verdict::NextTransaction: setRetry(outcome, 0); break;
    case Verdict::MailboxFull:
        if (temporary)
            setRetry(outcome, mailboxFullMs);
        else
            outcome.kind = OutcomeKind::Refused;
        break;
    case Verdict::DestinationBusy: setThrottled(outcome, QStringLiteral("destination")); break;
    case Verdict::AccountBusy: setThrottled(outcome, QStringLiteral("account")); break;
    case Verdict::Message: outcome.kind = OutcomeKind::Refused; break;
    case Verdict::Address:
        outcome.kind = OutcomeKind::Refused;
        outcome.suppressAddress = true;
        break;
    case Verdict::Account:
        outcome.kind = OutcomeKind::ProviderDown;
        outcome.notBeforeMs = temporary ? soonMs : accountFaultMs;
        break;
    }
    const std::optional<EnhancedCode> code = enhancedCode(reply);
    if (code && code->subject == 2 && code->detail == 2)
        outcome.suppressAfter = abandoned;
    if (temporary) // what the server itself says is better than any rule
        outcome.notBeforeMs = retryHint(outcome.reason).value_or(outcome.notBeforeMs);
    return outcome;
}

Outcome sentOutcome(qint64 deliveryId, const SmtpReply& reply)
{
    Outcome outcome = withReply(deliveryId, reply);
    outcome.kind = OutcomeKind::Sent;
    outcome.providerId = queueId(outcome.reason).left(maxProviderId);
    return outcome;
}

} // namespace carillon
