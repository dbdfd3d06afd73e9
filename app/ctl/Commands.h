// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"

namespace carillon {

// Every command of carillonctl, in the order of the help.
QList<CommandSpec> allCommands();

CommandSpec importCommand();
CommandSpec applyCommand();
CommandSpec dryRunCommand();
CommandSpec rehearseCommand();
CommandSpec renderCommand();
CommandSpec sendCommand();
CommandSpec whenCommand();
CommandSpec triggerCommand();
CommandSpec engagedCommand();
CommandSpec lintCommand();
CommandSpec providerCommand();
CommandSpec serveCommand();
CommandSpec logCommand();
CommandSpec tokenCommand();
CommandSpec campaignsCommand();
CommandSpec pauseCommand();
CommandSpec resumeCommand();
CommandSpec cancelCommand();
CommandSpec undoCommand();
CommandSpec throttleCommand();
CommandSpec missedCommand();
CommandSpec retryCommand();
CommandSpec cancelDeliveriesCommand();
CommandSpec settleCommand();
CommandSpec vaultCommand();
CommandSpec devicesCommand();
CommandSpec demoCommand();

} // namespace carillon
