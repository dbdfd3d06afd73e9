// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/Composer.h"
#include "engine/service/Rehearsal.h"

#include <QHash>

namespace carillon {

// What a rehearsal found in some of its contacts: a value that one thread fills, and that is merged into those of the
// contacts before. Merged in the order of the contacts it is the same however many threads there were.
//
// Bounded: of each finding it keeps so many contacts, and it tells at most maxFindings reasons of a
// kind apart; what comes after them is counted together.
class RehearsalTally {
public:
    static constexpr int maxFindings = 200;
    static constexpr int maxFailingCases = 5; // of a channel, each for another reason

    explicit RehearsalTally(qint64 contactsPerFinding = RehearsalFinding::maxContacts)
        : m_contactsPerFinding(contactsPerFinding)
    {
    }

    void addContacts(qint64 count) { m_report.contacts += count; }
    void add(const ContentSet& content, const Delivery& delivery, const Contact& contact, const Composition& made);
    void merge(const RehearsalTally& later);

    // Findings and worst cases in the order in which people want them.
    RehearsalReport report() const;

private:
    // What makes two findings one.
    struct Key {
        RehearsalFinding::Kind kind = RehearsalFinding::Failed;
        QString channel;
        QString part;
        QString text; // the sentence, or the variable

        friend bool operator==(const Key&, const Key&) = default;
        friend size_t qHash(const Key& key, size_t seed = 0)
        {
            return qHashMulti(seed, int(key.kind), key.channel, key.part, key.text);
        }
    };
    struct Found {
        Key key;
        RehearsalFinding finding;
        QString firstName; // of the first contact behind it
    };
    using ExtremeKey = std::pair<QString, WorstCase::Kind>; // of each channel one of each kind is kept

    void find(const Key& key, RehearsalFinding finding, const Delivery& delivery, const Contact& contact);
    void take(const Found& later);
    void keepContacts(RehearsalFinding& finding, const QList<qint64>& contacts) const;
    Found& foundOf(const Found& one);
    void findMissing(const Delivery& delivery, const Contact& contact, const Composition& made);
    void findSizes(const Delivery& delivery, const Contact& contact, const Composition& made);
    void findExtremes(const Delivery& delivery, const Contact& contact, const Composition& made);
    void challenge(const WorstCase& candidate);
    QList<RehearsalFinding> sortedFindings() const;
    QList<WorstCase> failingCases() const;

    qint64 m_contactsPerFinding;
    RehearsalReport m_report; // without findings and worst cases: these are below
    QList<Found> m_found; // in the order in which they came up
    QHash<Key, qsizetype> m_index; // of m_found
    QMap<RehearsalFinding::Kind, int> m_toldApart;
    QMap<ExtremeKey, WorstCase> m_extremes;
};

// Which template it was, for people: "email, de (version 3)".
QString templateLabel(const ContentSet& content, const Resolution& resolution, const QString& channel);

} // namespace carillon
