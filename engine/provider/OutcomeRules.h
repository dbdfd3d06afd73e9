// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "engine/provider/HttpMessages.h"
#include "engine/provider/JsonReader.h"

#include <QRegularExpression>

#include <optional>

namespace carillon {

class Redactor;

// From a platform's answer to the outcome of a message, by the rules of a provider file: the first rule that matches wins,
// and what no rule matches goes by the class of its status:
//
//     2xx sent   3xx refused   401 provider down   408, 425 retry   429 throttled   other 4xx refused   5xx and others retry
//
// What an answer says of itself stands at the same places in all of a platform's answers: "reason" and "code" of the file
// name them, "reason" of a rule goes before. The code of an outcome is the status, and the platform's own code after it.
//
// What was taken must not go again as if it had not been. So where a rule knows how a platform says that it took a message
// (a "sent" with a condition), a success (2xx) that no rule matches is none of these two, and the message counts as lost:
//
//     { or [, or nothing at all    the platform has answered, in a way that nobody knows      as "lost" says
//     anything else                a page that somebody put in between: nobody was asked      provider down
//
// Of JSON that is too long or breaks off, what its beginning says counts. A success of which no rule sees by then that the
// message was sent, though one asked the body, counts as lost, too.
//
// Where a platform answers for several parts of a message at once, "*" in a pointer stands for each of them: a condition
// holds when one of the values does it, and the ids are those of the parts.
//
// An answer that no rule matches is kept whole (Redactor::MaxAnswer), for the log; but not the success of a platform whose
// file has no rules at all.
//
// A wait (the rule's own, the Retry-After header, or what the reason asks for: RetryHint.h) is never longer than a day.
// Immutable, thread-safe.
class OutcomeRules {
public:
    static constexpr qint64 MaxWaitMs = 24 * 3'600'000;

    // Reads "outcomes", "reason", "code", "lost" and "unreachable" of a provider file; see
    // resources/providers/provider.schema.json.
    static OutcomeRules read(JsonReader& file);

    // `now` is UTC milliseconds, for a Retry-After that is a date.
    Outcome outcomeOf(const OutboundResponse& response, const Redactor& redactor, qint64 now) const;

    // What a message is whose answer was lost.
    OutcomeKind lost() const { return m_lost; }

    // The platform does not take the request's token: worth another try with a new one.
    bool wantsNewToken(const OutboundResponse& response) const;

    // The place of the rule that decides, from 0, in the file's "outcomes"; nothing when the class of the status does, or
    // there was no answer.
    std::optional<qsizetype> ruleThatDecides(const OutboundResponse& response) const;

private:
    // A place in an answer: a header, or a JSON pointer into the body.
    struct Place {
        QByteArray header;
        QString pointer;
        bool isList = false; // "*" is in the pointer: every element of a list
    };
    struct Condition {
        Place place;
        QJsonValue equals; // undefined: `matches` decides
        QRegularExpression matches;
    };
    struct Rule {
        int from = 0;
        int to = 999;
        QList<Condition> conditions; // all must hold
        OutcomeKind kind = OutcomeKind::Retry;
        bool suppress = false;
        RefusalLimit suppressAfter = {};
        bool renewToken = false;
        QString bucket;
        QList<Place> id; // the first that is there
        QList<Place> wait;
        QList<Place> reason;
        QList<Place> movedTo;
        QList<Place> since;
        double waitUnitMs = 1'000;
        qint64 atLeastMs = 0;
    };
    struct Answer; // a response, its body parsed when first asked for

    static Place readPlace(JsonReader& parent, const QJsonValue& value, const QString& pointer);
    static void readSuppression(JsonReader& reader, Rule& rule);
    static QList<Place> readPlaces(JsonReader& rule, const QString& name);
    static void readStatus(JsonReader& reader, Rule& rule);
    static void readConditions(JsonReader& reader, Rule& rule);
    static Rule readRule(JsonReader& reader);

    static bool holds(const Condition& condition, const Answer& answer);
    static Rule ruleByClass(int status);
    Rule ruleWithoutFit(const Answer& answer) const;
    const Rule* ruleFor(const Answer& answer) const;
    QString codeOf(const Answer& answer, const Redactor& redactor) const;
    QString reasonOf(const Answer& answer, const Rule& rule, const Redactor& redactor) const;
    Outcome unanswered(const OutboundResponse& response, const Redactor& redactor) const;

    QList<Rule> m_rules;
    bool m_knowsSuccess = false; // a rule says by what a success is known
    QList<Place> m_reason;
    QList<Place> m_code;
    OutcomeKind m_lost = OutcomeKind::Uncertain;
    OutcomeKind m_unreachable = OutcomeKind::ProviderDown;
};

// How long Retry-After asks to wait, in milliseconds: a number (of `unitMs` each, fractions allowed) or an HTTP date (RFC
// 9110 section 10.2.3). 0 when it is neither or past; at most OutcomeRules::MaxWaitMs.
qint64 parseWait(const QByteArray& text, double unitMs, qint64 now);

} // namespace carillon
