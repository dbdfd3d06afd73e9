// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"

namespace carillon {

QList<CommandSpec> allCommands()
{
    return {importCommand(),    applyCommand(),  dryRunCommand(),
            rehearseCommand(),  sendCommand(),   triggerCommand(),
            engagedCommand(),   renderCommand(), lintCommand(),
            serveCommand(),     logCommand(),    tokenCommand(),
            campaignsCommand(), pauseCommand(),  resumeCommand(),
            cancelCommand(),    undoCommand(),   throttleCommand(),
            missedCommand(),    retryCommand(),  cancelDeliveriesCommand(),
            settleCommand(),    demoCommand()};
}

} // namespace carillon
