// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"

namespace carillon {

QList<CommandSpec> allCommands()
{
    return {makingWorkspace(importCommand()),
            makingWorkspace(applyCommand()),
            byRunningEngine(dryRunCommand()),
            rehearseCommand(),
            byRunningEngine(sendCommand()),
            byRunningEngine(whenCommand()),
            byRunningEngine(triggerCommand()),
            byRunningEngine(engagedCommand()),
            renderCommand(),
            lintCommand(),
            providerCommand(),
            makingWorkspace(serveCommand()),
            logCommand(),
            byRunningEngine(tokenCommand()),
            byRunningEngine(campaignsCommand()),
            byRunningEngine(pauseCommand()),
            byRunningEngine(resumeCommand()),
            byRunningEngine(cancelCommand()),
            byRunningEngine(undoCommand()),
            byRunningEngine(throttleCommand()),
            byRunningEngine(missedCommand()),
            byRunningEngine(retryCommand()),
            byRunningEngine(cancelDeliveriesCommand()),
            byRunningEngine(settleCommand()),
            byRunningEngine(vaultCommand()),
            byRunningEngine(devicesCommand()),
            makingWorkspace(demoCommand())};
}

} // namespace carillon
