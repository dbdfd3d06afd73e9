// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"

namespace carillon {

QList<CommandSpec> allCommands()
{
    return {importCommand(),
            applyCommand(),
            byRunningEngine(dryRunCommand()),
            rehearseCommand(),
            byRunningEngine(sendCommand()),
            byRunningEngine(whenCommand()),
            byRunningEngine(triggerCommand()),
            byRunningEngine(engagedCommand()),
            renderCommand(),
            lintCommand(),
            providerCommand(),
            serveCommand(),
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
            demoCommand()};
}

} // namespace carillon
