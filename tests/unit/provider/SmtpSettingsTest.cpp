// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpSettings.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/SmtpProvider.h"

#include <QTemporaryFile>
#include <QTest>

using namespace carillon;

namespace {

AccountConfig config(const QJsonObject& more = {}, const QByteArray& password = {})
{
    AccountConfig account;
    account.settings = {{QStringLiteral("host"), QStringLiteral("mail.example.org")}};
    for (auto field = more.begin(); field != more.end(); ++field)
        account.settings.insert(field.key(), field.value());
    if (!password.isEmpty())
        account.secrets.insert(QStringLiteral("password"), Secret(password));
    return account;
}

} // namespace

class SmtpSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreTheRfcs()
    {
        const SmtpSettings settings = *parseSmtpSettings(config());
        QCOMPARE(int(settings.port), 587);
        QVERIFY(settings.security == SmtpSecurity::StartTls);
        QCOMPARE(settings.timeouts.finalMs, 600'000);
        QVERIFY(!settings.wantsLogin());
        QCOMPARE(int(parseSmtpSettings(config({{QStringLiteral("security"), QStringLiteral("tls")}}))->port), 465);
    }

    void theFormSaysWhatTheSettingsAre()
    {
        const ProviderDescription description = smtpDescription();
        QJsonObject filled;
        for (const ProviderField& field : description.fields) {
            if (!field.defaultValue.isNull() && !field.defaultValue.isUndefined())
                filled.insert(field.key, field.defaultValue);
            QCOMPARE(field.secret, field.key == QStringLiteral("password") || field.key.endsWith(QStringLiteral("_key")));
            QVERIFY(!field.label.isEmpty());
        }
        const SmtpSettings fromForm = *parseSmtpSettings(config(filled));
        const SmtpSettings fromNothing = *parseSmtpSettings(config());
        QCOMPARE(fromForm.port, fromNothing.port);
        QCOMPARE(fromForm.maxConnections, fromNothing.maxConnections);
        QCOMPARE(fromForm.messagesPerConnection, fromNothing.messagesPerConnection);
        QCOMPARE(fromForm.timeouts.blockMs, fromNothing.timeouts.blockMs);
        QVERIFY(fromForm.security == fromNothing.security && fromForm.pipelining);
    }

    void errorsNameTheField_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* key, const QJsonValue& value, const char* field = nullptr) {
            QTest::addRow("%s = %s", key, qPrintable(value.toVariant().toString()))
                << QString::fromLatin1(key) << value << QString::fromLatin1(field ? field : key);
        };
        row("host", QString());
        row("host", QStringLiteral("a b"));
        row("host", QStringLiteral("a\r\nb"));
        row("port", 0);
        row("port", 65'536);
        row("port", QStringLiteral("many"));
        row("security", QStringLiteral("perhaps"));
        row("auth", QStringLiteral("digest"));
        row("max_connections", 0);
        row("messages_per_connection", -1);
        row("timeout_final", 0);
        row("hello_name", QStringLiteral("a\r\nQUIT"));
        row("auth", QStringLiteral("plain"), "username");
        row("username", QStringLiteral("me"), "password");
    }

    void errorsNameTheField()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        const Result<SmtpSettings> settings = parseSmtpSettings(config({{key, value}}));
        QVERIFY(!settings);
        QTEST(settings.error().field, "field");
        QVERIFY(!settings.error().message.isEmpty());
    }

    void aPasswordIsNotShownOnANetwork()
    {
        const QJsonObject clear{{QStringLiteral("security"), QStringLiteral("none")},
                                {QStringLiteral("auth"), QStringLiteral("login")},
                                {QStringLiteral("username"), QStringLiteral("me")}};
        QCOMPARE(parseSmtpSettings(config(clear, "secret")).error().field, QStringLiteral("security"));
        for (const char16_t* host : {u"localhost", u"127.0.0.1", u"::1"}) {
            QJsonObject local = clear;
            local.insert(QStringLiteral("host"), QStringView(host).toString());
            QVERIFY(parseSmtpSettings(config(local, "secret")));
        }
    }

    void checkReadsTheCertificates()
    {
        SystemClock clock;
        const SmtpProvider provider(clock);
        QVERIFY(provider.check(config()));
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("no certificate");
        file.flush();
        for (const QString& path : {file.fileName(), QStringLiteral("/nonexistent/ca.pem")})
            QCOMPARE(provider.check(config({{QStringLiteral("ca_file"), path}})).error().field, QStringLiteral("ca_file"));
    }
};

QTEST_GUILESS_MAIN(SmtpSettingsTest)
#include "SmtpSettingsTest.moc"
