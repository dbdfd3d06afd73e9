// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Caller.h"

#include <QCoreApplication>

namespace carillon {

Status Caller::require(Role needed) const
{
    if (role >= needed)
        return {};
    return fail(ErrorCode::Forbidden, QCoreApplication::translate("Caller", "%1 may not do this.").arg(actor));
}

} // namespace carillon
