// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/OutcomeAdvice.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("OutcomeAdvice", text);
}

// The first whose words are in the answer counts.
struct Advice {
    const char* words; // a regular expression, whatever the case
    const char* sentence;
};

constexpr Advice advices[] = {
    {"private network|private address|private or local",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "The address is on this machine or in a private network. If that is meant, switch on \"Allow private "
                       "networks\" in this account.")},
    {"certificate|self.signed|tls|ssl",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "The connection could not be secured: check the server's name and its certificate, and this "
                       "machine's clock.")},
    {"could( not|n.t) resolve|name of the mail server|no such host|host not found|unknown host|name or service",
     QT_TRANSLATE_NOOP("OutcomeAdvice", "There is no server of this name: check the spelling, and this machine's DNS.")},
    {"refused the connection|takes connections|connection refused|closed the connection|no connection to|no answer in time"
     "|timed? ?out|no route|unreachable|(did|has) not (answer|read)|could( not|n.t) connect",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "Nobody answers there: check address and port, the firewall, and whether the platform is up.")},
    {"not_in_channel|is_archived|bot was (kicked|blocked)|not a member|missing access|no permission|missing_scope"
     "|insufficient|not_allowed|forbidden",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "The platform knows us but does not allow this: invite the bot to the channel or chat, or give its "
                       "token the permission that is named above.")},
    {"invalid_?auth|not_authed|token_revoked|token_expired|account_inactive|unauthori[sz]ed|invalid.{0,12}(token|key|"
     "credential)"
     "|authenticat|bad credentials|\\b401\\b|\\b535\\b",
     QT_TRANSLATE_NOOP(
         "OutcomeAdvice",
         "The platform does not take the credentials: make new ones there, paste them into this form and save.")},
    {"(chat|channel|user|room|recipient|device|phone|subscription).{0,3}not.{0,3}found|no such (user|channel)|unregistered"
     "|invalid.{0,12}(recipient|number|address|chat|to)\\b|baddevicetoken|unknown channel",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "The platform does not know this address: check it, in the form that the field shows.")},
    {"rate.?limit|too many requests|flood|quota|\\b429\\b",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "Too much at once for the platform: wait, and if it happens often set a lower rate under Limits.")},
    {"\\b40[45]\\b|not found",
     QT_TRANSLATE_NOOP("OutcomeAdvice",
                       "There is nothing at this address: check the account's addresses, to the last letter.")},
};

QString byWords(const QString& answer)
{
    for (const Advice& advice : advices) {
        const QRegularExpression words(QLatin1String(advice.words), QRegularExpression::CaseInsensitiveOption);
        if (words.match(answer).hasMatch())
            return tr(advice.sentence);
    }
    return {};
}

QString byKind(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Sent: return {};
    case OutcomeKind::Retry:
        return tr("Try again in a minute. If it stays like that, see whether the platform reports a disturbance.");
    case OutcomeKind::Throttled: return tr("Wait as long as it asks; if it happens often, set a lower rate under Limits.");
    case OutcomeKind::Refused: return tr("Change what the platform names in its answer: it would refuse the same again.");
    case OutcomeKind::ProviderDown:
        return tr("Check the account's address and credentials, and whether the platform is up.");
    case OutcomeKind::Uncertain: return tr("Look whether it arrived before you send it again.");
    }
    return {};
}

} // namespace

QString adviceOn(const Outcome& outcome)
{
    if (outcome.kind == OutcomeKind::Sent)
        return {};
    const QString told = byWords(outcome.code + u' ' + outcome.reason);
    if (outcome.suppressAddress)
        return tr("The address is gone for good: a real delivery would put it on the list of those that get nothing.");
    return told.isEmpty() ? byKind(outcome.kind) : told;
}

QString adviceOn(const Error& error)
{
    if (error.code == ErrorCode::NeedsSecret)
        return tr("Type the secret into its field and save.");
    const QString told = byWords(error.message);
    return told.isEmpty() ? byKind(OutcomeKind::ProviderDown) : told;
}

} // namespace carillon
