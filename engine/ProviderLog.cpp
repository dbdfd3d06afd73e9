// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ProviderLog.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/ProviderFolder.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

void append(Connection& connection, const QString& type, const QString& name, const QString& value, qint64 now)
{
    LogEntry entry;
    entry.time = now;
    entry.type = type;
    entry.actor = QStringLiteral("engine");
    entry.data = {{name, value}};
    LogRepository(connection).append(entry);
}

// Gives the accounts whose provider is another one now.
Result<QList<qint64>> write(Connection& connection, const ProviderNews& news, qint64 now)
{
    for (const QString& key : news.changed)
        append(connection, QStringLiteral("provider.changed"), QStringLiteral("provider"), key, now);
    for (const QString& key : news.removed)
        append(connection, QStringLiteral("provider.removed"), QStringLiteral("provider"), key, now);
    for (const QString& problem : news.refused)
        append(connection, QStringLiteral("provider.refused"), QStringLiteral("reason"), problem, now);
    QList<qint64> accounts;
    for (const Account& account : AccountRepository(connection).all()) {
        if (news.changed.contains(account.provider) || news.removed.contains(account.provider))
            accounts << account.id;
    }
    return accounts;
}

} // namespace

void followProviders(ProviderFolder& folder, Store& store, const Clock& clock, Dispatch& dispatch)
{
    QObject::connect(&folder, &ProviderFolder::changed, &dispatch, [&store, &clock, &dispatch](const ProviderNews& news) {
        whenReady(store.write([news, now = clock.now()](Connection& connection) { return write(connection, news, now); }),
                  &dispatch, [&dispatch](const Result<QList<qint64>>& accounts) {
                      for (const qint64 id : accounts.value_or(QList<qint64>()))
                          dispatch.accountChanged(id);
                  });
    });
}

} // namespace carillon
