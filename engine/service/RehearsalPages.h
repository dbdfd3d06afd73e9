// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/ContentSet.h"
#include "engine/dispatch/Planner.h"
#include "engine/service/Rehearsal.h"
#include "engine/service/RehearsalTally.h"

#include <QHash>

#include <atomic>

namespace carillon {

class Composer;

// What a rehearsal begins with, read in one moment.
struct RehearsalStart {
    PlanSource source;
    ContentSet content;
    qint64 total = 0; // contacts of the audience
};
Result<RehearsalStart> readRehearsalStart(Connection& connection, const RehearsalRequest& request);

// Some contacts of the audience with the deliveries that planning would make for them.
struct RehearsalPage {
    Planner planner; // as it is after this page
    PlannedPage planned;
    QHash<qint64, Contact> contacts; // those that get something
};
RehearsalPage readRehearsalPage(Connection& connection, Planner planner, qint64 afterContactId, int limit, qint64 now);

// What is the same for every message of a rehearsal.
struct RehearsalTerms {
    QString workspaceId;
    qint64 now = 0; // every message is of the same moment
    qint64 contactsPerFinding = RehearsalFinding::maxContacts;
};

// Composes a page. Gives up between two contacts once `stop` is set: what it gives is not whole then.
RehearsalTally rehearsePage(const Composer& composer, const RehearsalPage& page, const RehearsalTerms& terms,
                            const std::atomic<bool>& stop);

} // namespace carillon
