// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"
#include "app/ctl/Commands.h"
#include "app/ctl/RehearsalText.h"
#include "engine/base/Csv.h"
#include "engine/service/CampaignService.h"
#include "engine/service/ContactService.h"

#include <QSaveFile>

namespace carillon {

namespace {

constexpr int contactsPerRead = 500;
constexpr qint64 contactsInFile = 100'000; // of one finding

bool isListed(const RehearsalFinding& finding)
{
    return finding.kind == RehearsalFinding::Failed || finding.kind == RehearsalFinding::MissingVariable;
}

QByteArray header()
{
    return csvRecord({QStringLiteral("contact_id"), QStringLiteral("external_id"), QStringLiteral("name"),
                      QStringLiteral("kind"), QStringLiteral("channel"), QStringLiteral("part"), QStringLiteral("variable"),
                      QStringLiteral("reason")});
}

QByteArray record(const RehearsalFinding& finding, const Contact& contact)
{
    return csvRecord({QString::number(contact.id), contact.externalId, contact.name, kindName(finding.kind), finding.channel,
                      finding.part, finding.variable, finding.sentence});
}

// Composes the message of everybody who would get a campaign, and says what fails. Sends and changes nothing.
class RehearseCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        RehearsalRequest request;
        if (!readFirst(request.maxContacts))
            return;
        const Result<Campaign> campaign = chosenCampaign(context());
        if (!campaign)
            return failWith(campaign.error());
        request.campaign = *campaign;
        if (context().options.isSet(QStringLiteral("contacts")))
            request.contactsPerFinding = contactsInFile;
        m_run = context().services.campaigns.rehearse(request);
        connect(m_run.get(), &RehearsalRun::progressed, this, &RehearseCommand::showProgress);
        connect(m_run.get(), &RehearsalRun::finished, this, &RehearseCommand::report);
        connect(m_run.get(), &RehearsalRun::failed, this, [this](const Error& error) {
            console().progress({});
            failWith(error);
        });
    }

    void stop() override
    {
        m_stopped = true;
        if (m_run)
            m_run->cancel();
        else
            Command::stop();
    }

private:
    bool readFirst(qint64& number)
    {
        const QString text = context().options.value(QStringLiteral("first"));
        bool ok = true;
        number = text.isEmpty() ? 0 : text.toLongLong(&ok);
        if (ok && number >= 0 && (text.isEmpty() || number > 0))
            return true;
        failUsage(tr("--first %1: write a number of contacts.").arg(text));
        return false;
    }

    void showProgress()
    {
        console().progress(
            tr("%1 of %2 contacts, %3 fail").arg(m_run->done()).arg(m_run->total()).arg(m_run->report().failed));
    }

    void report()
    {
        console().progress({});
        const RehearsalReport& report = m_run->report();
        const QString path = context().options.value(QStringLiteral("contacts"));
        if (!path.isEmpty()) {
            if (const Status written = writeContacts(path, report.findings); !written)
                return failWith(written.error());
        }
        QJsonObject json = toJson(report);
        json.insert(QStringLiteral("cancelled"), m_stopped);
        console().result(json, toText(report));
        if (m_stopped)
            console().note(tr("Stopped: this is what was found in the first %1 contacts.").arg(report.contacts));
        Q_EMIT finished(m_stopped || report.failed > 0 ? ExitCode::Incomplete : ExitCode::Done);
    }

    Status writeContacts(const QString& path, const QList<RehearsalFinding>& findings)
    {
        QSaveFile file(path);
        const auto writeFailure = [&] {
            return fail(ErrorCode::Storage, tr("%1 cannot be written: %2.").arg(path, file.errorString()),
                        QStringLiteral("contacts"));
        };
        if (!file.open(QIODevice::WriteOnly))
            return writeFailure();
        file.write(header());
        for (const RehearsalFinding& finding : findings) {
            if (!isListed(finding))
                continue;
            if (const Status written = writeFinding(file, finding); !written)
                return written;
        }
        if (!file.commit())
            return writeFailure();
        return {};
    }

    Status writeFinding(QIODevice& file, const RehearsalFinding& finding)
    {
        for (qsizetype at = 0; at < finding.contacts.size(); at += contactsPerRead) {
            const auto contacts = context().services.contacts.some(finding.contacts.mid(at, contactsPerRead)).result();
            if (!contacts)
                return fail(contacts.error());
            for (const Contact& contact : *contacts)
                file.write(record(finding, contact));
        }
        if (finding.contacts.size() >= contactsInFile)
            console().note(
                tr("More than %1 contacts: %2 Only the first are in the file.").arg(contactsInFile).arg(finding.sentence));
        return {};
    }

    std::unique_ptr<RehearsalRun> m_run;
    bool m_stopped = false;
};

} // namespace

CommandSpec rehearseCommand()
{
    return {"rehearse",
            "[CAMPAIGN]",
            QT_TRANSLATE_NOOP("carillonctl", "Make everybody's message without sending it, and say what fails."),
            false,
            false,
            campaignOptions() << QCommandLineOption(
                QStringLiteral("first"), Command::tr("Only the first contacts of the audience."), Command::tr("number"))
                              << QCommandLineOption(QStringLiteral("contacts"),
                                                    Command::tr("Write every contact whose message fails or lacks a value "
                                                                "to this CSV file, with the reason."),
                                                    Command::tr("file")),
            [](const CommandContext& context) { return std::make_unique<RehearseCommand>(context); }};
}

} // namespace carillon
