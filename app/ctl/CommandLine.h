// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"

namespace carillon {

// A command by its name.
std::optional<CommandSpec> findCommand(const QString& name);
// The command among what was typed (the program's name not included), which is taken out of it: the first that is no option
// and no value of --workspace or --vault.
QString takeCommandName(QStringList& arguments);
void addOptions(QCommandLineParser& parser, const CommandSpec& spec);

} // namespace carillon
