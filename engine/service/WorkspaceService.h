// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"

#include <QString>

namespace carillon {

class Clock;
class Store;
class WorkspaceGuard;

// Whether the workspace may send from here. One that was copied to another machine or folder, or restored from an older
// copy, waits: what it would send may have been sent by the original.
struct WorkspaceHold {
    bool held = false;
    QString sentence; // why: "This workspace was last used on another machine (mail1), on 12 November."
    qint64 waiting = 0; // deliveries that would go out
    qint64 scheduled = 0; // campaigns that would start
};

// Operations on the workspace as a whole. Thread-safe.
class WorkspaceService {
public:
    WorkspaceService(Store& store, const Clock& clock, WorkspaceGuard& guard);

    Future<WorkspaceHold> hold() const;
    // Administrator. This copy is the one that sends, from now on: it begins at once. Nothing to do when it is not held.
    Future<void> release(const Caller& caller);

private:
    Store& m_store;
    const Clock& m_clock;
    WorkspaceGuard& m_guard;
};

} // namespace carillon
