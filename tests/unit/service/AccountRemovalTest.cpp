// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountService.h"
#include "tests/unit/service/SendingRoom.h"

using namespace carillon;

namespace {

// A vault that takes secrets, and lets none go.
class StickyVault final : public Vault {
public:
    QFuture<Status> probe() override { return m_vault.probe(); }
    QFuture<Result<Secret>> read(const QString& key) override { return m_vault.read(key); }
    QFuture<Status> write(const QString& key, const Secret& secret) override { return m_vault.write(key, secret); }
    QString place() const override { return m_vault.place(); }
    QFuture<Status> remove(const QString&) override
    {
        return QtFuture::makeReadyFuture<Status>(fail(ErrorCode::Forbidden, QStringLiteral("the vault is locked")));
    }

private:
    MemoryVault m_vault;
};

} // namespace

// What is left of an account that was removed: nothing that another could take for its own.
class AccountRemovalTest : public QObject {
    Q_OBJECT

private:
    static Account account()
    {
        Account account;
        account.name = QStringLiteral("Shop");
        account.provider = QStringLiteral("slack");
        return account;
    }
    static QHash<QString, Secret> secrets()
    {
        return {{QStringLiteral("token"), Secret(QByteArray("xoxb-hunter2"))},
                {QStringLiteral("signing_secret"), Secret(QByteArray("hunter3"))}};
    }
    static bool isKept(SendingRoom& room, Vault& vault, qint64 id, const QString& field)
    {
        return vault.read(secretKey(room.store->workspaceId(), id, field)).result().has_value();
    }

private Q_SLOTS:
    void itsSecretsGoWithIt()
    {
        SendingRoom room;
        AccountService accounts(*room.store, room.clock, room.registry, room.vault, *room.dispatch);
        const Result<qint64> id = accounts.save(room.ann, account(), secrets()).result();
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        QVERIFY(isKept(room, room.vault, *id, QStringLiteral("token")));
        QVERIFY(accounts.remove(room.ann, *id).result());
        QVERIFY(!isKept(room, room.vault, *id, QStringLiteral("token")));
        QVERIFY(!isKept(room, room.vault, *id, QStringLiteral("signing_secret")));
    }

    void aNewAccountHasNothingOfIt()
    {
        SendingRoom room;
        StickyVault vault;
        AccountService accounts(*room.store, room.clock, room.registry, vault, *room.dispatch);
        const qint64 id = *accounts.save(room.ann, account(), secrets()).result();
        const Status removed = accounts.remove(room.ann, id).result();
        QVERIFY(!removed);
        QVERIFY2(removed.error().message.contains(u"the vault is locked"), qPrintable(removed.error().message));
        QVERIFY(accounts.list().result()->isEmpty());
        const Result<qint64> next = accounts.save(room.ann, account(), {}).result();
        QVERIFY(next && *next != id);
        QVERIFY(accounts.list().result()->first().keptSecrets.isEmpty());
    }
};

QTEST_GUILESS_MAIN(AccountRemovalTest)
#include "AccountRemovalTest.moc"
