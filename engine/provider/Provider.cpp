// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Provider.h"

namespace carillon {

Status Provider::check(const AccountConfig&) const
{
    return {};
}

std::optional<Recognised> Provider::recognise(const QString&) const
{
    return std::nullopt;
}

} // namespace carillon
