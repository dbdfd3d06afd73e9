// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/ProviderDescription.h"

namespace carillon {

// The field "channel" of a provider that serves whichever channel its account says.
ProviderField channelField(const QString& help, const QString& usual);

} // namespace carillon
