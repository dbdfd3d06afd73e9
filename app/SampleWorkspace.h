// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/service/Services.h"

namespace carillon {

// How long after the sample's last message its simulated platform tells what became of it, at the most.
inline constexpr qint64 sampleReceiptsMs = 1'500;

// Fills a new workspace so that a first campaign can be sent at once: a brand, a simulated account (nothing leaves the
// machine, and most of it is delivered and read), a topic with a mail in two languages, a list of people who do not exist,
// and a draft campaign. Gives the campaign's id; that of the sample there is already when it was filled before. Blocks until
// it is written.
Result<qint64> fillSampleWorkspace(const Services& services, const Caller& caller);

} // namespace carillon
