// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyFile.h"
#include "app/ctl/Commands.h"
#include "engine/base/Json.h"

#include <QFile>
#include <QJsonArray>

namespace carillon {

namespace {

// Brings brands, accounts and topics to what a file says.
class ApplyCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        if (context().arguments.size() != 1)
            return failUsage(tr("apply needs one JSON file: carillonctl apply FILE"));
        QFile file(context().arguments.first());
        if (!file.open(QIODevice::ReadOnly))
            return failWith(
                {ErrorCode::InvalidInput, tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()), {}});
        const Result<QJsonObject> object = parseJsonObject(file.readAll());
        if (!object)
            return failWith({object.error().code, file.fileName() + QStringLiteral(": ") + object.error().message, {}});
        const Result<QStringList> applied = applyFile(context().services, context().caller, *object);
        if (!applied)
            return failWith(applied.error());
        console().result({{QStringLiteral("applied"), QJsonArray::fromStringList(*applied)}},
                         tr("Applied: %1").arg(applied->join(QStringLiteral(", "))));
        Q_EMIT finished(ExitCode::Done);
    }
};

} // namespace

CommandSpec applyCommand()
{
    return {"apply",
            "FILE",
            QT_TRANSLATE_NOOP("carillonctl", "Make or change brands, accounts and topics as a JSON file says."),
            false,
            false,
            {},
            [](const CommandContext& context) { return std::make_unique<ApplyCommand>(context); }};
}

} // namespace carillon
