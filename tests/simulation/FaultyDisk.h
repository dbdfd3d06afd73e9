// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <memory>

namespace carillon::simulation {

// The disk below SQLite, as a VFS around the operating system's own: what is written can fail from a moment on, and the
// writer's death in the middle of a commit leaves behind what was written until then. Syncing does nothing: what the
// operating system has taken survives the death of a process.
//
// SQLite takes it for every file that is opened while it lives. Make one at most; single-threaded.
class FaultyDisk {
public:
    enum class Fault { None, Full, Broken };

    FaultyDisk();
    ~FaultyDisk();
    Q_DISABLE_COPY_MOVE(FaultyDisk)

    // After so many more writes every write fails, until heal().
    void failAfter(int writes, Fault fault);
    void heal() { failAfter(0, Fault::None); }

    struct State;

private:
    std::unique_ptr<State> m_state;
};

} // namespace carillon::simulation
