// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/EnvironmentVault.h"
#include "engine/security/LayeredVault.h"
#include "engine/security/MemoryVault.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

const QString Key = secretKey(u"ws-1"_qs, 3, u"password"_qs);

// A keychain without a service behind it.
class BrokenVault final : public Vault {
public:
    QFuture<Status> probe() override { return broken(); }
    QFuture<Result<Secret>> read(const QString&) override
    {
        return QtFuture::makeReadyFuture(Result<Secret>(fail(ErrorCode::Storage, u"broken"_qs)));
    }
    QFuture<Status> write(const QString&, const Secret&) override { return broken(); }
    QFuture<Status> remove(const QString&) override { return broken(); }
    QString place() const override { return u"nowhere"_qs; }

private:
    static QFuture<Status> broken() { return QtFuture::makeReadyFuture(Status(fail(ErrorCode::Storage, u"broken"_qs))); }
};

template <typename... Vaults>
LayeredVault layered(Vaults... vaults)
{
    LayeredVault::Layers layers;
    (layers.push_back(std::move(vaults)), ...);
    return LayeredVault(std::move(layers));
}

std::unique_ptr<EnvironmentVault> environmentWith(const QString& name, const QString& value)
{
    QProcessEnvironment environment;
    environment.insert(name, value);
    return std::make_unique<EnvironmentVault>(environment);
}

void save(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

} // namespace

class VaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysDoNotCollide()
    {
        QCOMPARE(Key, u"ws-1/account-3/password"_qs);
        QCOMPARE_NE(secretKey(u"a/account-1"_qs, 2, u"p"_qs), secretKey(u"a"_qs, 1, u"2/p"_qs));
        QCOMPARE_NE(secretKey(u"a%2F"_qs, u"x"_qs), secretKey(u"a/"_qs, u"x"_qs));
    }

    void secretsDoNotPrint()
    {
        QString out;
        QDebug(&out) << Secret("hunter2");
        QVERIFY(!out.contains(u"hunter2"));
    }

    void memoryKeepsAndForgets()
    {
        MemoryVault vault;
        QVERIFY(vault.probe().result());
        QCOMPARE(vault.read(Key).result().error().code, ErrorCode::NeedsSecret);
        QVERIFY(vault.write(Key, Secret("a")).result());
        QVERIFY(vault.write(Key, Secret("b")).result());
        QCOMPARE(vault.read(Key).result().value(), Secret("b"));
        QVERIFY(vault.remove(Key).result());
        QVERIFY(vault.remove(Key).result());
        QVERIFY(!vault.read(Key).result());
    }

    void theEnvironmentIsReadAndNeverWritten()
    {
        const auto vault = environmentWith(u"CARILLON_SECRET_ACCOUNT_3_PASSWORD"_qs, u"pä ss"_qs);
        QCOMPARE(vault->read(Key).result().value(), Secret("p\xc3\xa4 ss"));
        QCOMPARE(vault->read(secretKey(u"ws-1"_qs, 4, u"password"_qs)).result().error().code, ErrorCode::NeedsSecret);
        QCOMPARE(vault->write(Key, Secret("x")).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(vault->remove(Key).result().error().code, ErrorCode::Forbidden);
    }

    void credentialFilesGoFirstAndLoseOneLineEnd()
    {
        QTemporaryDir directory;
        QProcessEnvironment environment;
        environment.insert(u"CREDENTIALS_DIRECTORY"_qs, directory.path());
        environment.insert(u"CARILLON_SECRET_ACCOUNT_3_PASSWORD"_qs, u"variable"_qs);
        EnvironmentVault vault(environment);
        QCOMPARE(vault.read(Key).result().value(), Secret("variable"));
        save(directory.filePath(u"carillon-account-3-password"_qs), "two\nlines\n\n");
        QCOMPARE(vault.read(Key).result().value(), Secret("two\nlines\n"));
        save(directory.filePath(u"carillon-account-3-password"_qs), QByteArray(EnvironmentVault::MaxFileBytes + 1, 'x'));
        QCOMPARE(vault.read(Key).result().error().code, ErrorCode::InvalidInput);
    }

    void aKeyCannotLeaveTheCredentialsDirectory()
    {
        QCOMPARE(EnvironmentVault::credentialName(u"ws/../../etc/passwd"_qs), u"carillon-------etc-passwd"_qs);
    }

    void theFirstLayerThatHasItAnswers()
    {
        auto memory = std::make_unique<MemoryVault>();
        QVERIFY(memory->write(Key, Secret("memory")).result());
        LayeredVault vault = layered(std::make_unique<MemoryVault>(), std::move(memory));
        QCOMPARE(vault.read(Key).result().value(), Secret("memory"));
        QCOMPARE(vault.read(u"ws/none"_qs).result().error().code, ErrorCode::NeedsSecret);
        QVERIFY(vault.write(Key, Secret("first")).result());
        QCOMPARE(vault.read(Key).result().value(), Secret("first"));
        QVERIFY(vault.remove(Key).result());
        QCOMPARE(vault.read(Key).result().value(), Secret("memory"));
    }

    void aBrokenLayerIsPassedOverButNotHidden()
    {
        LayeredVault vault
            = layered(std::make_unique<BrokenVault>(), environmentWith(u"CARILLON_SECRET_ACCOUNT_3_PASSWORD"_qs, u"s"_qs));
        QCOMPARE(vault.read(Key).result().value(), Secret("s"));
        QCOMPARE(vault.read(u"ws/none"_qs).result().error().code, ErrorCode::Storage);
        QCOMPARE(vault.probe().result().error().code, ErrorCode::Storage);
        QCOMPARE(vault.write(Key, Secret("x")).result().error().code, ErrorCode::Storage);
    }

    void writingUnderTheEnvironmentIsAConflict()
    {
        LayeredVault vault
            = layered(environmentWith(u"CARILLON_SECRET_ACCOUNT_3_PASSWORD"_qs, u"s"_qs), std::make_unique<MemoryVault>());
        QCOMPARE(vault.write(Key, Secret("x")).result().error().code, ErrorCode::Conflict);
        QVERIFY(vault.write(u"ws/other"_qs, Secret("x")).result());
        QCOMPARE(vault.read(u"ws/other"_qs).result().value(), Secret("x"));
    }

    void onlyReadOnlyLayersMakeAReadOnlyVault()
    {
        LayeredVault vault = layered(environmentWith(u"A"_qs, u"s"_qs));
        QVERIFY(vault.isReadOnly());
        QVERIFY(vault.probe().result());
        QCOMPARE(vault.write(Key, Secret("x")).result().error().code, ErrorCode::Forbidden);
    }
};

QTEST_GUILESS_MAIN(VaultTest)
#include "VaultTest.moc"
