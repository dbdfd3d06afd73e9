// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "engine/service/ContactService.h"

namespace carillon {

namespace {

QJsonObject toJson(const ImportProgress& progress)
{
    QJsonObject refused;
    for (auto reason = progress.refused.cbegin(); reason != progress.refused.cend(); ++reason)
        refused.insert(reason.key(), reason.value());
    return {{QStringLiteral("rows"), progress.rows},
            {QStringLiteral("inserted"), progress.inserted},
            {QStringLiteral("updated"), progress.updated},
            {QStringLiteral("refused"), refused},
            {QStringLiteral("cancelled"), progress.cancelled}};
}

QString toText(const ImportProgress& progress)
{
    QString text = Command::tr("%1 rows read, %2 contacts added, %3 updated")
                       .arg(progress.rows)
                       .arg(progress.inserted)
                       .arg(progress.updated);
    for (auto reason = progress.refused.cbegin(); reason != progress.refused.cend(); ++reason)
        text += QStringLiteral("\n  %1 %2").arg(reason.value(), 8).arg(reason.key());
    return text;
}

// Reads a file of contacts into the workspace.
class ImportCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        if (context().arguments.size() != 1)
            return failUsage(tr("import needs one file: carillonctl import FILE [--list NAME] [--update] [--map "
                                "COLUMN=TARGET] [--report FILE]"));
        whenReady(context().services.contacts.inspect(context().arguments.first()), this,
                  [this](const Result<ImportInspection>& inspection) {
                      if (!inspection)
                          return failWith(inspection.error());
                      m_options = inspection->suggested;
                      if (const Status mapped = applyMapping(inspection->header); !mapped)
                          return failWith(mapped.error());
                      if (context().options.isSet(QStringLiteral("update")))
                          m_options.duplicatePolicy = DuplicatePolicy::Update;
                      findList();
                  });
    }

    void stop() override
    {
        if (m_run)
            m_run->cancel();
        else
            Command::stop();
    }

private:
    Status applyMapping(const QStringList& header)
    {
        for (const QString& pair : context().options.values(QStringLiteral("map"))) {
            const qsizetype equals = pair.indexOf(u'=');
            const qsizetype column = header.indexOf(pair.left(equals));
            if (equals < 1 || column < 0)
                return fail(
                    ErrorCode::InvalidInput,
                    tr("--map %1: there is no such column. The file has: %2.").arg(pair, header.join(QStringLiteral(", "))),
                    QStringLiteral("map"));
            m_options.mapping[column] = pair.mid(equals + 1);
        }
        return {};
    }

    void findList()
    {
        const QString name = context().options.value(QStringLiteral("list"));
        if (name.isEmpty())
            return run();
        whenReady(context().services.contacts.lists(), this, [this, name](const Result<QList<ContactList>>& lists) {
            if (!lists)
                return failWith(lists.error());
            for (const ContactList& list : *lists) {
                if (list.name == name) {
                    m_options.listId = list.id;
                    return run();
                }
            }
            ContactList list;
            list.name = name;
            whenReady(context().services.contacts.saveList(context().caller, list), this, [this](const Result<qint64>& id) {
                if (!id)
                    return failWith(id.error());
                m_options.listId = *id;
                run();
            });
        });
    }

    void run()
    {
        auto started = context().services.contacts.startImport(context().caller, context().arguments.first(), m_options);
        if (!started)
            return failWith(started.error());
        m_run = std::move(*started);
        connect(m_run.get(), &ImportRun::progressed, this, [this](const ImportProgress& progress) {
            console().progress(tr("%1 rows, %2 of %3 KiB")
                                   .arg(progress.rows)
                                   .arg(progress.bytesDone / 1024)
                                   .arg(progress.bytesTotal / 1024));
        });
        connect(m_run.get(), &ImportRun::finished, this, &ImportCommand::report);
    }

    void report(const ImportProgress& progress)
    {
        console().progress({});
        const QString path = context().options.value(QStringLiteral("report"));
        if (!path.isEmpty()) {
            if (const Status saved = m_run->saveReport(path); !saved)
                return failWith(saved.error());
        }
        console().result(toJson(progress), toText(progress));
        if (!progress.error.isEmpty())
            return failWith({ErrorCode::Storage, progress.error, {}});
        Q_EMIT finished(progress.refused.isEmpty() ? ExitCode::Done : ExitCode::Incomplete);
    }

    ImportOptions m_options;
    std::unique_ptr<ImportRun> m_run;
};

} // namespace

CommandSpec importCommand()
{
    return {
        "import",
        "FILE",
        QT_TRANSLATE_NOOP("carillonctl", "Read contacts from a CSV file."),
        false,
        false,
        {{QStringLiteral("list"), Command::tr("Put the contacts on this list; it is made when it is missing."),
          Command::tr("name")},
         {QStringLiteral("update"), Command::tr("Update contacts that are known already instead of leaving them alone.")},
         {QStringLiteral("map"),
          Command::tr("Read a column as: external_id, email, phone, name, first_name, last_name, locale, time_zone, "
                      "attribute:<key>, or nothing to leave it out."),
          Command::tr("column=target")},
         {QStringLiteral("report"), Command::tr("Write the refused rows to this CSV file."), Command::tr("file")}},
        [](const CommandContext& context) { return std::make_unique<ImportCommand>(context); }};
}

} // namespace carillon
