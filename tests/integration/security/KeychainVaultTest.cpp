// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/KeychainVault.h"
#include "engine/base/SystemClock.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

// Set in the second run of this program, inside a D-Bus session of its own with a real gnome-keyring.
const char* InsideVariable = "CARILLON_TEST_INSIDE_KEYRING";

template <typename Value>
Value wait(const QFuture<Value>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return fail(ErrorCode::Timeout, u"the future did not finish"_qs);
    return future.result();
}

struct Fixture {
    SystemClock clock;
    SystemRandom random;
    KeychainVault vault{u"carillon-test"_qs, clock, random};
};

} // namespace

// What a keychain does, asked of a real one.
class InsideKeyring : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsAvailable()
    {
        Fixture f;
        const Status probed = wait(f.vault.probe());
        QVERIFY2(probed, probed ? "" : qPrintable(probed.error().message));
    }

    void secretsOfAnyBytesComeBack()
    {
        Fixture f;
        const Secret secret(QByteArray("a\0b\xff\n\xc3\xa4", 7) + QByteArray(50'000, 'x'));
        QVERIFY(wait(f.vault.write(u"ws/a"_qs, secret)));
        QCOMPARE(wait(f.vault.read(u"ws/a"_qs)).value(), secret);
        QVERIFY(wait(f.vault.write(u"ws/a"_qs, Secret("replaced"))));
        QCOMPARE(wait(f.vault.read(u"ws/a"_qs)).value(), Secret("replaced"));
    }

    void secretsOutliveTheVault()
    {
        Fixture first;
        QVERIFY(wait(first.vault.write(u"ws/later"_qs, Secret("kept"))));
        Fixture second;
        QCOMPARE(wait(second.vault.read(u"ws/later"_qs)).value(), Secret("kept"));
    }

    void aVaultThatDiesAnswersCancelled()
    {
        auto f = std::make_unique<Fixture>();
        const QFuture<Result<Secret>> late = f->vault.read(u"ws/a"_qs);
        f.reset();
        QCOMPARE(wait(late).error().code, ErrorCode::Cancelled);
    }

    void whatIsMissingIsAskedForAndNeverInvented()
    {
        Fixture f;
        QCOMPARE(wait(f.vault.read(u"ws/none"_qs)).error().code, ErrorCode::NeedsSecret);
        QCOMPARE(wait(f.vault.read(u"ws/none"_qs)).error().code, ErrorCode::NeedsSecret);
        QVERIFY(wait(f.vault.remove(u"ws/none"_qs)));
    }

    void whatIsRemovedIsGone()
    {
        Fixture f;
        QVERIFY(wait(f.vault.write(u"ws/b"_qs, Secret("x"))));
        QVERIFY(wait(f.vault.remove(u"ws/b"_qs)));
        QCOMPARE(wait(f.vault.read(u"ws/b"_qs)).error().code, ErrorCode::NeedsSecret);
    }

    void manyCallsAtOnceAreAllAnswered()
    {
        Fixture f;
        QList<QFuture<Status>> writes;
        for (int i = 0; i < 30; ++i)
            writes << f.vault.write(u"ws/many-%1"_qs.arg(i), Secret(QByteArray::number(i)));
        for (const auto& write : writes)
            QVERIFY(wait(write));
        QCOMPARE(wait(f.vault.read(u"ws/many-17"_qs)).value(), Secret("17"));
    }
};

class KeychainVaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRealKeyringKeepsSecrets()
    {
        for (const QString& program : {u"dbus-run-session"_qs, u"gnome-keyring-daemon"_qs}) {
            if (QStandardPaths::findExecutable(program).isEmpty())
                QSKIP(qPrintable(program + u" is not installed"_qs));
        }
        QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_qs);
        for (const QString& name : {u"HOME"_qs, u"XDG_DATA_HOME"_qs, u"XDG_RUNTIME_DIR"_qs, u"XDG_CONFIG_HOME"_qs})
            environment.insert(name, home.path());
        environment.insert(QString::fromLatin1(InsideVariable), QCoreApplication::applicationFilePath());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"dbus-run-session"_qs,
                      {u"--"_qs, u"sh"_qs, u"-c"_qs,
                       u"printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null && "
                       "exec \"$CARILLON_TEST_INSIDE_KEYRING\""_qs});
        const bool ended = process.waitForFinished(60'000);
        const QByteArray output = process.readAll();
        QVERIFY2(ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, output.constData());
        QVERIFY2(output.contains(" 0 failed"), output.constData());
    }

    void withoutASessionBusItSaysSoFast()
    {
        Fixture f;
        QElapsedTimer timer;
        timer.start();
        const Status probed = wait(f.vault.probe());
        QVERIFY(timer.elapsed() < 5'000);
        QCOMPARE(probed.error().code, ErrorCode::Storage);
        QVERIFY2(probed.error().message.contains(u"keychain"), qPrintable(probed.error().message));
        QVERIFY(!wait(f.vault.read(u"ws/a"_qs)));
    }
};

int main(int argc, char** argv)
{
    const bool inside = qEnvironmentVariableIsSet(InsideVariable);
    // The outer run must find no keychain, whatever session the tests were started in.
    if (!inside)
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication app(argc, argv);
    InsideKeyring insideTests;
    KeychainVaultTest tests;
    return QTest::qExec(inside ? static_cast<QObject*>(&insideTests) : &tests, argc, argv);
}

#include "KeychainVaultTest.moc"
