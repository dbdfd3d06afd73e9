// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptedServer.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/BuiltInProviders.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

const QByteArray Hunter = "hunter2-topsecret";

// What a provider needs to know of its platform for the test: an account that talks to the test's server. A new provider
// file gets a line here.
QHash<QString, QJsonObject> accountsFor(const QString& url)
{
    return {{u"webhook"_qs, {{u"url"_qs, url}, {u"allow_private_networks"_qs, true}, {u"header_name"_qs, u"X-Key"_qs}}}};
}

// Values that pass each field's check and can be found again wherever they leak.
Secret secretFor(const ProviderField& field)
{
    if (field.key == u"signing_secret")
        return Secret("whsec_" + QByteArray(Hunter + "-0123456789").toBase64());
    return Secret(QByteArray(Hunter + '-' + field.key.toUtf8()));
}

Message messageNumber(int number)
{
    Message message;
    message.deliveryId = number;
    message.idempotencyKey = u"key-%1"_qs.arg(number);
    message.to = u"https://address.invalid/"_qs;
    message.content = R"({"type":"test","data":{"n":1}})";
    message.fields = {{u"text"_qs, u"hello"_qs}};
    return message;
}

// A server's behaviour, by name.
struct Behaviour {
    QByteArray write;
    bool close = false;
    bool hangUp = false;
    bool echo = false; // everything that was sent, as the body of a 400
};

QMap<QString, Behaviour> behaviours()
{
    QMap<QString, Behaviour> all;
    for (int status : {200, 201, 202, 204, 299, 301, 302, 304, 400, 401, 403, 404, 408, 409,
                       410, 413, 422, 425, 429, 451, 500, 501, 502, 503, 504, 599, 999})
        all.insert(
            u"status %1"_qs.arg(status),
            {ScriptedServer::answer(QByteArray::number(status) + " Word", status == 204 || status == 304 ? "" : "{}")});
    all.insert(u"redirect elsewhere"_qs,
               {ScriptedServer::answer("307 Temporary Redirect", {}, "Location: http://127.0.0.1:1/\r\n")});
    all.insert(u"hang before the answer"_qs, {{}});
    all.insert(u"hang in the status line"_qs, {"HTTP/1.1 2"});
    all.insert(u"hang in the headers"_qs, {"HTTP/1.1 200 OK\r\nContent-Le"});
    all.insert(u"hang in the body"_qs, {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"});
    all.insert(u"close before the answer"_qs, {{}, true});
    all.insert(u"close in the headers"_qs, {"HTTP/1.1 200 OK\r\nContent-Le", true});
    all.insert(u"close in the body"_qs, {"HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nx", true});
    all.insert(u"close before the request"_qs, {{}, true, true});
    all.insert(u"garbage"_qs, {QByteArray("\0\xff\x01 not http at all \r\n\r\n", 26), true});
    all.insert(u"garbage as JSON"_qs, {ScriptedServer::answer("400 Bad", QByteArray("[[[[{\xff\xfe\"a\":", 12))});
    all.insert(u"deep JSON"_qs, {ScriptedServer::answer("400 Bad", QByteArray(60'000, '['))});
    all.insert(u"huge answer"_qs, {"HTTP/1.1 400 Bad\r\nContent-Length: 99999999\r\n\r\n" + QByteArray(500'000, 'y')});
    all.insert(u"wild headers"_qs,
               {ScriptedServer::answer("429 Slow", "{}", "Retry-After: -1e999\r\nRetry-After: soon\r\n: x\r\n")});
    all.insert(u"echo"_qs, {{}, false, false, true});
    return all;
}

void behave(ScriptedServer& server, const Behaviour& behaviour)
{
    server.setHangUp(behaviour.hangUp);
    server.setScript([behaviour](QTcpSocket* socket, const ScriptedServer::Request& request) {
        socket->write(behaviour.echo ? ScriptedServer::answer("400 Bad", request.head + request.body) : behaviour.write);
        if (behaviour.close)
            socket->disconnectFromHost();
    });
}

} // namespace

// What every provider that speaks HTTP promises, whatever the other side does.
class ConformanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            qunsetenv(name);
        const QList<Error> errors = addBuiltInProviders(m_registry, m_services);
        QVERIFY2(errors.isEmpty(), errors.isEmpty() ? "" : qPrintable(errors.first().message));
        QVERIFY(m_registry.find(u"webhook"_qs));
        makeImpatient();
    }

    void everyFileIsTested()
    {
        for (const Provider* provider : m_registry.all()) {
            const QString key = provider->description().key;
            QVERIFY2(key == u"simulator" || accountsFor({}).contains(key), qPrintable(key));
        }
    }

    void eachMessageHasOneOutcomeAndNoSecretGetsOut_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("behaviour");
        const QStringList keys = accountsFor({}).keys();
        const QStringList names = behaviours().keys();
        for (const QString& key : keys) {
            for (const QString& name : names)
                QTest::addRow("%s: %s", qPrintable(key), qPrintable(name)) << key << name;
        }
    }

    void eachMessageHasOneOutcomeAndNoSecretGetsOut()
    {
        QFETCH(QString, key);
        QFETCH(QString, behaviour);
        ScriptedServer server([](QTcpSocket*, const auto&) {});
        behave(server, behaviours().value(behaviour));
        const auto sender = senderFor(key, server.url());
        QVERIFY(sender);
        QList<Outcome> outcomes;
        int drained = 0;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        connect(sender.get(), &Sender::drained, this, [&] { ++drained; });
        sender->send({messageNumber(1), messageNumber(2), messageNumber(3)});
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 3, 10'000);
        sender->drain();
        QTRY_COMPARE(drained, 1);
        QTest::qWait(20);
        check(outcomes, behaviour);
    }

    void aProbeAnswersOnceAndTellsNoSecret()
    {
        for (const QString& name : {u"status 200"_qs, u"status 401"_qs, u"hang before the answer"_qs, u"echo"_qs}) {
            ScriptedServer server([](QTcpSocket*, const auto&) {});
            behave(server, behaviours().value(name));
            const auto sender = senderFor(u"webhook"_qs, server.url());
            QList<ProbeResult> results;
            connect(sender.get(), &Sender::probed, this, [&](const ProbeResult& result) { results << result; });
            sender->probe();
            QTRY_COMPARE_WITH_TIMEOUT(results.size(), 1, 10'000);
            QCOMPARE(results.first().ok, name == u"status 200" || name == u"echo");
            const QString told = results.first().detail + results.first().error.message;
            QVERIFY2(!told.contains(QString::fromLatin1(Hunter)), qPrintable(told));
            QVERIFY(results.first().ok || !results.first().error.message.isEmpty());
        }
    }

    void nothingIsReached()
    {
        ScriptedServer server([](QTcpSocket*, const auto&) {});
        const QString url = server.url();
        server.close();
        const auto sender = senderFor(u"webhook"_qs, url);
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender->send({messageNumber(1)});
        QTRY_COMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes.first().kind, OutcomeKind::Retry);
        QVERIFY(!outcomes.first().reason.isEmpty());
    }

    void webhooksGoByTheirContract_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<bool>("suppress");
        QTest::addColumn<qint64>("wait");
        const auto row = [](const char* name, const QByteArray& answer, OutcomeKind kind, bool suppress = false,
                            qint64 wait = 0) { QTest::newRow(name) << answer << kind << suppress << wait; };
        row("204", ScriptedServer::answer("204 No Content"), OutcomeKind::Sent);
        row("302", ScriptedServer::answer("302 Found"), OutcomeKind::Refused);
        row("404", ScriptedServer::answer("404 Not Found"), OutcomeKind::Refused);
        row("410", ScriptedServer::answer("410 Gone"), OutcomeKind::Refused, true);
        row("429", ScriptedServer::answer("429 Slow", {}, "Retry-After: 17\r\n"), OutcomeKind::Throttled, false, 17'000);
        row("429 until a date", ScriptedServer::answer("429 Slow", {}, "Retry-After: Tue, 14 Nov 2023 22:14:20 GMT\r\n"),
            OutcomeKind::Throttled, false, 60'000);
        row("429 without a time", ScriptedServer::answer("429 Slow"), OutcomeKind::Throttled, false, 1'000);
        row("502", ScriptedServer::answer("502 Bad Gateway"), OutcomeKind::Throttled, false, 5'000);
        row("504", ScriptedServer::answer("504 Timeout"), OutcomeKind::Throttled, false, 5'000);
        row("500", ScriptedServer::answer("500 Oops"), OutcomeKind::Retry);
        row("503", ScriptedServer::answer("503 Later", {}, "Retry-After: 3\r\n"), OutcomeKind::Retry, false, 3'000);
    }

    void webhooksGoByTheirContract()
    {
        QFETCH(QByteArray, answer);
        ScriptedServer server([&](QTcpSocket* socket, const auto&) { socket->write(answer); });
        const auto sender = senderFor(u"webhook"_qs, server.url());
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender->send({messageNumber(5)});
        QTRY_COMPARE(outcomes.size(), 1);
        QTEST(outcomes.first().kind, "kind");
        QTEST(outcomes.first().suppressAddress, "suppress");
        QTEST(outcomes.first().notBeforeMs, "wait");
        const auto& request = server.requests.first();
        QCOMPARE(request.body, messageNumber(5).content);
        QCOMPARE(request.header("webhook-id"), "key-5");
        QCOMPARE(request.header("webhook-timestamp"), "1700000000");
        QVERIFY(request.header("webhook-signature").startsWith("v1,"));
        QCOMPARE(request.header("X-Key"), QByteArray(Hunter + "-header_value"));
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer " + Hunter + "-token"));
        QCOMPARE(request.header("Content-Type"), "application/json");
    }

    void whatCannotBeSentIsRefusedAtOnce()
    {
        const auto sender = senderFor(u"webhook"_qs, {});
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        Message wrongAddress = messageNumber(1);
        wrongAddress.to = u"not a url"_qs;
        Message huge = messageNumber(2);
        huge.content = QByteArray(300'000, ' ');
        sender->send({wrongAddress, huge});
        QCOMPARE(outcomes.size(), 2);
        QCOMPARE(outcomes[0].kind, OutcomeKind::Refused);
        QCOMPARE(outcomes[1].kind, OutcomeKind::Refused);
        QVERIFY2(outcomes[1].reason.contains(u"262144"), qPrintable(outcomes[1].reason));
    }

    void privateAddressesNeedThePermission()
    {
        ScriptedServer server([](QTcpSocket* socket, const auto&) { socket->write(ScriptedServer::answer("200 OK")); });
        AccountConfig config;
        config.settings = {{u"url"_qs, server.url()}};
        const auto sender = m_registry.find(u"webhook"_qs)->makeSender(config);
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender->send({messageNumber(1)});
        QTRY_COMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes.first().kind, OutcomeKind::Refused);
        QCOMPARE(server.connections, 0);
    }

    void aMalformedSigningSecretIsFoundWhenTheAccountIsChecked()
    {
        AccountConfig config;
        config.settings = m_registry.completeSettings(u"webhook"_qs, {});
        QVERIFY(m_registry.checkAccount(config, u"webhook"_qs));
        config.secrets = {{u"signing_secret"_qs, Secret("hunter2")}};
        const Status status = m_registry.checkAccount(config, u"webhook"_qs);
        QVERIFY(!status);
        QVERIFY(!status.error().message.contains(u"hunter2"));
    }

private:
    // A sender of a whole account with every secret set, whose patience is short.
    std::unique_ptr<Sender> senderFor(const QString& key, const QString& url)
    {
        AccountConfig config;
        config.settings = accountsFor(url).value(key);
        const Provider* provider = m_registry.find(key);
        for (const ProviderField& field : provider->description().fields) {
            if (field.secret)
                config.secrets.insert(field.key, secretFor(field));
        }
        const Status good = m_registry.checkAccount(config, key);
        if (!good)
            qWarning().noquote() << good.error().message;
        return good ? m_impatient.find(key)->makeSender(config) : nullptr;
    }

    // The provider files once more, as a user's folder, with time-outs that a test can wait for.
    void makeImpatient()
    {
        QTemporaryDir folder;
        const QStringList names = QDir(u":/providers"_qs).entryList({u"*.json"_qs});
        for (const QString& name : names) {
            QFile original(u":/providers/"_qs + name);
            QVERIFY(original.open(QIODevice::ReadOnly));
            QJsonObject file = parseJsonObject(original.readAll()).value();
            QJsonObject limits = file.value(u"limits").toObject();
            limits.insert(u"timeoutSeconds"_qs, 0.3);
            file.insert(u"limits"_qs, limits);
            QFile copy(folder.filePath(name));
            QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(compactJson(file)) > 0);
        }
        const QList<Error> errors = addProviderFolder(m_impatient, folder.path(), m_services);
        QVERIFY2(errors.isEmpty(), errors.isEmpty() ? "" : qPrintable(errors.first().message));
    }

    static void check(const QList<Outcome>& outcomes, const QString& behaviour)
    {
        QSet<qint64> ids;
        for (const Outcome& outcome : outcomes) {
            ids << outcome.deliveryId;
            QVERIFY(outcome.notBeforeMs >= 0 && outcome.notBeforeMs <= 24 * 3'600'000);
            QVERIFY(outcome.reason.size() <= 300);
            const bool sent = behaviour.startsWith(u"status 2") || behaviour == u"hang in the body";
            QCOMPARE(outcome.kind == OutcomeKind::Sent, sent);
            const QString told = outcome.reason + outcome.providerId + outcome.code + outcome.bucket;
            QVERIFY2(!told.contains(QString::fromLatin1(Hunter)), qPrintable(told));
            QVERIFY2(!told.contains(QString::fromLatin1(Hunter.toBase64().first(16))), qPrintable(told));
            if (behaviour == u"echo")
                QVERIFY2(told.contains(u"\u2022\u2022\u2022"), qPrintable(told));
        }
        QCOMPARE(ids, (QSet<qint64>{1, 2, 3}));
    }

    ManualClock m_clock{1'700'000'000'000};
    ProviderServices m_services{m_clock, std::make_shared<HttpTransport>(), nullptr};
    ProviderRegistry m_registry;
    ProviderRegistry m_impatient; // the same providers with time-outs of a test's length
};

QTEST_GUILESS_MAIN(ConformanceTest)
#include "ConformanceTest.moc"
