// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/SealedFileVault.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

const QString Key = secretKey(u"ws-1"_qs, 3, u"password"_qs);
const Secret Passphrase("correct horse");
constexpr SealedBox::Cost Cheap{1, 8}; // the least that Argon2 takes: the tests guess nothing

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setContent(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

struct Place {
    QTemporaryDir folder;
    QString path = folder.filePath(u"secrets.sealed"_qs);

    std::unique_ptr<SealedFileVault> open(const Secret& passphrase = Passphrase) const
    {
        return std::move(SealedFileVault::open(path, passphrase, Cheap).value());
    }
    ErrorCode errorOf(const Secret& passphrase = Passphrase) const
    {
        const auto opened = SealedFileVault::open(path, passphrase, Cheap);
        return opened ? ErrorCode::Internal : opened.error().code;
    }
};

} // namespace

class SealedFileVaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsOfAnyBytesAndForgets()
    {
        const Place place;
        const Secret secret(QByteArray("a\0b\xff\n\xc3\xa4", 7) + QByteArray(50'000, 'x'));
        auto vault = place.open();
        QVERIFY(vault->probe().result());
        QCOMPARE(vault->read(Key).result().error().code, ErrorCode::NeedsSecret);
        QVERIFY(vault->remove(Key).result());
        QVERIFY2(!QFile::exists(place.path), "nothing is written before there is a secret");
        QVERIFY(vault->write(Key, secret).result());
        QVERIFY(vault->write(u"ws/empty"_qs, Secret()).result());
        QVERIFY(vault->write(u"ws/other"_qs, Secret("o")).result());
        vault = place.open();
        QCOMPARE(vault->read(Key).result().value(), secret);
        QCOMPARE(vault->read(u"ws/empty"_qs).result().value(), Secret());
        QVERIFY(vault->write(Key, Secret("new")).result());
        QCOMPARE(place.open()->read(Key).result().value(), Secret("new"));
        QVERIFY(vault->remove(Key).result());
        QCOMPARE(vault->read(Key).result().error().code, ErrorCode::NeedsSecret);
        QCOMPARE(vault->read(u"ws/other"_qs).result().value(), Secret("o"));
    }

    void onlyTheOwnerReadsItAndNothingStandsInTheClear()
    {
        const Place place;
        QVERIFY(place.open()->write(Key, Secret("hunter2hunter2")).result());
        QCOMPARE(QFile::permissions(place.path) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        const QByteArray content = contentOf(place.path);
        QVERIFY(!content.contains("hunter2") && !content.contains("password") && !content.contains(Passphrase.reveal()));
        QVERIFY(place.open()->write(Key, Secret("hunter2hunter2")).result());
        QVERIFY2(contentOf(place.path) != content, "the same secret is sealed anew each time");
        QCOMPARE(QDir(place.folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"secrets.sealed"_qs});
    }

    void aWrongPassphraseIsAnErrorAndOverwritesNothing()
    {
        const Place place;
        const auto early = place.open(Secret("made before the file was"));
        QVERIFY(place.open()->write(Key, Secret("s")).result());
        const QByteArray content = contentOf(place.path);
        QCOMPARE(place.errorOf(Secret("wrong horse")), ErrorCode::Forbidden);
        QCOMPARE(early->read(Key).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(early->write(Key, Secret("x")).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(early->remove(Key).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(early->probe().result().error().code, ErrorCode::Forbidden);
        QCOMPARE(contentOf(place.path), content);
    }

    void aShortPassphraseMakesNoFile()
    {
        QCOMPARE(Place().errorOf(Secret("short")), ErrorCode::InvalidInput);
        QCOMPARE(Place().errorOf(Secret()), ErrorCode::InvalidInput);
    }

    // Each octet of the file matters: with any of them changed, or cut off anywhere, it is refused and left alone.
    void anyChangeIsNoticed()
    {
        const Place place;
        QVERIFY(place.open()->write(Key, Secret("s")).result());
        const QByteArray content = contentOf(place.path);
        // The octets of the cost are left out where a change asks for more memory than a test should take.
        for (qsizetype at = 0; at < content.size(); ++at) {
            if (at >= 20 && at < 28)
                continue;
            QByteArray changed = content;
            changed[at] = char(changed[at] ^ 1);
            setContent(place.path, changed);
            const ErrorCode code = place.errorOf();
            QVERIFY2(code == ErrorCode::Forbidden || code == ErrorCode::StorageDamaged || code == ErrorCode::StorageTooNew,
                     qPrintable(QString::number(at)));
            QCOMPARE(contentOf(place.path), changed);
        }
        for (qsizetype size = 0; size < content.size(); ++size) {
            setContent(place.path, content.first(size));
            QVERIFY(place.errorOf() == ErrorCode::Forbidden || place.errorOf() == ErrorCode::StorageDamaged);
        }
        setContent(place.path, content + 'x');
        QCOMPARE(place.errorOf(), ErrorCode::Forbidden);
    }

    void theCostIsPartOfWhatIsSealed()
    {
        const Place place;
        QVERIFY(place.open()->write(Key, Secret("s")).result());
        QByteArray changed = contentOf(place.path);
        changed[23] = 2; // passes
        setContent(place.path, changed);
        QCOMPARE(place.errorOf(), ErrorCode::Forbidden);
        changed[20] = 0x7f;
        setContent(place.path, changed);
        QCOMPARE(place.errorOf(), ErrorCode::StorageDamaged); // and nothing is derived at that cost
        changed = contentOf(place.path);
        changed[20] = 0;
        changed[24] = 0x7f; // memory
        setContent(place.path, changed);
        QCOMPARE(place.errorOf(), ErrorCode::StorageDamaged);
    }

    void aLaterVersionIsNotTouched()
    {
        const Place place;
        QVERIFY(place.open()->write(Key, Secret("s")).result());
        QByteArray later = contentOf(place.path);
        later[19] = 2;
        setContent(place.path, later);
        QCOMPARE(place.errorOf(), ErrorCode::StorageTooNew);
    }

    void whatIsTooLargeIsRefusedAndTheRestKept()
    {
        const Place place;
        const auto vault = place.open();
        const Secret large(QByteArray(SealedFileVault::MaxSecretBytes, 'x'));
        QCOMPARE(vault->write(Key, Secret(large.reveal() + 'x')).result().error().code, ErrorCode::InvalidInput);
        Status last;
        for (int i = 0; i < 17 && last; ++i)
            last = vault->write(u"ws/%1"_qs.arg(i), large).result();
        QVERIFY(!last);
        QCOMPARE(last.error().code, ErrorCode::StorageFull);
        QCOMPARE(vault->read(u"ws/14"_qs).result().value(), large);
    }

    void twoThatWriteLoseNothing()
    {
        const Place place;
        QVERIFY(place.open()->write(u"ws/first"_qs, Secret("f")).result());
        const auto one = place.open();
        const auto other = place.open();
        for (int i = 0; i < 10; ++i) {
            QVERIFY(one->write(u"ws/one-%1"_qs.arg(i), Secret("1")).result());
            QVERIFY(other->write(u"ws/other-%1"_qs.arg(i), Secret("2")).result());
        }
        const auto third = place.open();
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(third->read(u"ws/one-%1"_qs.arg(i)).result().value(), Secret("1"));
            QCOMPARE(third->read(u"ws/other-%1"_qs.arg(i)).result().value(), Secret("2"));
        }
    }

    // Which of them makes the file is chance; each has made a salt of its own before.
    void twoThatBeginWithoutAFileShareTheOneThatIsMade()
    {
        const Place place;
        const auto one = place.open();
        const auto other = place.open();
        QVERIFY(one->write(u"ws/one"_qs, Secret("1")).result());
        QCOMPARE(other->read(u"ws/one"_qs).result().value(), Secret("1"));
        QVERIFY(other->write(u"ws/other"_qs, Secret("2")).result());
        QCOMPARE(one->read(u"ws/other"_qs).result().value(), Secret("2"));
        QCOMPARE(place.open()->read(u"ws/one"_qs).result().value(), Secret("1"));
    }

    // Secrets that are only out of reach must not look like secrets that were never stored: new ones would be made.
    void whatCannotBeLookedAtIsNoEmptyVault_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("a link to what is not there") << u"not-mounted/secrets"_qs;
        QTest::newRow("a link to itself") << u"secrets.sealed"_qs;
        QTest::newRow("a link through a file") << u"file/secrets"_qs;
    }

    void whatCannotBeLookedAtIsNoEmptyVault()
    {
        QFETCH(QString, target);
        const Place place;
        setContent(place.folder.filePath(u"file"_qs), "x");
        const auto early = place.open();
        QVERIFY(QFile::link(target, place.path));
        QCOMPARE(place.errorOf(), ErrorCode::Storage);
        QCOMPARE(early->read(Key).result().error().code, ErrorCode::Storage);
        QCOMPARE(early->write(Key, Secret("s")).result().error().code, ErrorCode::Storage);
        QCOMPARE(SealedFileVault::open(place.folder.filePath(u"file/secrets"_qs), Passphrase, Cheap).error().code,
                 ErrorCode::Storage);
    }

    void aFolderThatIsNotThereIsSaid()
    {
        const auto vault = std::move(SealedFileVault::open(u"/nonexistent/secrets"_qs, Passphrase, Cheap).value());
        QCOMPARE(vault->probe().result().error().code, ErrorCode::Storage);
        QVERIFY(!vault->write(Key, Secret("s")).result());
    }

    void theRealCostOpensToo()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"real"_qs);
        QVERIFY(std::move(SealedFileVault::open(path, Passphrase).value())->write(Key, Secret("s")).result());
        QCOMPARE(std::move(SealedFileVault::open(path, Passphrase).value())->read(Key).result().value(), Secret("s"));
    }
};

QTEST_GUILESS_MAIN(SealedFileVaultTest)
#include "SealedFileVaultTest.moc"
