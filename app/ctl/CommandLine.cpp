// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CommandLine.h"

#include "app/VaultChoice.h"
#include "app/ctl/Commands.h"

#include <QCoreApplication>

namespace carillon {

std::optional<CommandSpec> findCommand(const QString& name)
{
    for (const CommandSpec& spec : allCommands()) {
        if (name == QLatin1String(spec.name))
            return spec;
    }
    return std::nullopt;
}

QString takeCommandName(QStringList& arguments)
{
    for (auto name = arguments.begin(); name != arguments.end(); ++name) {
        if (*name == u"--workspace" || *name == u"--vault") {
            if (++name == arguments.end()) // its value
                break;
        } else if (!name->startsWith(u'-')) {
            const QString taken = *name;
            arguments.erase(name);
            return taken;
        }
    }
    return {};
}

void addOptions(QCommandLineParser& parser, const CommandSpec& spec)
{
    parser.setApplicationDescription(QCoreApplication::translate("carillonctl", spec.summary));
    parser.addOption(
        {QStringLiteral("workspace"), Command::tr("The workspace; the user's own when not given."), Command::tr("file")});
    parser.addOption({QStringLiteral("vault"), vaultHelp(), Command::tr("kind")});
    parser.addOption({QStringLiteral("json"), Command::tr("Results as JSON, one object a line.")});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, Command::tr("This text.")});
    if (spec.sends)
        parser.addOption({QStringLiteral("this-copy-sends"),
                          Command::tr("Send from this workspace though it was copied or restored: the original does not.")});
    parser.addOptions(spec.options);
}

} // namespace carillon
