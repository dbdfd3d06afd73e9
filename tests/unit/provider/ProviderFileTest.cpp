// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderFile.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/BuiltInProviders.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

QJsonObject goodFile()
{
    // JSON with single quotes instead of double ones.
    QByteArray json = "{'format': 1, 'key': 'chatty', 'name': 'Chatty', 'channel': 'chat', 'help': 'A chat.',"
                      " 'address': {'label': 'room'},"
                      " 'fields': [{'key': 'token', 'label': 'Token', 'type': 'password', 'required': true}],"
                      " 'request': {'url': {'base': 'https://chat.example', 'path': ['{{ message.to }}']},"
                      "  'auth': [{'kind': 'bearer', 'token': '{{ secrets.token }}'}],"
                      "  'body': {'kind': 'json', 'value': {'text': '{{ message.fields.text }}'}}}}";
    return parseJsonObject(json.replace('\'', '"')).value();
}

QJsonObject fieldWith(const QString& name, const QJsonValue& value)
{
    return {{u"key"_qs, u"token"_qs}, {u"label"_qs, u"Token"_qs}, {u"secret"_qs, true}, {name, value}};
}

void save(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

} // namespace

class ProviderFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGoodFileIsRead()
    {
        QList<Error> problems;
        const auto file = ProviderFile::parse(compactJson(goodFile()), problems);
        QVERIFY2(file, problems.isEmpty() ? "" : qPrintable(problems.first().message));
        QCOMPARE(file->description.key, u"chatty"_qs);
        QCOMPARE(file->description.channel, u"chat"_qs);
        QCOMPARE(file->description.fields.size(), 1);
        QVERIFY(file->description.fields.first().secret); // every password is
        QVERIFY(file->description.fields.first().required);
    }

    void whatThePlatformDocumentsIsTheLimitOfAnAccount()
    {
        QJsonObject file = goodFile();
        file.insert(u"limits"_qs,
                    QJsonObject{{u"perMinute"_qs, 30},
                                {u"burst"_qs, 5},
                                {u"perDestinationPerSecond"_qs, 1},
                                {u"perDestinationBurst"_qs, 3},
                                {u"perDestinationInFlight"_qs, 2}});
        QList<Error> problems;
        const auto read = ProviderFile::parse(compactJson(file), problems);
        QVERIFY2(read, problems.isEmpty() ? "" : qPrintable(problems.first().message));
        AccountLimits expected;
        expected.perSecond = 0.5;
        expected.burst = 5;
        expected.destinationPerSecond = 1;
        expected.destinationBurst = 3;
        expected.destinationInFlight = 2;
        QCOMPARE(read->description.limits, expected);
    }

    void mistakesNameTheirPlace_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("newer format") << u"format"_qs << QJsonValue(2) << u"/format"_qs;
        QTest::newRow("key") << u"key"_qs << QJsonValue(u"Chat-ty"_qs) << u"/key"_qs;
        QTest::newRow("channel") << u"channel"_qs << QJsonValue(u"a pigeon"_qs) << u"/channel"_qs;
        QTest::newRow("pattern") << u"address"_qs
                                 << QJsonValue(QJsonObject{{u"label"_qs, u"x"_qs}, {u"pattern"_qs, u"("_qs}})
                                 << u"/address/pattern"_qs;
        QTest::newRow("limit") << u"limits"_qs << QJsonValue(QJsonObject{{u"inFlight"_qs, 100'000}})
                               << u"/limits/inFlight"_qs;
        QTest::newRow("two rates") << u"limits"_qs << QJsonValue(QJsonObject{{u"perSecond"_qs, 1}, {u"perMinute"_qs, 60}})
                                   << u"/limits/perMinute"_qs;
        QTest::newRow("a variable of what is not made yet")
            << u"request"_qs << QJsonValue(QJsonObject{{u"url"_qs, u"{{ request.body }}"_qs}}) << u"/request/url"_qs;
        QTest::newRow("field") << u"fields"_qs << QJsonValue(QJsonArray{fieldWith(u"type"_qs, u"txt"_qs)})
                               << u"/fields/0/type"_qs;
        QTest::newRow("a secret with a default")
            << u"fields"_qs << QJsonValue(QJsonArray{fieldWith(u"default"_qs, u"x"_qs)}) << u"/fields/0/default"_qs;
        QTest::newRow("two fields of a name")
            << u"fields"_qs << QJsonValue(QJsonArray{fieldWith(u"help"_qs, {u""_qs}), fieldWith(u"help"_qs, {u""_qs})})
            << u"/fields/1/key"_qs;
        QTest::newRow("private networks") << u"privateNetworksField"_qs << QJsonValue(u"token"_qs)
                                          << u"/privateNetworksField"_qs;
        const QJsonObject once{{u"outcome"_qs, u"refused"_qs},
                               {u"suppressAfter"_qs, QJsonObject{{u"times"_qs, 1}, {u"withinDays"_qs, 30}}}};
        QTest::newRow("a refusal that is no repetition")
            << u"outcomes"_qs << QJsonValue(QJsonArray{once}) << u"/outcomes/0/suppressAfter/times"_qs;
        QTest::newRow("unknown member") << u"reqest"_qs << QJsonValue(1) << u"/reqest"_qs;
        QTest::newRow("a variable that nothing fills")
            << u"request"_qs << QJsonValue(QJsonObject{{u"url"_qs, u"{{ settings.token }}"_qs}}) << u"/request/url"_qs;
        QTest::newRow("a variable of the message")
            << u"request"_qs << QJsonValue(QJsonObject{{u"url"_qs, u"{{ message.too }}"_qs}}) << u"/request/url"_qs;
        QTest::newRow("not an object") << u"request"_qs << QJsonValue(7) << u"/request"_qs;
    }

    void mistakesNameTheirPlace()
    {
        QFETCH(QString, name);
        QFETCH(QJsonValue, value);
        QFETCH(QString, pointer);
        QJsonObject file = goodFile();
        file.insert(name, value);
        QList<Error> problems;
        QVERIFY(!ProviderFile::parse(compactJson(file), problems));
        QVERIFY(!problems.isEmpty());
        QCOMPARE(problems.first().field, pointer);
        const QString start = u"Line 1, column "_qs;
        QVERIFY2(problems.first().message.startsWith(start), qPrintable(problems.first().message));
        QVERIFY2(problems.first().message.contains(u": "_qs + pointer + u": "_qs), qPrintable(problems.first().message));
    }

    void mistakesNameTheirLine()
    {
        const QByteArray json
            = "{\n"
              "  \"format\": 1, \"key\": \"chatty\", \"name\": \"Chatty\", \"channel\": \"chat\", \"help\": \"A chat.\",\n"
              "  \"address\": { \"label\": \"room\" },\n"
              "  \"fields\": [\n"
              "    { \"key\": \"token\", \"label\": \"Token\",\n"
              "      \"type\": \"passwrod\" }\n"
              "  ],\n"
              "  \"request\": { \"url\": \"https://chat.example/{{ settings.rom }}\" }\n"
              "}\n";
        QList<Error> problems;
        QVERIFY(!ProviderFile::parse(json, problems));
        QStringList sentences;
        for (const Error& problem : problems)
            sentences << problem.message.left(problem.message.indexOf(u": ", 25));
        QCOMPARE(sentences, (QStringList{u"Line 6, column 7: /fields/0/type"_qs, u"Line 8, column 16: /request/url"_qs}));
    }

    void anyBytesAreAnError()
    {
        const QByteArray whole = compactJson(goodFile());
        for (qsizetype length = 0; length < whole.size(); ++length) {
            QList<Error> problems;
            QVERIFY(!ProviderFile::parse(whole.first(length), problems));
            QVERIFY(!problems.isEmpty());
        }
    }

    void aBadFileOfAFolderStopsNoOther()
    {
        QTemporaryDir folder;
        save(folder.filePath(u"a.json"_qs), "{\n  \"format\": 1,\n  oops\n}");
        QJsonObject twice = goodFile();
        twice.insert(u"channel"_qs, u"a pigeon"_qs);
        twice.insert(u"naem"_qs, 1);
        save(folder.filePath(u"b.json"_qs), compactJson(twice));
        save(folder.filePath(u"c.json"_qs), compactJson(goodFile()));
        save(folder.filePath(u"d.json"_qs), compactJson(goodFile()));
        save(folder.filePath(u"e.schema.json"_qs), "no provider");
        save(folder.filePath(u"f.json"_qs), QByteArray(300'000, ' '));
        ManualClock clock(0);
        ProviderRegistry registry;
        const QList<Error> errors
            = addProviderFolder(registry, folder.path(), {clock, std::make_shared<HttpTransport>(), nullptr});
        QVERIFY(registry.find(u"chatty"_qs));
        QCOMPARE(registry.all().size(), 1);
        QStringList files;
        for (const Error& error : errors)
            files << error.field;
        QCOMPARE(files, (QStringList{u"a.json"_qs, u"b.json"_qs, u"b.json"_qs, u"d.json"_qs, u"f.json"_qs}));
        QVERIFY2(errors[0].message.contains(u"Line 3"), qPrintable(errors[0].message));
        QVERIFY2(errors[1].message.startsWith(u"b.json: Line 1, column ") && errors[1].message.contains(u": /channel: "),
                 qPrintable(errors[1].message));
        QVERIFY2(errors[2].message.contains(u": /naem: "), qPrintable(errors[2].message));
        QCOMPARE(errors[3].code, ErrorCode::Conflict);
    }

    void aFolderThatIsNotThereIsEmpty()
    {
        ManualClock clock(0);
        ProviderRegistry registry;
        QVERIFY(addProviderFolder(registry, u"/nonexistent"_qs, {clock, nullptr, nullptr}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProviderFileTest)
#include "ProviderFileTest.moc"
