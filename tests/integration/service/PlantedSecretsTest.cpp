// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/service/PlantedSecrets.h"
#include "engine/Engine.h"
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/service/AccountService.h"
#include "engine/service/DashboardService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/TopicService.h"
#include "tests/integration/service/EchoPlatform.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <mutex>

using namespace carillon;

namespace {

const Secret Passphrase(PlantedSecrets::word() + "-passphrase");

// What Qt and we wrote to the log of the program.
std::mutex logLock;
QByteArray programLog;

void takeLog(QtMsgType, const QMessageLogContext&, const QString& message)
{
    const std::lock_guard held(logLock);
    programLog += message.toUtf8() + '\n';
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// An account of this kind as its fixture has it, its secrets planted and its platform the one that echoes.
struct PlantedAccount {
    Account account;
    QHash<QString, Secret> secrets;
    QString to;
};

PlantedAccount plantedAccount(const ProviderDescription& provider, const EchoPlatform& platform)
{
    PlantedAccount planted;
    planted.account.name = provider.name + u' ' + provider.key;
    planted.account.provider = provider.key;
    planted.account.channel = provider.channel;
    QByteArray fixture = readFile(QStringLiteral(CARILLON_SOURCE_DIR "/tests/providers/%1.json").arg(provider.key));
    fixture.replace("{{server}}", platform.web.url({}).toUtf8());
    fixture.replace("hunter2", PlantedSecrets::word()).replace("Hunter2", PlantedSecrets::word());
    const QJsonObject whole = QJsonDocument::fromJson(fixture).object();
    planted.account.settings = whole[u"account"][u"settings"].toObject();
    const QJsonObject secrets = whole[u"account"][u"secrets"].toObject();
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret)
        planted.secrets.insert(secret.key(), Secret(secret.value().toString().toUtf8()));
    const QJsonValue to = whole[u"messages"][0][u"message"][u"to"];
    planted.to = to.isObject() ? QString::fromUtf8(compactJson(to.toObject())) : to.toString();
    return planted;
}

PlantedAccount plantedMailAccount(const EchoPlatform& platform)
{
    PlantedAccount planted;
    planted.account.name = u"Mail"_qs;
    planted.account.provider = u"smtp"_qs;
    planted.account.channel = u"email"_qs;
    planted.account.settings = {{u"host"_qs, u"127.0.0.1"_qs},
                                {u"port"_qs, platform.mail.serverPort()},
                                {u"security"_qs, u"none"_qs},
                                {u"auth"_qs, u"plain"_qs},
                                {u"username"_qs, u"anna"_qs}};
    planted.secrets.insert(u"password"_qs, Secret("pass \"" + PlantedSecrets::word() + "\" w/rd%"));
    planted.to = u"to@example.org"_qs;
    return planted;
}

// The program's own outputs that a test can wait for.
template <typename T>
Result<T> wait(const Future<T>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return fail(ErrorCode::Timeout, u"no answer"_qs);
    return future.result();
}

} // namespace

// Secrets are planted in accounts of every provider and in tokens; then everything is used and everything that comes out is
// searched for them: files, log, errors, the API's answers, the feed, and what carillonctl prints.
class PlantedSecretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qInstallMessageHandler(takeLog);
        EngineOptions options;
        options.path = m_folder.filePath(u"w.carillon"_qs);
        options.vault = VaultKind::Sealed;
        options.vaultFile = m_folder.filePath(u"secrets.sealed"_qs);
        options.vaultPassphrase = Passphrase;
        options.port = 0;
        HttpTransport::Options http;
        http.allowPrivateNetworks = true;
        options.http = std::make_shared<HttpTransport>(http);
        auto engine = Engine::open(options, m_clock, m_random);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error().message));
        m_engine = std::move(*engine);
        m_planted.plant(Passphrase.reveal());
    }

    void cleanupTestCase()
    {
        m_socket.reset();
        m_engine.reset();
        qInstallMessageHandler(nullptr);
    }

    void theSearchFindsWhatIsThere()
    {
        const QByteArray secret = "s3cr\"t/+ value";
        PlantedSecrets planted;
        planted.plant(secret);
        for (const QByteArray& text :
             {QByteArray("x " + secret), secret.toPercentEncoding(), QByteArray("user:" + secret + "!").toBase64(),
              QByteArray("user:" + secret).toBase64(QByteArray::Base64UrlEncoding), QByteArray("s3cr\\\"t/+ value"),
              QByteArray("a" + PlantedSecrets::word() + "b")})
            QVERIFY2(!planted.leaks(u"here"_qs, text).isEmpty(), text.constData());
        QVERIFY(planted.leaks(u"here"_qs, "nothing of the kind").isEmpty());
    }

    void accountsOfEveryProviderAreMade()
    {
        const auto providers = m_engine->services().accounts.providers();
        for (const ProviderDescription& provider : providers) {
            PlantedAccount planted
                = provider.key == u"smtp" ? plantedMailAccount(m_platform) : plantedAccount(provider, m_platform);
            const bool needsSecrets = std::any_of(provider.fields.begin(), provider.fields.end(),
                                                  [](const ProviderField& field) { return field.secret && field.required; });
            QVERIFY2(!needsSecrets || !planted.secrets.isEmpty(), qPrintable(provider.key + u" has no fixture"_qs));
            if (planted.secrets.isEmpty())
                continue;
            for (const Secret& secret : std::as_const(planted.secrets))
                m_planted.plant(secret.reveal());
            const auto saved = wait(m_engine->services().accounts.save(m_caller, planted.account, planted.secrets));
            QVERIFY2(saved, qPrintable(provider.key + (saved ? QString() : saved.error().message)));
            planted.account.id = *saved;
            m_accounts << planted;
            refuseWrongSecrets(planted);
        }
        QVERIFY2(m_accounts.size() >= 2, "none of the providers takes a secret");
    }

    void probesAndTestMessagesAreAnswered()
    {
        for (const PlantedAccount& planted : std::as_const(m_accounts)) {
            for (int time = 0; time < 3; ++time) {
                const auto probed = wait(m_engine->services().accounts.probe(planted.account.id));
                take(planted.account.name + u" probe"_qs, probed ? probed->toUtf8() : probed.error().message.toUtf8());
                const auto sent = wait(m_engine->services().accounts.testSend(m_caller, planted.account.id, planted.to));
                take(planted.account.name + u" test"_qs,
                     sent ? (sent->code + u' ' + sent->reason + u' ' + sent->providerId).toUtf8()
                          : sent.error().message.toUtf8());
            }
        }
        QVERIFY2(m_platform.heard.contains(PlantedSecrets::word()), "the platforms have heard secrets, and say them back");
    }

    void triggersGoOutOverTheApi()
    {
        const QString token
            = m_engine->services()
                  .dashboards.issueToken(m_caller, u"shop"_qs, 3'600'000, {TokenScope::TriggerSend, TokenScope::FeedRead})
                  .value();
        m_planted.plant(token.toUtf8());
        m_planted.plant(token.section(u'.', 2).toUtf8()); // the signature
        follow(token);
        Brand brand;
        brand.name = u"Shop"_qs;
        brand.fromAddress = u"shop@example.org"_qs;
        const auto branded = wait(m_engine->services().topics.saveBrand(m_caller, brand));
        QVERIFY2(branded, qPrintable(branded ? QString() : branded.error().message));
        for (const PlantedAccount& planted : std::as_const(m_accounts)) {
            const QString key = u"t."_qs + planted.account.provider;
            TopicDetail topic;
            topic.topic.key = key;
            topic.topic.name = planted.account.name;
            topic.topic.category = Category::System;
            topic.topic.brandId = *branded;
            topic.routes = {Route{0, 0, planted.account.id, 0, {}}};
            const auto saved = wait(m_engine->services().topics.save(m_caller, topic));
            QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().message));
            const QJsonObject to{{u"channel"_qs, planted.account.channel}, {u"address"_qs, planted.to}};
            const QByteArray body = compactJson({{u"topic"_qs, key}, {u"to"_qs, QJsonArray{to}}});
            take(u"the API's answer"_qs, call("POST", "/api/v1/triggers", token, body));
        }
        for (int id = 1; id <= m_accounts.size(); ++id)
            take(u"the API's answer"_qs, call("GET", "/api/v1/triggers/" + QByteArray::number(id), token));
        const QString wrong = token.chopped(8) + QString::fromLatin1(PlantedSecrets::word()) + u'x';
        const QByteArray refused = call("POST", "/api/v1/triggers", wrong, "{}");
        QVERIFY2(refused.startsWith("HTTP/1.1 401"), refused.constData());
        take(u"the API's refusal"_qs, refused);
    }

    void everyDeliveryWasTried()
    {
        const auto tried = [this] {
            const auto log = m_engine->services().deliveries.latestLog({}, 5'000).result();
            QSet<qint64> accounts;
            for (const LogEntry& entry : log ? *log : QList<LogEntry>()) {
                if (entry.accountId != 0 && entry.type.startsWith(u"delivery.") && entry.type != u"delivery.queued"
                    && entry.type != u"delivery.sending")
                    accounts.insert(entry.accountId);
            }
            return accounts.size();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(tried() * 2 >= m_accounts.size(), "most deliveries came to nothing", 60'000);
        QTest::qWait(2'000); // those that are tried again
        const auto log = wait(m_engine->services().deliveries.latestLog({}, 5'000));
        QByteArray all;
        for (const LogEntry& entry : log.value())
            all += compactJson(entry.data) + '\n';
        take(u"the log"_qs, all);
        QVERIFY2(all.contains("\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"), "no platform's answer was cleaned: none was read");
        QVERIFY(!m_frames.isEmpty());
        take(u"the feed"_qs, m_frames);
        const auto accounts = wait(m_engine->services().accounts.list());
        QByteArray settings;
        for (const AccountSummary& summary : accounts.value())
            settings += compactJson(summary.account.settings) + '\n';
        take(u"the accounts' settings"_qs, settings);
    }

    void nothingHasLeaked()
    {
        m_socket.reset();
        m_engine.reset();
        take(u"the program's log"_qs, programLog);
        const QByteArrayList commands{"log",        "campaigns",        "vault list",       "vault check",
                                      "log --json", "campaigns --json", "vault list --json"};
        for (const QByteArray& command : commands)
            take(u"carillonctl "_qs + QString::fromLatin1(command), control(command));
        m_leaks << m_planted.leaksInFolder(m_folder.path());
        QVERIFY2(m_leaks.isEmpty(), qPrintable(QString::number(m_leaks.size()) + u" leaks:\n"_qs + m_leaks.join(u'\n')));
    }

private:
    void take(const QString& where, const QByteArray& text) { m_leaks << m_planted.leaks(where, text); }

    // Whatever is wrong with it, an error does not repeat a secret.
    void refuseWrongSecrets(const PlantedAccount& planted)
    {
        for (auto secret = planted.secrets.cbegin(); secret != planted.secrets.cend(); ++secret) {
            QHash<QString, Secret> wrong = planted.secrets;
            wrong.insert(secret.key(), Secret("\x01" + secret.value().reveal() + "\x01"));
            const auto saved = wait(m_engine->services().accounts.save(m_caller, planted.account, wrong));
            if (!saved)
                take(planted.account.name + u" refused"_qs, saved.error().message.toUtf8());
            else
                (void)wait(m_engine->services().accounts.save(m_caller, planted.account, planted.secrets));
        }
    }

    // Follows the feed from now on.
    void follow(const QString& token)
    {
        m_socket = std::make_unique<QWebSocket>();
        connect(m_socket.get(), &QWebSocket::textMessageReceived, this,
                [this](const QString& text) { m_frames += text.toUtf8() + '\n'; });
        connect(m_socket.get(), &QWebSocket::connected, this, [this, token] {
            m_socket->sendTextMessage(
                QString::fromUtf8(compactJson({{u"id"_qs, 1}, {u"op"_qs, u"hello"_qs}, {u"token"_qs, token}})));
            m_socket->sendTextMessage(
                QString::fromUtf8(compactJson({{u"id"_qs, 2},
                                               {u"op"_qs, u"subscribe"_qs},
                                               {u"types"_qs, QJsonArray{u"delivery.*"_qs, u"account.*"_qs}}})));
        });
        QUrl url = m_engine->address();
        url.setScheme(u"ws"_qs);
        url.setPath(u"/ws/v1"_qs);
        m_socket->open(url);
        QTRY_VERIFY(m_frames.contains("welcome"));
    }

    // One request to the API; the whole answer.
    QByteArray call(const QByteArray& method, const QByteArray& path, const QString& token, const QByteArray& body = {})
    {
        QTcpSocket socket;
        socket.connectToHost(m_engine->address().host(), quint16(m_engine->address().port()));
        socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                     + token.toLatin1() + "\r\nContent-Type: application/json\r\nContent-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        if (!QTest::qWaitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; }, 30'000))
            return "no answer";
        return socket.readAll();
    }

    QByteArray control(const QByteArray& command) const
    {
        QStringList words = QString::fromLatin1(command).split(u' ');
        words << u"--workspace"_qs << m_folder.filePath(u"w.carillon"_qs)
              << u"--vault=sealed:"_qs + m_folder.filePath(u"secrets.sealed"_qs);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"CARILLON_VAULT_PASSPHRASE"_qs, QString::fromLatin1(Passphrase.reveal()));
        environment.insert(u"XDG_STATE_HOME"_qs, m_state.path());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(CARILLON_CTL), words);
        const bool ended = process.waitForFinished(60'000) && process.exitCode() == 0;
        const QByteArray output = process.readAll();
        if (!ended)
            qFatal("carillonctl %s: %s", command.constData(), output.constData());
        return output;
    }

    QTemporaryDir m_folder;
    QTemporaryDir m_state;
    SystemClock m_clock;
    SystemRandom m_random;
    const Caller m_caller{u"window:test"_qs, Role::Administrator};
    EchoPlatform m_platform;
    PlantedSecrets m_planted;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<QWebSocket> m_socket;
    QList<PlantedAccount> m_accounts;
    QByteArray m_frames;
    QStringList m_leaks;
};

QTEST_GUILESS_MAIN(PlantedSecretsTest)
#include "PlantedSecretsTest.moc"
