// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Recognition.h"

#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/SmtpRecognition.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace carillon;

namespace {

ProviderField fieldOf(const QString& key, FieldType type, bool secret = false)
{
    ProviderField field;
    field.key = key;
    field.label = key;
    field.type = type;
    field.secret = secret;
    return field;
}

QList<ProviderField> someFields()
{
    ProviderField port = fieldOf(u"port"_qs, FieldType::Number);
    port.minimum = 1;
    port.maximum = 65'535;
    return {fieldOf(u"url"_qs, FieldType::Url), fieldOf(u"token"_qs, FieldType::Password, true), port,
            fieldOf(u"silent"_qs, FieldType::Boolean), fieldOf(u"name"_qs, FieldType::Text)};
}

Recognition recognitionOf(const char* rules, QList<Error>& problems)
{
    // Written with ' in place of ".
    QByteArray text = QByteArray("{'recognise':") + rules + '}';
    const QJsonObject file = parseJsonObject(text.replace('\'', '"')).value();
    JsonReader reader(file, {}, problems);
    return Recognition::read(reader, someFields());
}

std::optional<Recognised> recognised(const char* rules, const QString& text)
{
    QList<Error> problems;
    const Recognition recognition = recognitionOf(rules, problems);
    if (!problems.isEmpty())
        qWarning("%s", qPrintable(problems.first().message));
    return problems.isEmpty() ? recognition.recognise(text) : std::nullopt;
}

QJsonObject asJson(const Recognised& recognised)
{
    QJsonObject secrets;
    for (auto it = recognised.secrets.cbegin(); it != recognised.secrets.cend(); ++it)
        secrets.insert(it.key(), QString::fromUtf8(it.value().reveal()));
    return {{u"settings"_qs, recognised.settings}, {u"secrets"_qs, secrets}};
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class RecognitionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsFillFields()
    {
        const char* rules
            = "[{'pattern': 'app://(?<host>[^/:]+)(?::(?<port>[0-9]+))?/(?<token>[^/]+)', "
              "'fields': {'url': 'https://{host}/api', 'port': '{port}', 'token': '{token}', 'silent': true}}]";
        const auto full = recognised(rules, u"  app://example.org:99/a%2Fb%20c\n"_qs);
        QVERIFY(full);
        QCOMPARE(full->settings,
                 (QJsonObject{{u"url"_qs, u"https://example.org/api"_qs}, {u"port"_qs, 99}, {u"silent"_qs, true}}));
        QCOMPARE(full->secrets, (QHash<QString, Secret>{{u"token"_qs, Secret("a/b c")}}));
        const auto less = recognised(rules, u"app://example.org/t"_qs);
        QVERIFY(less && !less->settings.contains(u"port"));
        QVERIFY(!recognised(rules, u"xapp://example.org/t"_qs));
        QVERIFY(!recognised(rules, u"app://example.org/t/more"_qs));
    }

    void zeroIsTheWholePasteAsItIs()
    {
        const auto whole = recognised("[{'pattern': 'k-.*', 'fields': {'token': '{0}'}}]", u" k-%41 {0} "_qs);
        QCOMPARE(whole.value().secrets.value(u"token"_qs), Secret("k-%41 {0}"));
    }

    void aMatchThatTheFieldsRefuseIsNone()
    {
        const char* rules
            = "[{'pattern': '(?<port>[0-9]+):(?<name>(?s).*)', 'fields': {'port': '{port}', 'name': '{name}'}}]";
        QVERIFY(recognised(rules, u"80:x"_qs));
        QVERIFY(!recognised(rules, u"70000:x"_qs));
        QVERIFY(!recognised(rules, u"80:a%0Ab"_qs));
        const char* silent = "[{'pattern': '(?<a>.*)', 'fields': {'silent': '{a}'}}]";
        QVERIFY(!recognised(silent, u"perhaps"_qs));
        QVERIFY(recognised(silent, u"NO"_qs));
    }

    void theMoreParticularFormGoesFirst()
    {
        const char* rules = "[{'pattern': 'https?://[^ ]+', 'fields': {'name': 'any'}}, "
                            "{'pattern': 'https://chat[.]example/[a-z]{1,99}', 'fields': {'name': 'chat'}}]";
        QCOMPARE(recognised(rules, u"https://chat.example/abc"_qs).value().settings.value(u"name"), u"chat"_qs);
        QCOMPARE(recognised(rules, u"https://chat.example/ABC"_qs).value().settings.value(u"name"), u"any"_qs);
    }

    void problemsNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("not a list") << QByteArray("{}") << u"/recognise"_qs;
        QTest::newRow("not an object") << QByteArray("[1]") << u"/recognise/0"_qs;
        QTest::newRow("bad pattern") << QByteArray("[{'pattern': '(', 'fields': {}}]") << u"/recognise/0/pattern"_qs;
        QTest::newRow("own limits") << QByteArray("[{'pattern': '(*LIMIT_MATCH=9999999)a', 'fields': {}}]")
                                    << u"/recognise/0/pattern"_qs;
        QTest::newRow("no pattern") << QByteArray("[{'fields': {}}]") << u"/recognise/0/pattern"_qs;
        QTest::newRow("no fields") << QByteArray("[{'pattern': 'a'}]") << u"/recognise/0/fields"_qs;
        QTest::newRow("no such field") << QByteArray("[{'pattern': 'a', 'fields': {'x': '{0}'}}]")
                                       << u"/recognise/0/fields/x"_qs;
        QTest::newRow("no such group") << QByteArray("[{'pattern': 'a(?<b>c)', 'fields': {'name': '{b}{c}'}}]")
                                       << u"/recognise/0/fields/name"_qs;
        QTest::newRow("constant of another type")
            << QByteArray("[{'pattern': 'a', 'fields': {'name': 7}}]") << u"/recognise/0/fields/name"_qs;
        QTest::newRow("constant secret") << QByteArray("[{'pattern': 'a', 'fields': {'token': 7}}]")
                                         << u"/recognise/0/fields/token"_qs;
        QTest::newRow("unknown member") << QByteArray("[{'pattern': 'a', 'fields': {}, 'wight': 1}]")
                                        << u"/recognise/0/wight"_qs;
        QTest::newRow("too many") << '[' + QByteArray("{'pattern': 'a', 'fields': {}},").repeated(32)
                + "{'pattern': 'a', 'fields': {}}]"
                                  << u"/recognise"_qs;
    }

    void problemsNameTheirPlace()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QString, pointer);
        QList<Error> problems;
        recognitionOf(rules.constData(), problems);
        QVERIFY(!problems.isEmpty());
        QCOMPARE(problems.first().field, pointer);
    }

    void aPatternThatRunsForEverMatchesNothing()
    {
        QElapsedTimer timer;
        timer.start();
        const char* rules = "[{'pattern': '(?:a+)+(?:a+)+b|x', 'fields': {}}]";
        QVERIFY(recognised(rules, u"x"_qs));
        QVERIFY(!recognised(rules, QString(5'000, u'a') + u'c'));
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!recognised("[{'pattern': 'a*', 'fields': {}}]", QString(Recognition::MaxText + 1, u'a')));
    }

    void mailServers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("server"); // "host port security", with the login behind it
        const auto row = [](const char* text, const char* server) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(server);
        };
        row("smtp://mail.example.org", "mail.example.org 587 starttls");
        row("smtp://user:pass@mail.example.org:587", "mail.example.org 587 starttls user pass");
        row("SMTPS://user:pass@Mail.example.org", "mail.example.org 465 tls user pass");
        row("smtp://user:pass@mail.example.org:465/", "mail.example.org 465 tls user pass");
        row("smtp://me@example.org:p:a@s/s+w#rd@mail.example.org:2525",
            "mail.example.org 2525 starttls me@example.org p:a@s/s+w#rd");
        row("smtp://me%40example.org:p%3Fq@mail.example.org", "mail.example.org 587 starttls me@example.org p?q");
        row("smtp://localhost:1025", "localhost 1025 none");
        row("smtp://[::1]:25", "::1 25 none");
        row("smtp://127.0.0.1", "127.0.0.1 25 none");
        // Apprise's own examples
        row("mailto://user:pass@gmail.com", "smtp.gmail.com 587 starttls user@gmail.com pass");
        row("mailto://user:pass@hotmail.com?format=text", "smtp-mail.outlook.com 587 starttls user@hotmail.com pass");
        row("mailtos://user:pass@example.com?smtp=smtp.example.com&from=me@example.com",
            "smtp.example.com 587 starttls user pass");
        row("mailtos://user:pass@example.com:465?mode=ssl", "example.com 465 tls user pass");
        row("mailtos://example.com?user=me@example.com&pass=p%26q", "example.com 587 starttls me@example.com p&q");
        row("mailto://user:pass@yandex.ru/you@example.org", "smtp.yandex.ru 465 tls user pass");
        for (const char* none : {"mailto:someone@example.org", "smtp://", "smtp://user:pass@host:99999", "imap://host",
                                 "smtp://two words", "mail.example.org"})
            row(none, "");
    }

    void mailServers()
    {
        QFETCH(QString, text);
        QFETCH(QString, server);
        const auto found = recogniseSmtp(text);
        QStringList words;
        if (found) {
            words << found->settings.value(u"host").toString() << QString::number(found->settings.value(u"port").toInt())
                  << found->settings.value(u"security").toString();
            if (found->settings.contains(u"username"))
                words << found->settings.value(u"username").toString();
            if (found->secrets.contains(u"password"_qs))
                words << QString::fromUtf8(found->secrets.value(u"password"_qs).reveal());
        }
        QCOMPARE(words.join(u' '), server);
    }

    void aGenericFormSaysSo()
    {
        const char* rules = "[{'pattern': 'https?://[^ ]+', 'fields': {'name': 'any'}, 'generic': true}, "
                            "{'pattern': 'app://.+', 'fields': {'name': 'app'}}]";
        QVERIFY(recognised(rules, u"https://example.org"_qs)->isGeneric);
        QVERIFY(!recognised(rules, u"app://example.org"_qs)->isGeneric);
    }

    // Each provider's fixture shows what its rules recognise; a text of one provider is never taken for another's, nor is
    // anybody asked which of them it is.
    void fixturesAreRecognised()
    {
        SystemClock clock;
        ProviderRegistry registry;
        QVERIFY(addBuiltInProviders(registry, {clock, std::make_shared<HttpTransport>(), nullptr}).isEmpty());
        for (const ProviderPtr& provider : registry.all()) {
            const QString key = provider->description().key;
            const QByteArray fixture = readFile(QStringLiteral(CARILLON_SOURCE_DIR "/tests/providers/%1.json").arg(key));
            const QJsonArray cases = QJsonDocument::fromJson(fixture).object().value(u"recognise").toArray();
            for (const QJsonValue& one : cases) {
                const QString paste = one[u"paste"].isString()
                    ? one[u"paste"].toString()
                    : QString::fromUtf8(QJsonDocument(one[u"paste"].toObject()).toJson());
                const auto found = provider->recognise(paste);
                QVERIFY2(found, qPrintable(key + u" does not recognise " + paste));
                const QJsonObject expected{{u"settings"_qs, one[u"settings"].toObject()},
                                           {u"secrets"_qs, one[u"secrets"].toObject()}};
                QCOMPARE(QJsonDocument(asJson(*found)).toJson(), QJsonDocument(expected).toJson());
                const QList<RecognisedProvider> all = registry.recognise(paste);
                for (const RecognisedProvider& one : all)
                    QVERIFY2(one.provider == provider,
                             qPrintable(one.provider->description().key + u" takes this for its own: " + paste));
                QCOMPARE(all.size(), 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(RecognitionTest)
#include "RecognitionTest.moc"
