// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QFile>

#include <memory>

namespace carillon {

// Keeps a second engine out of a workspace. The operating system gives the lock back when the process dies, however it dies.
class WorkspaceLock {
public:
    // Busy when another process has it.
    static Result<std::unique_ptr<WorkspaceLock>> take(const QString& databasePath);

private:
    WorkspaceLock() = default;

    QFile m_file;
};

} // namespace carillon
