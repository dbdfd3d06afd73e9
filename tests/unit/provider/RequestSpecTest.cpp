// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RequestSpec.h"
#include "engine/base/Json.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'614'265'330'000;

// JSON with single quotes instead of double ones.
QJsonObject quoted(QByteArray json)
{
    return parseJsonObject(json.replace('\'', '"')).value();
}

RequestSpec specOf(const QByteArray& json, QList<Error>& problems)
{
    JsonReader reader(quoted(json), {}, problems);
    return RequestSpec::read(reader);
}

AccountConfig account()
{
    AccountConfig config;
    config.settings = {{u"url"_qs, u"https://api.example.org/v1"_qs}, {u"header"_qs, u"X-Key"_qs}, {u"count"_qs, 7}};
    config.secrets = {{u"token"_qs, Secret("s3cret")}, {u"signing"_qs, Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")}};
    return config;
}

Message message(const QString& to, const QString& text = u"hello"_qs)
{
    Message made;
    made.to = to;
    made.idempotencyKey = u"msg_p5jXN8AQM9LWM0D4loKWxJek"_qs;
    made.content = R"({"test": 2432232314})";
    made.fields = {{u"text"_qs, text}};
    return made;
}

Result<RequestSpec::Made> make(const QByteArray& json, const Message& of)
{
    QList<Error> problems;
    const RequestSpec spec = specOf(json, problems);
    for (const Error& problem : problems)
        qWarning().noquote() << problem.message;
    return spec.make(RequestValues(account()).with(of), of, Now);
}

QByteArray headerOf(const OutboundRequest& request, const QByteArray& name)
{
    for (const HttpHeader& header : request.headers) {
        if (header.first == name)
            return header.second;
    }
    return {};
}

} // namespace

class RequestSpecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesCannotBecomeMoreThanTheirPartOfTheUrl_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QByteArray>("url");
        const QByteArray base = "https://api.example.org/v1/rooms/";
        QTest::newRow("plain") << u"abc"_qs << base + "abc/send?q=abc";
        QTest::newRow("slashes and dots") << u"../../admin"_qs << base + "..%2F..%2Fadmin/send?q=..%2F..%2Fadmin";
        QTest::newRow("query and fragment") << u"a?b=c&d#e"_qs << base + "a%3Fb%3Dc%26d%23e/send?q=a%3Fb%3Dc%26d%23e";
        QTest::newRow("percent") << u"%2F"_qs << base + "%252F/send?q=%252F";
        QTest::newRow("line break") << u"a\r\nX: y"_qs << base + "a%0D%0AX%3A%20y/send?q=a%0D%0AX%3A%20y";
        QTest::newRow("not ASCII") << u"\u00e4"_qs << base + "%C3%A4/send?q=%C3%A4";
        QTest::newRow("template language")
            << u"{{ secrets.token }}"_qs << base + "%7B%7B%20secrets.token%20%7D%7D/send?q=%7B%7B%20secrets.token%20%7D%7D";
    }

    void valuesCannotBecomeMoreThanTheirPartOfTheUrl()
    {
        QFETCH(QString, to);
        const auto made = make("{'url': {'base': '{{ settings.url }}', 'path': ['rooms', '{{ message.to }}', 'send'],"
                               " 'query': {'q': '{{ message.to }}', 'none': '{{ message.fields.none }}'}}}",
                               message(to));
        QVERIFY(made);
        QTEST(made->request.url, "url");
    }

    void wrongUrlsAreRefused_data()
    {
        QTest::addColumn<QString>("to");
        for (const char* bad : {"", "example.org", "file:///etc/passwd", "javascript:alert(1)", "https://",
                                "https://user:pw@example.org/", "https://exa mple.org/", "http://a/\r\nX: y"})
            QTest::newRow(bad) << QString::fromLatin1(bad);
    }

    void wrongUrlsAreRefused()
    {
        QFETCH(QString, to);
        const auto made = make("{'url': '{{ message.to }}'}", message(to));
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    }

    void dotSegmentsAreRefused()
    {
        QVERIFY(!make("{'url': {'base': '{{ settings.url }}', 'path': ['{{ message.to }}']}}", message(u".."_qs)));
        QVERIFY(!make("{'url': {'base': '{{ settings.url }}', 'path': ['{{ message.to }}']}}", message({})));
    }

    void urlsAreSentByteForByte()
    {
        const QByteArray url = "https://prod-1.example.com:443/a/%7Eb/../c?sp=%2Ftriggers%2f&sig=a_b-c%3D";
        QCOMPARE(make("{'url': '{{ message.to }}'}", message(QString::fromLatin1(url)))->request.url, url);
        QCOMPARE(make("{'url': '{{ message.to }}'}", message(u"https://b\u00fccher.example/\u00e4"_qs))->request.url,
                 "https://xn--bcher-kva.example/%C3%A4");
    }

    void headersAreOneLine()
    {
        const auto made
            = make("{'url': '{{ settings.url }}', 'headers': {'X-Text': '{{ message.fields.text }}', 'X-None': ''}}",
                   message({}, u"a\r\nX-Evil: 1"_qs));
        QVERIFY(made);
        QVERIFY(!headerOf(made->request, "X-Text").contains('\n'));
        QVERIFY(!headerOf(made->request, "X-Text").contains('\r'));
        QVERIFY(headerOf(made->request, "X-Text").contains("X-Evil"));
        QVERIFY(headerOf(made->request, "X-None").isNull());
        QVERIFY(headerOf(made->request, "User-Agent").startsWith("Carillon/"));
    }

    void jsonIsSafeWhateverTheTextIs()
    {
        const QString nasty = u"\", \"admin\": true, \"x\": \"\\ \r\n \u2028 </script>"_qs;
        const auto made
            = make("{'url': '{{ settings.url }}', 'body': {'kind': 'json', 'value': {'text': '{{ message.fields.text }}',"
                   " 'n': 5, 'none': '{{ message.fields.none }}', 'list': ['{{ message.to }}', {'a': true}],"
                   " 'raw': {'$json': '{\\'count\\': {{ settings.count }}, \\'t\\': \\'{{ message.fields.text }}\\'}'}}}}",
                   message(u"to"_qs, nasty));
        QVERIFY(made);
        const QJsonObject body = parseJsonObject(made->request.body).value();
        const QJsonObject expected{{u"text"_qs, nasty},
                                   {u"n"_qs, 5},
                                   {u"list"_qs, QJsonArray{u"to"_qs, QJsonObject{{u"a"_qs, true}}}},
                                   {u"raw"_qs, QJsonObject{{u"count"_qs, 7}, {u"t"_qs, nasty}}}};
        QCOMPARE(body, expected);
        QCOMPARE(headerOf(made->request, "Content-Type"), "application/json");
    }

    void aJsonTemplateThatGivesNoJsonIsAnError()
    {
        QVERIFY(
            !make("{'url': '{{ settings.url }}', 'body': {'kind': 'json', 'value': {'a': {'$json': '{{ message.to }}'}}}}",
                  message(u"1], [2"_qs)));
    }

    void formsAreEncoded()
    {
        const auto made
            = make("{'url': '{{ settings.url }}', 'body': {'kind': 'form', 'fields': {'Body': '{{ message.fields.text }}',"
                   " 'None': '{{ message.fields.none }}', 'To': '{{ message.to }}'}}}",
                   message(u"+44"_qs, u"a&b=c \u00e4"_qs));
        QCOMPARE(made->request.body, "Body=a%26b%3Dc%20%C3%A4&To=%2B44");
        QCOMPARE(headerOf(made->request, "Content-Type"), "application/x-www-form-urlencoded");
    }

    void credentialsArePutOnAndKnownAsSensitive()
    {
        const auto made = make("{'url': '{{ settings.url }}', 'auth': [{'kind': 'bearer', 'token': '{{ secrets.token }}'},"
                               " {'kind': 'basic', 'user': 'anna', 'password': '{{ secrets.none }}'},"
                               " {'kind': 'header', 'name': '{{ settings.header }}', 'value': '{{ secrets.token }}'}]}",
                               message({}));
        QCOMPARE(headerOf(made->request, "Authorization"), "Bearer s3cret");
        QCOMPARE(headerOf(made->request, "X-Key"), "s3cret");
        QCOMPARE(made->sensitive, (QList<Secret>{Secret("Bearer s3cret"), Secret("s3cret")}));
        const auto basic = make(
            "{'url': '{{ settings.url }}', 'auth': [{'kind': 'basic', 'user': 'anna', 'password': '{{ secrets.token }}'}]}",
            message({}));
        QCOMPARE(headerOf(basic->request, "Authorization"), QByteArray("Basic " + QByteArray("anna:s3cret").toBase64()));
    }

    void webhooksAreSignedAsTheirSpecificationSays()
    {
        const QByteArray json = "{'url': '{{ settings.url }}', 'body': {'kind': 'content'},"
                                " 'auth': [{'kind': 'standard_webhooks', 'secret': '{{ secrets.signing }}'}]}";
        const auto made = make(json, message({}));
        QCOMPARE(headerOf(made->request, "webhook-id"), "msg_p5jXN8AQM9LWM0D4loKWxJek");
        QCOMPARE(headerOf(made->request, "webhook-timestamp"), "1614265330");
        QCOMPARE(headerOf(made->request, "webhook-signature"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        Message dotted = message({});
        dotted.idempotencyKey = u"<4711.abc@example.org>"_qs;
        const QByteArray id = headerOf(make(json, dotted)->request, "webhook-id");
        QVERIFY2(id.startsWith("msg_") && !id.contains('.') && !id.contains('<'), id.constData());
        QCOMPARE(headerOf(make(json, dotted)->request, "webhook-id"), id);
    }

    void mistakesNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("template") << QByteArray("{'url': '{{ settings.url '}") << u"/url"_qs;
        QTest::newRow("method") << QByteArray("{'url': 'https://a', 'method': 'TRACE'}") << u"/method"_qs;
        QTest::newRow("header name") << QByteArray("{'url': 'https://a', 'headers': {'A B': 'x'}}") << u"/headers/A B"_qs;
        QTest::newRow("header of ours") << QByteArray("{'url': 'https://a', 'headers': {'Transfer-Encoding': 'x'}}")
                                        << u"/headers/Transfer-Encoding"_qs;
        QTest::newRow("auth kind") << QByteArray("{'url': 'https://a', 'auth': [{'kind': 'digest'}]}") << u"/auth/0/kind"_qs;
        QTest::newRow("body kind") << QByteArray("{'url': 'https://a', 'body': {'kind': 'xml'}}") << u"/body/kind"_qs;
        QTest::newRow("template in body") << QByteArray(
            "{'url': 'https://a', 'body': {'kind': 'json', 'value': {'a': ['{% if %}']}}}")
                                          << u"/body/value/a/0"_qs;
        QTest::newRow("unknown") << QByteArray("{'url': 'https://a', 'uri': 'b'}") << u"/uri"_qs;
        QTest::newRow("no url") << QByteArray("{}") << u"/url"_qs;
    }

    void mistakesNameTheirPlace()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pointer);
        QList<Error> problems;
        specOf(json, problems);
        QVERIFY(!problems.isEmpty());
        QCOMPARE(problems.first().field, pointer);
    }
};

QTEST_GUILESS_MAIN(RequestSpecTest)
#include "RequestSpecTest.moc"
