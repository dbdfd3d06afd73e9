// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyFile.h"
#include "app/ctl/Commands.h"
#include "app/ctl/InputFile.h"
#include "engine/base/Json.h"

#include <QJsonArray>

namespace carillon {

namespace {

constexpr qint64 longestFile = 64 << 20; // bytes

// Brings brands, accounts and topics to what a file says.
class ApplyCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        if (context().arguments.size() != 1)
            return failUsage(tr("apply needs one JSON file: carillonctl apply FILE"));
        const QString path = context().arguments.first();
        const Result<QByteArray> text = readTextFile(path, longestFile);
        if (!text)
            return failWith(text.error());
        const Result<QJsonObject> object = parseJsonObject(*text);
        if (!object)
            return failWith({object.error().code, path + QStringLiteral(": ") + object.error().message, {}});
        const Result<QStringList> applied = applyFile(context().services, context().caller, *object);
        if (!applied)
            return failWith(
                {applied.error().code, path + QStringLiteral(": ") + applied.error().message, applied.error().field});
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
