// SPDX-License-Identifier: GPL-3.0-or-later
// The connections of an account against servers that mean harm or are broken: nothing hangs, nothing grows without bound,
// and each message gets exactly one outcome, the right one.
#include "tests/integration/provider/HostileServer.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/SmtpPool.h"
#include "tests/integration/provider/SmtpPeers.h"

#include <QFile>

using namespace carillon;

namespace {

constexpr int messageCount = 3;

// An account's pool in this thread, with time in the test's hand.
struct Sending {
    explicit Sending(const HostileServer& server, SmtpSecurity security = SmtpSecurity::None)
        : incoming(std::make_shared<SmtpPool::Incoming>())
        , outgoing(std::make_shared<SmtpPool::Outgoing>())
        , pool(settingsFor(server, security), clock, incoming, outgoing)
    {
        QObject::connect(&pool, &SmtpPool::outcomesWaiting, &pool, [this] { outcomes += outgoing->takeAll(); });
        if (incoming->put(mails(messageCount)))
            pool.takeMessages();
    }

    static SmtpSettings settingsFor(const HostileServer& server, SmtpSecurity security)
    {
        SmtpSettings settings;
        settings.host = QStringLiteral("127.0.0.1");
        settings.port = server.serverPort();
        settings.security = security;
        settings.maxConnections = 1;
        return settings;
    }

    bool isDone() const { return outcomes.size() >= messageCount; }

    // "provider_down provider_down uncertain", of each message once.
    QString told() const
    {
        QMap<qint64, QString> byDelivery;
        for (const Outcome& outcome : outcomes)
            byDelivery[outcome.deliveryId] += nameOf(outcome.kind);
        return QStringList(byDelivery.values()).join(u' ');
    }

    ManualClock clock{1'700'000'000'000};
    std::shared_ptr<SmtpPool::Incoming> incoming;
    std::shared_ptr<SmtpPool::Outgoing> outgoing;
    QList<Outcome> outcomes;
    SmtpPool pool;
};

qint64 residentKib()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    file.open(QIODevice::ReadOnly);
    return file.readAll().split(' ').value(1).toLongLong() * 4;
}

const QString allDown = QStringLiteral("provider_down provider_down provider_down");

} // namespace

class HostileServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void silence_data()
    {
        QTest::addColumn<QByteArray>("phase");
        QTest::addColumn<int>("seconds"); // that RFC 5321 4.5.3.2 has us wait
        QTest::addColumn<QString>("first"); // what becomes of the first message
        const auto row = [](const char* phase, int seconds, const QString& first) {
            QTest::newRow(phase) << QByteArray(phase) << seconds << first;
        };
        row("CONNECT", 300, QStringLiteral("provider_down"));
        row("EHLO", 300, QStringLiteral("provider_down"));
        row("MAIL", 300, QStringLiteral("provider_down"));
        row("RCPT", 300, QStringLiteral("provider_down"));
        row("DATA", 120, QStringLiteral("provider_down"));
        row(".", 600, QStringLiteral("uncertain"));
    }

    // Time stands still until the server has been asked; then the wait is exactly the RFC's.
    void silence()
    {
        QFETCH(QByteArray, phase);
        QFETCH(int, seconds);
        QFETCH(QString, first);
        HostileServer server({phase, {}});
        Sending account(server);
        for (int attempt = 1; !account.isDone() && attempt <= 2 * messageCount; ++attempt) {
            QTRY_VERIFY(server.reached.value(phase) == attempt || account.isDone());
            if (account.isDone())
                break;
            const qsizetype before = account.outcomes.size();
            QTest::qWait(20); // for the client to have read all that was said before
            account.clock.advance((seconds - 2) * 1'000);
            QTest::qWait(20);
            QCOMPARE(account.outcomes.size(), before);
            account.clock.advance(4'000);
            QTest::qWait(20);
        }
        QCOMPARE(account.outcomes.size(), messageCount);
        QVERIFY2(account.told().startsWith(first), qPrintable(account.told()));
    }

    void aTlsHandshakeThatNeverEnds()
    {
        HostileServer server({"CONNECT", {}});
        Sending account(server, SmtpSecurity::Tls);
        QTRY_COMPARE(server.reached.value("CONNECT"), 1);
        QTest::qWait(20);
        account.clock.advance(32'000);
        QTRY_VERIFY(account.isDone());
        QCOMPARE(account.told(), allDown);
    }

    // An octet a second is no answer: the time for the whole reply is what counts.
    void oneOctetASecond()
    {
        HostileServer server({"CONNECT", {}});
        Sending account(server);
        QTRY_COMPARE(server.reached.value("CONNECT"), 1);
        for (int second = 0; second < 310 && !account.isDone(); ++second) {
            server.drip();
            QTest::qWait(1);
            account.clock.advance(1'000);
        }
        QTRY_VERIFY(account.isDone());
        QCOMPARE(account.told(), allDown);
    }

    void tricks_data()
    {
        QTest::addColumn<QByteArray>("phase");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<QString>("first");
        const QString down = QStringLiteral("provider_down");
        const QString uncertain = QStringLiteral("uncertain");
        const QByteArrayList phases{"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."};
        for (const QByteArray& phase : phases) {
            const QString lost = phase == "." ? uncertain : down;
            const auto row = [&](const char* name, const QByteArray& text, bool closes, const QString& first) {
                QTest::newRow(QByteArray(name + (" to " + phase)).constData()) << phase << text << closes << first;
            };
            row("closes", {}, true, lost);
            row("half an answer", "25", true, lost);
            row("half a reply of several lines", "250-one\r\n250-two\r\n", true, lost);
            row("421", "421 4.3.2 going down\r\n", true, down);
            row("421 and no end", "421 4.3.2 going down\r\n", false, down);
            row("too much", "421 4.7.0 too many\r\n", true, QStringLiteral("throttled"));
            row("not SMTP", "HTTP/1.1 400 Bad Request\r\n", false, lost);
            row("NUL octets", QByteArray("250\0ok\r\n\0\0\0\r\n", 13), false, lost);
            row("an endless line", "250 " + QByteArray(2'000'000, 'x'), false, lost);
            row("a reply without end", QByteArray("250-more\r\n").repeated(200'000), false, lost);
            row("two codes", "250-a\r\n550 b\r\n", false, lost);
            if (phase != "DATA") // whether the body is out by then depends on how the answers arrive
                row("answers nobody asked for", QByteArray("354 x\r\n").repeated(1'000), false, lost);
        }
    }

    void tricks()
    {
        QFETCH(QByteArray, phase);
        QFETCH(QByteArray, text);
        QFETCH(bool, closes);
        QFETCH(QString, first);
        HostileServer server({phase, text, closes});
        Sending account(server);
        const qint64 before = residentKib();
        QTRY_VERIFY_WITH_TIMEOUT(account.isDone(), 20'000);
        QTest::qWait(10); // for one too many
        QCOMPARE(account.outcomes.size(), messageCount);
        QCOMPARE(account.told().split(u' ').first(), first);
        QVERIFY2(residentKib() - before < 64 * 1'024, "memory"); // the server's own copies of what it says included
    }

    // RFC 3207 6: what is said in the clear behind the answer to STARTTLS is an attacker's; and nothing goes out in the
    // clear.
    void starttlsInjection()
    {
        HostileServer server({"STAR", "220 go\r\n250-host\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n"},
                             "250-STARTTLS\r\n");
        Sending account(server, SmtpSecurity::StartTls);
        QTRY_COMPARE(server.reached.value("STAR"), 1);
        QTest::qWait(50);
        account.clock.advance(32'000); // the handshake that the server does not go on with
        QTRY_VERIFY(account.isDone());
        QCOMPARE(account.told(), allDown);
        QCOMPARE(server.reached.value("MAIL"), 0);
    }
};

QTEST_GUILESS_MAIN(HostileServerTest)
#include "HostileServerTest.moc"
