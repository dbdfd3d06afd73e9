// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"
#include "engine/model/Campaign.h"

namespace carillon {

// The options that name a campaign on the command line: --topic, --list, --everyone, --name, --data.
QList<QCommandLineOption> campaignOptions();

// The campaign that the command line means: an existing one by its number, or a new draft (id 0) from the options. Blocks.
Result<Campaign> chosenCampaign(const CommandContext& context);

} // namespace carillon
