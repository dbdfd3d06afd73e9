// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderRegistry.h"

#include <QTest>

#include <optional>

using namespace carillon;

namespace {

ProviderField field(const QString& key, FieldType type)
{
    ProviderField made;
    made.key = key;
    made.label = key.toUpper();
    made.type = type;
    return made;
}

ProviderDescription describeAll()
{
    ProviderDescription d;
    d.key = u"test"_qs;
    d.name = u"Test"_qs;
    ProviderField host = field(u"host"_qs, FieldType::Text);
    host.required = true;
    host.pattern = u"[a-z.]+"_qs;
    ProviderField port = field(u"port"_qs, FieldType::Number);
    port.minimum = 1;
    port.maximum = 65535;
    port.defaultValue = 25;
    ProviderField mode = field(u"mode"_qs, FieldType::Choice);
    mode.choices = {u"tls"_qs, u"none"_qs};
    ProviderField password = field(u"password"_qs, FieldType::Password);
    password.secret = true;
    password.required = true;
    d.fields = {host,
                port,
                mode,
                password,
                field(u"note"_qs, FieldType::Multiline),
                field(u"on"_qs, FieldType::Boolean),
                field(u"url"_qs, FieldType::Url)};
    return d;
}

class TestProvider final : public Provider {
public:
    const ProviderDescription& description() const override { return m_description; }
    Status check(const AccountConfig& config) const override
    {
        if (config.settings.value(u"mode") == u"none"_qs)
            return fail(ErrorCode::InvalidInput, u"asked the provider"_qs, u"mode"_qs);
        return {};
    }
    std::unique_ptr<Sender> makeSender(const AccountConfig&) const override { return nullptr; }

private:
    ProviderDescription m_description = describeAll();
};

AccountConfig goodAccount()
{
    AccountConfig config;
    config.settings = {{u"host"_qs, u"mail.example"_qs}};
    config.secrets = {{u"password"_qs, Secret("hunter2")}};
    return config;
}

} // namespace

class ProviderRegistryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry.emplace();
        QVERIFY(m_registry->add(std::make_unique<TestProvider>()));
    }

    void eachKeyIsThereOnce()
    {
        QVERIFY(m_registry->find(u"test"_qs));
        QVERIFY(!m_registry->find(u"none"_qs));
        QCOMPARE(m_registry->all().size(), 1);
        QCOMPARE(m_registry->add(std::make_unique<TestProvider>()).error().code, ErrorCode::Conflict);
    }

    void goodAccountsPass()
    {
        QVERIFY(m_registry->checkAccount(goodAccount(), u"test"_qs));
        QCOMPARE(m_registry->checkAccount(goodAccount(), u"none"_qs).error().code, ErrorCode::NotFound);
    }

    void defaultsAreFilledInAndNothingIsOverwritten()
    {
        QCOMPARE(m_registry->completeSettings(u"test"_qs, {}), (QJsonObject{{u"port"_qs, 25}}));
        QCOMPARE(m_registry->completeSettings(u"test"_qs, {{u"port"_qs, 26}}), (QJsonObject{{u"port"_qs, 26}}));
    }

    void wrongSettingsNameTheirField_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("missing") << u"host"_qs << QJsonValue();
        QTest::newRow("empty") << u"host"_qs << QJsonValue(QString());
        QTest::newRow("pattern is of the whole value") << u"host"_qs << QJsonValue(u"mail.example:25"_qs);
        QTest::newRow("text as number") << u"host"_qs << QJsonValue(7);
        QTest::newRow("line break in one line") << u"host"_qs << QJsonValue(u"a\r\nb"_qs);
        QTest::newRow("number as text") << u"port"_qs << QJsonValue(u"25"_qs);
        QTest::newRow("too small") << u"port"_qs << QJsonValue(0);
        QTest::newRow("too large") << u"port"_qs << QJsonValue(65536);
        QTest::newRow("no such choice") << u"mode"_qs << QJsonValue(u"ssl"_qs);
        QTest::newRow("boolean as text") << u"on"_qs << QJsonValue(u"true"_qs);
        QTest::newRow("no scheme") << u"url"_qs << QJsonValue(u"example.org/x"_qs);
        QTest::newRow("other scheme") << u"url"_qs << QJsonValue(u"file:///etc/passwd"_qs);
        QTest::newRow("password in the address") << u"url"_qs << QJsonValue(u"https://u:p@example.org"_qs);
        QTest::newRow("unknown") << u"prot"_qs << QJsonValue(25);
        QTest::newRow("secret among the settings") << u"password"_qs << QJsonValue(u"x"_qs);
        QTest::newRow("the provider's own rule") << u"mode"_qs << QJsonValue(u"none"_qs);
    }

    void wrongSettingsNameTheirField()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        AccountConfig config = goodAccount();
        config.settings.insert(key, value);
        const Status status = m_registry->checkAccount(config, u"test"_qs);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidInput);
        QCOMPARE(status.error().field, key);
        QVERIFY2(!status.error().message.contains(u'%'), qPrintable(status.error().message));
    }

    void secretsAreAskedForAndNeverRepeated()
    {
        AccountConfig config = goodAccount();
        config.secrets.clear();
        QCOMPARE(m_registry->checkAccount(config, u"test"_qs).error().code, ErrorCode::NeedsSecret);
        config.secrets = {{u"password"_qs, Secret("hunter2\r\nX: y")}};
        const Status status = m_registry->checkAccount(config, u"test"_qs);
        QCOMPARE(status.error().field, u"password"_qs);
        QVERIFY(!status.error().message.contains(u"hunter2"));
    }

private:
    std::optional<ProviderRegistry> m_registry;
};

QTEST_GUILESS_MAIN(ProviderRegistryTest)
#include "ProviderRegistryTest.moc"
