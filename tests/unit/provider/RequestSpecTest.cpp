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
    // The address at which the platform calls back goes along where the file says so; without a public one, nothing does.
    void theAddressForReceiptsGoesAlong()
    {
        const QByteArray json = "{'url':'https://api.example.org','body':{'kind':'form',"
                                "'fields':{'StatusCallback':'{{ account.receiptsUrl }}','To':'{{ message.to }}'}}}";
        QList<Error> problems;
        const RequestSpec spec = specOf(json, problems);
        QVERIFY(problems.isEmpty());
        const Message of = message(u"+49170"_qs);
        AccountConfig config = account();
        QCOMPARE(spec.make(RequestValues(config).with(of), of, Now)->request.body, "To=%2B49170");
        config.receiptsUrl = u"https://news.example/hooks/1/t_-x"_qs;
        const QByteArray body = spec.make(RequestValues(config).with(of), of, Now)->request.body;
        QVERIFY2(body.contains("StatusCallback=https%3A%2F%2Fnews.example%2Fhooks%2F1%2Ft_-x"), body.constData());
    }

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

    void aMalformedSigningSecretIsFoundWithoutAMessage()
    {
        QList<Error> problems;
        const RequestSpec spec
            = specOf("{'url': 'https://a', 'auth': [{'kind': 'standard_webhooks', 'secret': '{{ secrets.a }}'},"
                     " {'kind': 'hmac', 'secret': '{{ secrets.b }}', 'header': 'X-S', 'secretEncoding': 'base64'}]}",
                     problems);
        AccountConfig config;
        QVERIFY(spec.check(RequestValues(config)));
        for (const QString& key : {u"a"_qs, u"b"_qs}) {
            config.secrets = {{key, Secret("hunter2!")}};
            const Status status = spec.check(RequestValues(config));
            QVERIFY(!status);
            QVERIFY2(!status.error().message.contains(u"hunter2"), qPrintable(status.error().message));
        }
    }

    // The codes are those of "openssl dgst -hmac".
    void requestsAreSignedByAKeyedHash_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("hex of the body") << QByteArray("'header': 'X-S', 'prefix': 'sha256='")
                                         << QByteArray(
                                                "sha256=17db78689dcba1572d42dfdc8a61b169b291c1ea3ee9c169d78d9fe57c2bc55d");
        QTest::newRow("base64, sha1, what the template says") << QByteArray(
            "'header': 'X-S', 'algorithm': 'sha1', 'encoding': 'base64', 'timestampHeader': 'X-T',"
            " 'signed': 'v0:{{ request.timestamp }}:{{ request.method }}:{{ request.url }}:{{ request.body }}'")
                                                              << QByteArray("yLC50gtFy7gj38SQDuBiTjQI6V8=");
        QTest::newRow("sha512") << QByteArray("'header': 'X-S', 'algorithm': 'sha512'")
                                << QByteArray("b748aa13612b057929699f90c1d9508c1161a4464184edf93f2c2333909a0e6a8760e7c0f0fbe"
                                              "c144bbddb162b05837907d4ceb754898f46bd9b1764eabeae44");
    }

    void requestsAreSignedByAKeyedHash()
    {
        QFETCH(QByteArray, members);
        const auto made = make("{'url': '{{ settings.url }}', 'body': {'kind': 'content'},"
                               " 'auth': [{'kind': 'hmac', 'secret': '{{ secrets.token }}', "
                                   + members + "}]}",
                               message({}));
        QTEST(headerOf(made->request, "X-S"), "value");
        QCOMPARE(headerOf(made->request, "X-T"), members.contains("X-T") ? QByteArray("1614265330") : QByteArray());
    }

    void aBodyOfSeveralParts()
    {
        const QByteArray json
            = "{'url': '{{ settings.url }}', 'body': {'kind': 'multipart', 'parts': ["
              "{'name': 'text', 'value': '{{ message.fields.text }}'},"
              "{'name': 'none', 'value': '{{ message.fields.none }}'},"
              "{'name': 'payload', 'json': {'a': '{{ message.fields.text }}'}},"
              "{'name': 'f', 'base64': '{{ message.from }}', 'filename': '{{ message.to }}', 'type': 'image/png'}]}}";
        Message one = message(u"a\"b\r\nX: y.png"_qs, u"--\r\nx"_qs);
        one.from = u"AP8K"_qs; // 00 FF 0A
        const auto made = make(json, one);
        QVERIFY(made);
        const QByteArray type = headerOf(made->request, "Content-Type");
        QVERIFY2(type.startsWith("multipart/form-data; boundary="), type.constData());
        const QByteArray mark = "--" + type.sliced(type.indexOf('=') + 1);
        const QByteArray disposition = "\r\nContent-Disposition: form-data; name=";
        const QByteArray expected = mark + disposition + "\"text\"\r\n\r\n--\r\nx\r\n" + mark + disposition
            + "\"payload\"\r\nContent-Type: application/json\r\n\r\n{\"a\":\"--\\r\\nx\"}\r\n" + mark + disposition
            + "\"f\"; filename=\"a%22b%0D%0AX: y.png\"\r\nContent-Type: image/png\r\n\r\n" + QByteArray("\0\xff\n", 3)
            + "\r\n" + mark + "--\r\n";
        QCOMPARE(made->request.body, expected);
        QCOMPARE(make(json, one)->request.body, expected); // the same at every attempt
        one.from = u"no base64!"_qs;
        QVERIFY(!make(json, one));
    }

    void aBodyOfPlainText()
    {
        const auto made = make(
            "{'url': '{{ settings.url }}', 'body': {'kind': 'text', 'value': '{{ message.fields.text }}!'}}", message({}));
        QCOMPARE(made->request.body, "hello!");
        QCOMPARE(headerOf(made->request, "Content-Type"), "text/plain; charset=utf-8");
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
        QTest::newRow("beside $json") << QByteArray(
            "{'url': 'https://a', 'body': {'kind': 'json', 'value': {'a/b': {'$json': '1', 'c': 2}}}}")
                                      << u"/body/value/a~1b"_qs;
        QTest::newRow("a part of nothing")
            << QByteArray("{'url': 'https://a', 'body': {'kind': 'multipart', 'parts': [{'name': 'a'}]}}")
            << u"/body/parts/0"_qs;
        QTest::newRow("signature's header")
            << QByteArray("{'url': 'https://a', 'auth': [{'kind': 'hmac', 'secret': 'x', 'header': 'Host'}]}")
            << u"/auth/0/header"_qs;
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
