// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/WebPushProvider.h"
#include "engine/security/VapidKey.h"
#include "engine/service/AccountService.h"
#include "tests/unit/service/SendingRoom.h"

using namespace carillon;

namespace {

// A vault that is locked.
class LockedVault final : public Vault {
public:
    QFuture<Status> probe() override { return QtFuture::makeReadyFuture(locked()); }
    QFuture<Result<Secret>> read(const QString&) override
    {
        return QtFuture::makeReadyFuture<Result<Secret>>(fail(locked().error()));
    }
    QFuture<Status> write(const QString&, const Secret&) override { return QtFuture::makeReadyFuture(locked()); }
    QFuture<Status> remove(const QString&) override { return QtFuture::makeReadyFuture(locked()); }
    QString place() const override { return QStringLiteral("a locked vault"); }

private:
    static Status locked() { return fail(ErrorCode::Forbidden, QStringLiteral("the vault is locked")); }
};

} // namespace

// The key of a web push account: made by the program, kept in the vault, never replaced unasked.
class WebPushAccountTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    std::unique_ptr<AccountService> m_accounts;

    Account account(qint64 id = 0) const
    {
        Account account;
        account.id = id;
        account.name = QStringLiteral("Browsers");
        account.provider = WebPushProvider::Key;
        account.settings = {{QStringLiteral("subject"), QStringLiteral("mailto:ops@example.org")}};
        return account;
    }
    Secret keptKey(qint64 id) const
    {
        return m_room->vault.read(secretKey(m_room->store->workspaceId(), id, WebPushProvider::VapidField))
            .result()
            .value_or(Secret());
    }
    Account saved() const { return m_accounts->list().result()->first().account; }
    QString publicKey() const { return saved().settings.value(WebPushProvider::PublicKeyField).toString(); }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        m_accounts = std::make_unique<AccountService>(*m_room->store, m_room->clock, m_room->registry, m_room->vault,
                                                      *m_room->dispatch);
    }
    void cleanup()
    {
        m_accounts.reset();
        m_room.reset();
    }

    void aNewAccountGetsAKey()
    {
        const Result<qint64> id = m_accounts->save(m_room->ann, account(), {}).result();
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        const Result<VapidKey> key = VapidKey::fromText(keptKey(*id));
        QVERIFY(key);
        QCOMPARE(publicKey(), QString::fromLatin1(key->publicText()));
        QCOMPARE(saved().channel, QStringLiteral("web_push"));
        QVERIFY(m_accounts->list().result()->first().missingSecrets.isEmpty());
        const QByteArray settings = compactJson(saved().settings);
        QVERIFY(!settings.contains(key->text().reveal()));
    }

    void savingAgainKeepsTheKey()
    {
        const qint64 id = *m_accounts->save(m_room->ann, account(), {}).result();
        const Secret key = keptKey(id);
        const QString before = publicKey();
        Account changed = account(id);
        changed.settings.insert(WebPushProvider::PublicKeyField, QStringLiteral("something else"));
        QVERIFY(m_accounts->save(m_room->ann, changed, {}).result());
        QCOMPARE(keptKey(id), key);
        QCOMPARE(publicKey(), before);
    }

    void anEmptyKeyIsMadeAnew()
    {
        const qint64 id = *m_accounts->save(m_room->ann, account(), {}).result();
        const Secret key = keptKey(id);
        QVERIFY(m_accounts->save(m_room->ann, account(id), {{WebPushProvider::VapidField, Secret()}}).result());
        QVERIFY(!keptKey(id).isEmpty() && keptKey(id) != key);
        QCOMPARE(publicKey(), QString::fromLatin1(VapidKey::fromText(keptKey(id))->publicText()));
    }

    void aGivenKeyIsTaken()
    {
        const VapidKey own = VapidKey::generate().value();
        const qint64 id = *m_accounts->save(m_room->ann, account(), {{WebPushProvider::VapidField, own.text()}}).result();
        QCOMPARE(keptKey(id), own.text());
        QCOMPARE(publicKey(), QString::fromLatin1(own.publicText()));
        const auto wrong
            = m_accounts->save(m_room->ann, account(id), {{WebPushProvider::VapidField, Secret("hunter2")}}).result();
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().field, WebPushProvider::VapidField);
        QVERIFY(!wrong.error().message.contains(QStringLiteral("hunter2")));
        QCOMPARE(keptKey(id), own.text());
    }

    void aLockedVaultChangesNothing()
    {
        const qint64 id = *m_accounts->save(m_room->ann, account(), {}).result();
        const QString before = publicKey();
        LockedVault locked;
        AccountService service(*m_room->store, m_room->clock, m_room->registry, locked, *m_room->dispatch);
        Account renamed = account(id);
        renamed.name = QStringLiteral("Renamed");
        const auto refused = service.save(m_room->ann, renamed, {}).result();
        QVERIFY(!refused);
        QCOMPARE(refused.error().message, QStringLiteral("the vault is locked"));
        QCOMPARE(saved().name, QStringLiteral("Browsers"));
        QCOMPARE(publicKey(), before);
    }

    void theSubjectIsAWayToReachSomebody()
    {
        for (const char* wrong : {"", "ops@example.org", "http://example.org", "mailto:ops", "mailto:a b@example.org"}) {
            Account bad = account();
            bad.settings.insert(QStringLiteral("subject"), QString::fromLatin1(wrong));
            const auto refused = m_accounts->save(m_room->ann, bad, {}).result();
            QVERIFY2(!refused, wrong);
            QCOMPARE(refused.error().field, QStringLiteral("subject"));
        }
        Account page = account();
        page.settings.insert(QStringLiteral("subject"), QStringLiteral("https://example.org/contact"));
        QVERIFY(m_accounts->save(m_room->ann, page, {}).result());
    }
};

QTEST_GUILESS_MAIN(WebPushAccountTest)
#include "WebPushAccountTest.moc"
