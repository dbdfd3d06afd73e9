// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "engine/base/Future.h"
#include "engine/security/EnvironmentVault.h"
#include "engine/service/AccountService.h"

#include <algorithm>

namespace carillon {

namespace {

// Shows where secrets are kept and which are there, and changes them. Their values are never shown, and never taken from the
// command line, which every user of the machine can read.
class VaultCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        QStringList arguments = context().arguments;
        const QString action = arguments.isEmpty() ? QStringLiteral("check") : arguments.takeFirst();
        if (action == QStringLiteral("check") && arguments.isEmpty())
            return check();
        if (action == QStringLiteral("list") && arguments.isEmpty())
            return withAccounts([this](const QList<AccountSummary>& accounts) { list(accounts); });
        const bool sets = action == QStringLiteral("set");
        if (!(sets || action == QStringLiteral("remove")) || arguments.size() != 2)
            return failUsage(tr("carillonctl vault [check] | list | set ACCOUNT FIELD | remove ACCOUNT FIELD"));
        if (sets && context().input.isEmpty())
            return failUsage(tr("The secret is read from standard input, and nothing is there."));
        withAccounts([this, arguments](const QList<AccountSummary>& accounts) {
            change(accounts, arguments.first(), arguments.last());
        });
    }

private:
    void check()
    {
        whenReady(context().services.accounts.checkVault(), this, [this](const Status& checked) {
            const QString place = context().services.accounts.vaultPlace();
            QJsonObject result{{QStringLiteral("place"), place}, {QStringLiteral("ok"), checked.has_value()}};
            if (!checked)
                return failWith(checked.error());
            const bool readOnly = context().services.accounts.isVaultReadOnly();
            result.insert(QStringLiteral("read_only"), readOnly);
            console().result(result,
                             readOnly ? tr("Secrets are read from %1; nothing can be stored.").arg(place)
                                      : tr("Secrets are kept in %1. It can be read and written.").arg(place));
            Q_EMIT finished(ExitCode::Done);
        });
    }

    template <typename Take>
    void withAccounts(Take take)
    {
        whenReady(context().services.accounts.list(), this, [this, take](const Result<QList<AccountSummary>>& accounts) {
            if (!accounts)
                return failWith(accounts.error());
            take(*accounts);
        });
    }

    const ProviderDescription* providerOf(const AccountSummary& summary)
    {
        if (m_providers.isEmpty())
            m_providers = context().services.accounts.providers();
        const auto found = std::find_if(m_providers.cbegin(), m_providers.cend(),
                                        [&](const ProviderDescription& one) { return one.key == summary.account.provider; });
        return found == m_providers.cend() ? nullptr : &*found;
    }

    void list(const QList<AccountSummary>& accounts)
    {
        for (const AccountSummary& summary : accounts) {
            const ProviderDescription* provider = providerOf(summary);
            for (const ProviderField& field : provider ? provider->fields : QList<ProviderField>()) {
                if (field.secret)
                    show(summary, field);
            }
        }
        Q_EMIT finished(ExitCode::Done);
    }

    void show(const AccountSummary& summary, const ProviderField& field) const
    {
        const bool kept = summary.keptSecrets.contains(field.key);
        const QString key = secretKey({}, summary.account.id, field.key);
        const QString state = kept ? tr("kept") : field.required ? tr("MISSING") : tr("none");
        console().result({{QStringLiteral("account"), summary.account.name},
                          {QStringLiteral("account_id"), summary.account.id},
                          {QStringLiteral("field"), field.key},
                          {QStringLiteral("kept"), kept},
                          {QStringLiteral("required"), field.required},
                          {QStringLiteral("credential"), EnvironmentVault::credentialName(key)},
                          {QStringLiteral("variable"), EnvironmentVault::variableName(key)}},
                         QStringLiteral("%1  %2  %3  %4")
                             .arg(state, -8)
                             .arg(summary.account.name, -24)
                             .arg(field.key, -20)
                             .arg(EnvironmentVault::credentialName(key)));
    }

    void change(const QList<AccountSummary>& accounts, const QString& name, const QString& field)
    {
        const auto summary = std::find_if(accounts.cbegin(), accounts.cend(), [&](const AccountSummary& one) {
            return one.account.name == name || QString::number(one.account.id) == name;
        });
        if (summary == accounts.cend())
            return failWith({ErrorCode::NotFound, tr("There is no account \"%1\".").arg(name), QStringLiteral("account")});
        QByteArray value = context().input;
        if (value.endsWith('\n'))
            value.chop(value.endsWith("\r\n") ? 2 : 1);
        // Without input this is "remove": an empty secret is taken out.
        const Future<qint64> saved
            = context().services.accounts.save(context().caller, summary->account, {{field, Secret(value)}});
        whenReady(saved, this, [this, field, account = summary->account.name](const Result<qint64>& id) {
            if (!id)
                return failWith(id.error());
            console().result({{QStringLiteral("account"), account}, {QStringLiteral("field"), field}},
                             tr("Done: %1 of \"%2\".").arg(field, account));
            Q_EMIT finished(ExitCode::Done);
        });
    }

    QList<ProviderDescription> m_providers;
};

} // namespace

CommandSpec vaultCommand()
{
    CommandSpec spec{"vault",
                     "[ACTION]",
                     QT_TRANSLATE_NOOP("carillonctl", "Where secrets are kept: check, list, set or remove them."),
                     false,
                     false,
                     {},
                     [](const CommandContext& context) { return std::make_unique<VaultCommand>(context); }};
    // Only what is to be stored is read, so that "vault list" does not wait for a terminal.
    spec.readsInput = [](const QStringList& arguments) { return arguments.value(0) == QStringLiteral("set"); };
    return spec;
}

} // namespace carillon
