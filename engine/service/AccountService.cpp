// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/FieldCheck.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/security/Vault.h"
#include "engine/service/Audit.h"
#include "engine/service/GeneratedSecrets.h"
#include "engine/service/TestMessage.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Store.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("AccountService", text);
}

QString readableName(const ProviderRegistry& registry, const Account& account)
{
    const ProviderPtr provider = registry.find(account.provider);
    return provider ? provider->description().name : account.provider;
}

struct AllAccounts {
    QList<Account> accounts;
    QString publicUrl;
    QHash<qint64, qint64> lastUsed; // UTC milliseconds, by account
};

QString receiptsUrl(const ProviderRegistry& registry, const std::optional<HookKey>& key, const Account& account,
                    const QString& publicUrl)
{
    const ProviderPtr provider = registry.find(account.provider);
    return key && provider && provider->receipts() ? key->urlOf(publicUrl, account) : QString();
}

// What the vault has of each account, asked one after the other; the registry says what is missing.
struct SecretSurvey {
    struct Question {
        qsizetype summary = 0;
        QString field;
        QString key;
    };
    QList<AccountSummary> summaries;
    QList<AccountConfig> configs; // of the same accounts
    QList<Question> questions;
    QPromise<Result<QList<AccountSummary>>> promise;
};

void answer(const ProviderRegistry& registry, SecretSurvey& survey)
{
    for (qsizetype i = 0; i < survey.summaries.size(); ++i) {
        AccountSummary& summary = survey.summaries[i];
        const AccountConfig& config = survey.configs.at(i);
        const ProviderPtr provider = registry.find(summary.account.provider);
        if (!provider)
            continue;
        const Status checked = checkAccount(*provider, config);
        const bool needs = !checked && checked.error().code == ErrorCode::NeedsSecret;
        for (const ProviderField& field : provider->description().fields) {
            if (!field.secret)
                continue;
            if (config.secrets.contains(field.key))
                summary.keptSecrets << field.key;
            else if (field.required || (needs && checked.error().field == field.key))
                summary.missingSecrets << field.label;
        }
    }
    survey.promise.addResult(survey.summaries);
    survey.promise.finish();
}

void askNext(Vault& vault, const ProviderRegistry& registry, const std::shared_ptr<SecretSurvey>& survey)
{
    if (survey->questions.isEmpty())
        return answer(registry, *survey);
    const SecretSurvey::Question question = survey->questions.takeFirst();
    vault.read(question.key).then([&vault, &registry, survey, question](const Result<Secret>& secret) {
        if (secret)
            survey->configs[question.summary].secrets.insert(question.field, *secret);
        askNext(vault, registry, survey);
    });
}

// Checks the settings. Secrets may be in the vault already, so one that is not given now is no error.
Status checkSettings(const ProviderRegistry& registry, const Account& account, const QHash<QString, Secret>& secrets)
{
    const Status checked = registry.checkAccount({account.id, account.settings, secrets}, account.provider);
    if (!checked && checked.error().code == ErrorCode::NeedsSecret)
        return {};
    return checked;
}

// A provider that serves several channels has its channel among its settings.
QString channelOf(const Provider& provider, const QJsonObject& settings)
{
    const QString chosen = settings.value(u"channel").toString();
    return chosen.isEmpty() ? provider.description().channel : chosen;
}

// Writes (or, when empty, removes) secrets one after the other; the first error ends it.
Future<void> writeAll(Vault& vault, QList<QPair<QString, Secret>> secrets)
{
    if (secrets.isEmpty())
        return readyFuture<void>({});
    const auto [key, secret] = secrets.takeFirst();
    Future<void> written = secret.isEmpty() ? vault.remove(key) : vault.write(key, secret);
    return written
        .then([&vault, secrets](const Status& status) {
            return status ? writeAll(vault, secrets) : readyFuture<void>(status);
        })
        .unwrap();
}

} // namespace

AccountService::AccountService(Store& store, const Clock& clock, const ProviderRegistry& registry, Vault& vault,
                               Dispatch& dispatch, std::optional<HookKey> hookKey)
    : m_store(store)
    , m_clock(clock)
    , m_registry(registry)
    , m_vault(vault)
    , m_dispatch(dispatch)
    , m_hookKey(std::move(hookKey))
{
}

QList<ProviderDescription> AccountService::providers() const
{
    QList<ProviderDescription> descriptions;
    for (const ProviderPtr& provider : m_registry.all())
        descriptions << provider->description();
    std::sort(descriptions.begin(), descriptions.end(), [](const ProviderDescription& a, const ProviderDescription& b) {
        return std::tie(a.channel, a.name) < std::tie(b.channel, b.name);
    });
    return descriptions;
}

QStringList AccountService::providerProblems() const
{
    return m_registry.problems();
}

Status AccountService::checkField(const ProviderField& field, const QJsonValue& value)
{
    return field.secret ? checkSecretField(field, Secret(value.toString().toUtf8())) : carillon::checkField(field, value);
}

QList<RecognisedAccount> AccountService::recognise(const QString& text) const
{
    QList<RecognisedAccount> accounts;
    const QList<RecognisedProvider> found = m_registry.recognise(text);
    for (const auto& [provider, recognised] : found) {
        const ProviderDescription& description = provider->description();
        accounts.append({description.key, description.name, recognised.settings, recognised.secrets});
    }
    return accounts;
}

Future<QList<AccountSummary>> AccountService::list() const
{
    return m_store
        .read([](Connection& connection) -> Result<AllAccounts> {
            AccountRepository accounts(connection);
            return AllAccounts{accounts.all(), BrandRepository(connection).publicUrl(), accounts.lastUsed()};
        })
        .then([this](const Result<AllAccounts>& all) -> Future<QList<AccountSummary>> {
            if (!all)
                return readyFuture<QList<AccountSummary>>(fail(all.error()));
            auto survey = std::make_shared<SecretSurvey>();
            survey->promise.start();
            for (const Account& account : all->accounts) {
                AccountSummary summary;
                summary.account = account;
                summary.providerName = readableName(m_registry, account);
                summary.receiptsUrl = receiptsUrl(m_registry, m_hookKey, account, all->publicUrl);
                summary.lastUsedAt = all->lastUsed.value(account.id);
                survey->summaries << summary;
                survey->configs << AccountConfig{account.id, account.settings, {}};
                const ProviderPtr provider = m_registry.find(account.provider);
                if (!provider)
                    continue;
                for (const ProviderField& field : provider->description().fields) {
                    if (field.secret)
                        survey->questions << SecretSurvey::Question{survey->summaries.size() - 1, field.key,
                                                                    secretKey(m_store.workspaceId(), account.id, field.key)};
                }
            }
            const Future<QList<AccountSummary>> answer = survey->promise.future();
            askNext(m_vault, m_registry, survey);
            return answer;
        })
        .unwrap();
}

Future<qint64> AccountService::save(const Caller& caller, const Account& account, const QHash<QString, Secret>& secrets)
{
    Status allowed = caller.require(Role::Administrator);
    const ProviderPtr provider = m_registry.find(account.provider);
    Account saved = account;
    saved.settings = m_registry.completeSettings(account.provider, account.settings);
    if (allowed && account.name.trimmed().isEmpty())
        allowed = fail(ErrorCode::InvalidInput, tr("The account needs a name."), QStringLiteral("name"));
    if (allowed && !provider)
        allowed = fail(ErrorCode::InvalidInput, tr("There is no provider \"%1\".").arg(account.provider),
                       QStringLiteral("provider"));
    if (allowed)
        allowed = checkSettings(m_registry, saved, secrets);
    if (allowed)
        allowed = check(saved.limits);
    if (!allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    saved.channel = channelOf(*provider, saved.settings);
    if (saved.id == 0 && saved.limits == AccountLimits())
        saved.limits = provider->description().limits;
    return withGenerated(m_vault, provider, m_store.workspaceId(), {saved.id, saved.settings, secrets})
        .then([this, caller, saved](const Result<AccountConfig>& complete) mutable -> Future<qint64> {
            if (!complete)
                return readyFuture<qint64>(fail(complete.error()));
            saved.settings = complete->settings;
            return write(caller, saved, complete->secrets);
        })
        .unwrap();
}

Future<qint64> AccountService::write(const Caller& caller, const Account& account, const QHash<QString, Secret>& secrets)
{
    return m_store
        .write([caller, saved = account, now = m_clock.now()](Connection& connection) mutable -> Result<qint64> {
            AccountRepository accounts(connection);
            for (const Account& other : accounts.all()) {
                if (other.name == saved.name && other.id != saved.id)
                    return fail(ErrorCode::Conflict, tr("Another account is called %1.").arg(saved.name),
                                QStringLiteral("name"));
            }
            saved.createdAt = now;
            saved.updatedAt = now;
            saved.id = accounts.save(saved);
            LogEntry about;
            about.accountId = saved.id;
            audit(connection, caller, QStringLiteral("account.saved"), now,
                  {{QStringLiteral("name"), saved.name}, {QStringLiteral("provider"), saved.provider}}, about);
            return saved.id;
        })
        .then([this, secrets](const Result<qint64>& id) -> Future<qint64> {
            if (!id)
                return readyFuture<qint64>(id);
            QList<QPair<QString, Secret>> toWrite;
            for (auto secret = secrets.cbegin(); secret != secrets.cend(); ++secret)
                toWrite << qMakePair(secretKey(m_store.workspaceId(), *id, secret.key()), secret.value());
            return writeAll(m_vault, toWrite).then([this, id](const Status& status) -> Result<qint64> {
                m_dispatch.accountChanged(*id);
                if (!status)
                    return fail(status.error());
                return *id;
            });
        })
        .unwrap();
}

Future<void> AccountService::remove(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Administrator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store
        .write([caller, id, now = m_clock.now()](Connection& connection) -> Result<Account> {
            AccountRepository accounts(connection);
            const std::optional<Account> account = accounts.find(id);
            if (!account)
                return fail(ErrorCode::NotFound, tr("There is no such account."));
            if (const qint64 used = accounts.routeCount(id); used > 0)
                return fail(ErrorCode::Conflict,
                            tr("The account %1 cannot be removed: %2 topics send through it.").arg(account->name).arg(used));
            accounts.remove(id);
            LogEntry about;
            about.accountId = id;
            audit(connection, caller, QStringLiteral("account.removed"), now, {{QStringLiteral("name"), account->name}},
                  about);
            return *account;
        })
        .then([this](const Result<Account>& removed) -> Future<void> {
            if (!removed)
                return readyFuture<void>(fail(removed.error()));
            m_dispatch.accountChanged(removed->id);
            return forgetSecrets(*removed);
        })
        .unwrap();
}

// What the service manager gives is not ours to take away.
Future<void> AccountService::forgetSecrets(const Account& account)
{
    const ProviderPtr provider = m_registry.find(account.provider);
    if (!provider || m_vault.isReadOnly())
        return readyFuture<void>({});
    QList<QPair<QString, Secret>> secrets;
    for (const ProviderField& field : provider->description().fields) {
        if (field.secret)
            secrets << qMakePair(secretKey(m_store.workspaceId(), account.id, field.key), Secret());
    }
    return writeAll(m_vault, secrets).then([name = account.name](const Status& status) -> Status {
        if (status)
            return status;
        return fail(status.error().code,
                    tr("The account %1 was removed, but its secrets could not be: %2").arg(name, status.error().message));
    });
}

QString AccountService::vaultPlace() const
{
    return m_vault.place();
}

bool AccountService::isVaultReadOnly() const
{
    return m_vault.isReadOnly();
}

Future<void> AccountService::checkVault() const
{
    return m_vault.probe();
}

Future<QString> AccountService::probe(qint64 id)
{
    return m_dispatch.probe(id);
}

Future<Outcome> AccountService::testSend(const Caller& caller, qint64 id, const QString& address)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<Outcome>(fail(allowed.error()));
    return m_store
        .read([id, address, now = m_clock.now(),
               workspace = m_store.workspaceId()](Connection& connection) -> Result<Message> {
            const std::optional<Account> account = AccountRepository(connection).find(id);
            if (!account)
                return fail(ErrorCode::NotFound, tr("There is no such account."));
            const QList<Brand> brands = BrandRepository(connection).all();
            return testMessage(*account, brands.isEmpty() ? Brand() : brands.first(), address, workspace, now);
        })
        .then([this, id](const Result<Message>& message) -> Future<Outcome> {
            if (!message)
                return readyFuture<Outcome>(fail(message.error()));
            return m_dispatch.sendOnce(id, *message);
        })
        .unwrap();
}

} // namespace carillon
