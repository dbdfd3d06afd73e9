// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace carillon {

// What went wrong, for programs. The names (codeName) are part of the HTTP API and of `carillonctl --json`.
enum class ErrorCode {
    InvalidInput, // what was given cannot be right: see `field`
    NotFound,
    Conflict, // right in itself, but not in this state (a cancelled campaign cannot be paused)
    Forbidden, // known caller, not allowed
    Unauthenticated, // unknown or expired caller
    NeedsSecret, // a password or token is missing from the vault
    Busy, // a bounded queue is full, or another engine holds the workspace: try again
    Cancelled,
    StorageFull, // the disk is full
    StorageDamaged, // the database is corrupt
    StorageTooNew, // the database was written by a newer Carillon
    Storage, // any other failure of the database or a file
    Network, // the other side could not be reached or broke off
    Timeout,
    Internal, // a bug
};

// One failure: a code for programs, a sentence for people (what, where, what to do), and the offending field if there is
// one. Never holds a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString field;

    friend bool operator==(const Error&, const Error&) = default;
};

// Stable lower-case name, for example "invalid_input".
QString codeName(ErrorCode code);

} // namespace carillon

Q_DECLARE_METATYPE(carillon::Error)
