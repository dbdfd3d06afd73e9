// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Error.h"

namespace carillon {

QString codeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return QStringLiteral("invalid_input");
    case ErrorCode::NotFound: return QStringLiteral("not_found");
    case ErrorCode::Conflict: return QStringLiteral("conflict");
    case ErrorCode::Forbidden: return QStringLiteral("forbidden");
    case ErrorCode::Unauthenticated: return QStringLiteral("unauthenticated");
    case ErrorCode::NeedsSecret: return QStringLiteral("needs_secret");
    case ErrorCode::Busy: return QStringLiteral("busy");
    case ErrorCode::Cancelled: return QStringLiteral("cancelled");
    case ErrorCode::StorageFull: return QStringLiteral("storage_full");
    case ErrorCode::StorageDamaged: return QStringLiteral("storage_damaged");
    case ErrorCode::StorageTooNew: return QStringLiteral("storage_too_new");
    case ErrorCode::Storage: return QStringLiteral("storage");
    case ErrorCode::Network: return QStringLiteral("network");
    case ErrorCode::Timeout: return QStringLiteral("timeout");
    case ErrorCode::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

} // namespace carillon
