// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ReceiptService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/NextChannel.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/provider/ReceiptRules.h"
#include "engine/service/AccountConfigReader.h"
#include "engine/service/ReceiptRun.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/ReceiptLedger.h"
#include "engine/store/Store.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 configMs = 30'000; // how long secrets are used before the vault is asked again
constexpr qint64 logMs = 60'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("ReceiptService", text);
}

tl::unexpected<Error> nobodyHere()
{
    return fail(ErrorCode::NotFound, tr("There is nothing at this address."));
}

QByteArrayList publicUrls(Connection& connection, const QByteArray& target)
{
    QByteArrayList urls;
    const QList<Brand> brands = BrandRepository(connection).all();
    for (const Brand& brand : brands) {
        const QByteArray url = publicAddress(brand.publicUrl, QString::fromUtf8(target)).toUtf8();
        if (!brand.publicUrl.isEmpty() && !urls.contains(url))
            urls << url;
    }
    return urls;
}

} // namespace

// A call whose account was found and whose token is right.
struct ReceiptService::Asked {
    Account account;
    ProviderDescription description;
    std::shared_ptr<const ReceiptRules> rules;
    Callback callback;
};

ReceiptService::ReceiptService(Store& store, const Clock& clock, const ProviderRegistry& registry, Vault& vault,
                               Dispatch& dispatch, const HookKey& key)
    : m_store(store)
    , m_clock(clock)
    , m_registry(registry)
    , m_vault(vault)
    , m_dispatch(dispatch)
    , m_key(key)
    , m_nextChannel(std::make_shared<NextChannel>(clock))
{
}

ReceiptService::~ReceiptService() = default;

Future<CallbackAnswer> ReceiptService::receive(const HookCall& call)
{
    if (m_atOnce.fetch_add(1) >= MaxAtOnce) {
        m_atOnce.fetch_sub(1);
        return readyFuture<CallbackAnswer>(fail(ErrorCode::Busy, tr("Too many callbacks at once.")));
    }
    return ask(call)
        .then([this](const Result<Asked>& asked) {
            return asked ? answer(*asked) : readyFuture<CallbackAnswer>(fail(asked.error()));
        })
        .unwrap()
        .then([this](const Result<CallbackAnswer>& answer) {
            m_atOnce.fetch_sub(1);
            return answer;
        });
}

Future<CallbackAnswer> ReceiptService::receiveInside(qint64 accountId, const QByteArray& json)
{
    return m_store
        .read([accountId](Connection& connection) -> Result<Account> {
            const std::optional<Account> account = AccountRepository(connection).find(accountId);
            return account ? Result<Account>(*account) : nobodyHere();
        })
        .then([this, json](const Result<Account>& account) {
            if (!account)
                return readyFuture<CallbackAnswer>(fail(account.error()));
            return receive({account->id, m_key.tokenOf(*account), {}, {}, {"POST", {}, {}, {}, json}});
        })
        .unwrap();
}

Future<ReceiptService::Asked> ReceiptService::ask(const HookCall& call) const
{
    return m_store.read([call, key = m_key, &registry = m_registry](Connection& connection) -> Result<Asked> {
        const std::optional<Account> account = AccountRepository(connection).find(call.accountId);
        if (!account || !key.opens(call.token, *account))
            return nobodyHere();
        const auto provider = registry.find(account->provider);
        if (!provider || !provider->receipts())
            return nobodyHere();
        Asked asked{*account, provider->description(), provider->receipts(), call.callback};
        asked.callback.urls = publicUrls(connection, call.target);
        if (!call.host.isEmpty())
            asked.callback.urls << "https://" + call.host + call.target << "http://" + call.host + call.target;
        return asked;
    });
}

Future<CallbackAnswer> ReceiptService::answer(const Asked& asked)
{
    return configOf(asked)
        .then([this, asked](const Result<AccountConfig>& config) {
            return config ? read(asked, *config) : readyFuture<CallbackAnswer>(fail(config.error()));
        })
        .unwrap();
}

Future<AccountConfig> ReceiptService::configOf(const Asked& asked)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.constFind(asked.account.id);
        if (known != m_known.cend() && known->updatedAt == asked.account.updatedAt
            && m_clock.steady() - known->readAt < configMs)
            return readyFuture<AccountConfig>(known->config);
    }
    return readAccountConfig(m_vault, m_store.workspaceId(), asked.description, asked.account)
        .then([this, updatedAt = asked.account.updatedAt](const Result<AccountConfig>& config) {
            if (config) {
                const std::lock_guard lock(m_mutex);
                m_known.insert(config->accountId, {updatedAt, m_clock.steady(), *config});
            }
            return config;
        });
}

Future<CallbackAnswer> ReceiptService::read(const Asked& asked, const AccountConfig& config)
{
    const Result<CallbackReading> reading = asked.rules->read(asked.callback, config, m_store.workspaceId(), m_clock.now());
    if (!reading) {
        logNowAndThen(asked.account.id, QStringLiteral("receipts.refused"),
                      {{QStringLiteral("reason"), reading.error().message}});
        return readyFuture<CallbackAnswer>(fail(reading.error()));
    }
    if (!reading->unknown.isEmpty())
        logUnknown(asked.account.id, reading->unknown);
    return write(asked.account, *reading).then([answer = reading->answer](const Status& written) -> Result<CallbackAnswer> {
        if (!written)
            return fail(written.error());
        return answer;
    });
}

Future<void> ReceiptService::write(const Account& account, const CallbackReading& reading)
{
    if (reading.receipts.isEmpty() && reading.messages.isEmpty())
        return readyFuture<void>({});
    return writeReceipts({m_store, m_clock, m_dispatch, m_nextChannel}, account, reading);
}

void ReceiptService::logUnknown(qint64 accountId, const QList<UnknownReceipt>& unknown)
{
    QJsonObject data{{QStringLiteral("status"), unknown.first().status},
                     {QStringLiteral("reason"), tr("Nobody knows what this status means.")}};
    if (!unknown.first().providerId.isEmpty())
        data.insert(QStringLiteral("provider_id"), unknown.first().providerId);
    if (unknown.size() > 1)
        data.insert(QStringLiteral("more"), unknown.size() - 1);
    logNowAndThen(accountId, QStringLiteral("receipts.unknown"), data);
}

void ReceiptService::logNowAndThen(qint64 accountId, const QString& type, QJsonObject data)
{
    qint64 unsaid = 0;
    {
        const std::lock_guard lock(m_mutex);
        Logged& logged = m_logged[{accountId, type}];
        const qint64 now = m_clock.steady();
        if (logged.at != 0 && now - logged.at < logMs) {
            ++logged.since;
            return;
        }
        unsaid = std::exchange(logged.since, 0);
        logged.at = qMax<qint64>(1, now);
    }
    if (unsaid > 0)
        data.insert(QStringLiteral("more_before"), unsaid);
    m_store.write([accountId, type, data, now = m_clock.now()](Connection& connection) -> Status {
        LogRepository(connection).append({0, now, type, QStringLiteral("engine"), 0, 0, 0, accountId, {}, data});
        return {};
    });
}

Future<void> ReceiptService::forgetOld()
{
    return m_store.write([now = m_clock.now()](Connection& connection) -> Status {
        ReceiptLedger(connection, now).forgetOld();
        return {};
    });
}

} // namespace carillon
