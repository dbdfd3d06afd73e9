// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Campaign.h"
#include "engine/service/TopicService.h"

#include <QMap>
#include <QObject>

#include <optional>

namespace carillon {

// One thing that was found, with the contacts behind it.
struct RehearsalFinding {
    enum Kind {
        Failed, // no message could be made
        MissingVariable, // a variable had nothing; `variable` says which
        Cut, // the content was cut to what the channel takes
        Split, // it became several messages
        ExtraParts, // an SMS of more than one part
    };

    static constexpr int maxContacts = 1000; // kept behind a finding, where nobody asks for more

    Kind kind = Failed;
    QString channel; // empty: any
    QString part; // of a missing variable: where it was missed first; empty: the message as a whole
    QString variable;
    QString sentence; // for people; the same for all of them: the contact's own address is left out as "…"
    qint64 count = 0; // messages
    QList<qint64> contacts; // the first of them, each once, by id
};

// An extreme that is worth a look.
struct WorstCase {
    enum Kind { Longest, Shortest, MissingFields, RightToLeftName, LongestName, Failing };

    Kind kind = Longest;
    QString channel;
    qint64 contactId = 0;
    QString contactName;
    qint64 value = 0; // MessageFacts::length; of names: characters; of MissingFields: how many; of Failing: how many like it
};

struct RehearsalReport {
    qint64 contacts = 0; // of the audience, those that are left out included
    qint64 messages = 0; // composed, the failed ones included
    qint64 failed = 0;
    QList<RehearsalFinding> findings; // failures first, then by count
    QList<WorstCase> worstCases;
    QMap<int, qint64> smsParts; // parts -> messages
    qint64 smsTotalParts = 0;
    QMap<QString, qint64> byTemplate; // "email, de (version 3)" -> messages
    qint64 durationMs = 0;
};

// Composes the message of every contact of an audience without sending anything: a run in the background, seen from the
// thread that started it, on all cores. Nothing is written. Destroying it cancels it.
class RehearsalRun : public QObject {
    Q_OBJECT

public:
    virtual void cancel() = 0;
    virtual qint64 done() const = 0; // contacts looked at
    virtual qint64 total() const = 0; // contacts there are; 0: not counted yet
    virtual const RehearsalReport& report() const = 0; // whole after finished(), else what is known so far

Q_SIGNALS:
    void progressed(); // a few times a second
    void finished(); // once, unless it is destroyed before; also after cancel()
    void failed(const carillon::Error& error); // instead of finished()

protected:
    using QObject::QObject;
};

// What is rehearsed: a campaign as it stands, with its topic's content as it stands in an editor.
struct RehearsalRequest {
    Campaign campaign;
    std::optional<TopicDetail> topic; // nothing: as saved
    qint64 maxContacts = 0; // 0: all of them
    qint64 contactsPerFinding = RehearsalFinding::maxContacts;
};

} // namespace carillon
