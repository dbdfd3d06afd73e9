// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/SenderFactory.h"

#include "engine/provider/ProviderRegistry.h"
#include "engine/security/Vault.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Store.h"

#include <QPointer>

namespace carillon {

namespace {

struct Found {
    Account account;
    QString receiptsUrl;
};

} // namespace

struct SenderFactory::Request {
    Account account;
    ProviderPtr provider; // as it was found: its file may change meanwhile, and then the account is read anew
    AccountConfig config;
    QList<ProviderField> secretsToFetch;
    QPointer<QObject> context;
    Answer answer;

    void refuse(Error error) const
    {
        if (context)
            answer(fail(std::move(error)));
    }
};

SenderFactory::SenderFactory(Store& store, const ProviderRegistry& registry, Vault& vault, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_registry(registry)
    , m_vault(vault)
{
}

void SenderFactory::make(qint64 accountId, bool evenIfDisabled, QObject* context, Answer answer)
{
    auto request = std::make_shared<Request>();
    request->context = context;
    request->answer = std::move(answer);
    whenReady(m_store.read([accountId, key = m_hookKey](Connection& connection) -> Result<Found> {
        const std::optional<Account> account = AccountRepository(connection).find(accountId);
        if (!account)
            return fail(ErrorCode::NotFound, tr("There is no account %1.").arg(accountId));
        return Found{*account, key ? key->urlOf(BrandRepository(connection).publicUrl(), *account) : QString()};
    }),
              this, [this, request, evenIfDisabled](const Result<Found>& found) {
                  if (!found)
                      return request->refuse(found.error());
                  const Account& account = found->account;
                  if (!account.enabled && !evenIfDisabled)
                      return request->refuse({ErrorCode::Conflict, tr("The account %1 is disabled.").arg(account.name), {}});
                  request->account = account;
                  request->provider = m_registry.find(account.provider);
                  if (!request->provider)
                      return request->refuse(m_registry.checkAccount({}, account.provider).error());
                  request->config = {account.id, account.settings, {}, found->receiptsUrl};
                  for (const ProviderField& field : request->provider->description().fields) {
                      if (field.secret)
                          request->secretsToFetch << field;
                  }
                  fetchSecrets(request);
              });
}

void SenderFactory::fetchSecrets(const std::shared_ptr<Request>& request)
{
    if (request->secretsToFetch.isEmpty())
        return build(request);
    const ProviderField field = request->secretsToFetch.takeFirst();
    whenReady(m_vault.read(secretKey(m_store.workspaceId(), request->account.id, field.key)), this,
              [this, request, field](const Result<Secret>& secret) {
                  if (secret) {
                      request->config.secrets.insert(field.key, *secret);
                  } else if (field.required) {
                      return request->refuse({ErrorCode::NeedsSecret,
                                              tr("%1 needs its %2.").arg(request->account.name, field.label), field.key});
                  }
                  fetchSecrets(request);
              });
}

void SenderFactory::build(const std::shared_ptr<Request>& request)
{
    if (const Status checked = checkAccount(*request->provider, request->config); !checked)
        return request->refuse(checked.error());
    auto ready = std::make_shared<ReadyAccount>();
    ready->account = request->account;
    ready->sender = request->provider->makeSender(request->config);
    if (request->context)
        request->answer(std::move(ready));
}

} // namespace carillon
