// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QString>

namespace carillon {

enum class Role {
    Viewer, // sees everything but secrets
    Operator, // also composes and sends
    Administrator, // also accounts, brands, tokens
};

// Who asks for an operation. Every operation that changes something takes one, checks it and leaves it in the log.
struct Caller {
    QString actor; // "window:anna", "cli:root", "token:shop"
    Role role = Role::Viewer;

    // Forbidden unless the caller is at least `needed`.
    Status require(Role needed) const;
};

} // namespace carillon
