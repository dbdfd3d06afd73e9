// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CallbackCheck.h"
#include "engine/base/Json.h"
#include "engine/security/Hmac.h"
#include "engine/security/StandardWebhook.h"

#include <QCryptographicHash>
#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'700'000'000'000;
const QByteArray Stamp = QByteArray::number(Now / 1'000);

AccountConfig account(const QByteArray& secret)
{
    return {1, {}, {{QStringLiteral("key"), Secret(secret)}}, {}};
}

std::shared_ptr<const CallbackCheck> checkOf(QByteArray json, QList<Error>* wrong = nullptr)
{
    QList<Error> problems;
    JsonReader reader(parseJsonObject(json.replace('\'', '"')).value(), {}, problems);
    auto check = readCallbackCheck(reader);
    if (wrong)
        *wrong = problems;
    else if (!problems.isEmpty())
        qWarning().noquote() << problems.first().message;
    return check;
}

bool passes(const QByteArray& json, const Callback& callback, const QByteArray& secret, qint64 now = Now)
{
    const Status status = checkOf(json)->check(callback, RequestValues(account(secret)), now);
    if (!status && status.error().code != ErrorCode::Unauthenticated)
        qWarning() << "another error than that it is not genuine" << status.error().message;
    return status.has_value();
}

Callback post(const QByteArray& body, const QList<HttpHeader>& headers, const QByteArray& type = "application/json")
{
    return {"POST", {"https://a.example/hooks/1/t"}, {}, headers + QList<HttpHeader>{{"Content-Type", type}}, body};
}

const QByteArray Meta = "{'kind':'hmac','secret':'{{ secrets.key }}','header':'X-Hub-Signature-256','prefix':'sha256='}";
const QByteArray Slack = "{'kind':'hmac','secret':'{{ secrets.key }}','header':'X-Slack-Signature','prefix':'v0=',"
                         "'signed':'v0:{timestamp}:{body}','timestampHeader':'X-Slack-Request-Timestamp'}";
const QByteArray Twilio = "{'kind':'twilio','secret':'{{ secrets.key }}'}";
const QByteArray Standard = "{'kind':'standard_webhooks','secret':'{{ secrets.key }}'}";
const QByteArray Jwt = "{'kind':'jwt','secret':'{{ secrets.key }}','bodyHash':'payload_hash'}";
const QByteArray Token = "{'kind':'token','secret':'{{ secrets.key }}','header':'X-Telegram-Bot-Api-Secret-Token'}";

QByteArray bearer(const QByteArray& secret, const QByteArray& header, const QByteArray& claims)
{
    const QByteArray content = toBase64Url(header) + '.' + toBase64Url(claims);
    return "Bearer " + content + '.' + toBase64Url(hmacSha256(Secret(secret), content));
}

} // namespace

// Every kind takes what is genuine, and nothing from which anything was taken or changed.
class CallbackCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The vector of RFC 4231 section 4.3 has the key "Jefe".
    void hmacOverTheBody()
    {
        const QByteArray mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        const QByteArray body = "what do ya want for nothing?";
        QVERIFY(passes(Meta, post(body, {{"x-hub-signature-256", "sha256=" + mac}}), "Jefe"));
        QVERIFY(!passes(Meta, post(body + ' ', {{"x-hub-signature-256", "sha256=" + mac}}), "Jefe"));
        QVERIFY(!passes(Meta, post(body, {{"x-hub-signature-256", mac}}), "Jefe"));
        QVERIFY(!passes(Meta, post(body, {{"x-hub-signature-256", "sha256="}}), "Jefe"));
        QVERIFY(!passes(Meta, post(body, {}), "Jefe"));
        QVERIFY(!passes(Meta, post(body, {{"x-hub-signature-256", "sha256=" + mac}}), "jefe"));
    }

    // The example of Slack's own documentation.
    void hmacWithItsTime()
    {
        const QByteArray body
            = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
              "channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
              "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlf"
              "mibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        const QByteArray secret = "8f742231b10e8888abcd99yyyzzz85a5";
        const QByteArray mac = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
        const Callback genuine = post(body, {{"X-Slack-Request-Timestamp", "1531420618"}, {"X-Slack-Signature", mac}});
        const qint64 signedAt = 1'531'420'618'000;
        QVERIFY(passes(Slack, genuine, secret, signedAt));
        QVERIFY(passes(Slack, genuine, secret, signedAt + 299'000));
        QVERIFY(!passes(Slack, genuine, secret, signedAt + 301'000));
        QVERIFY(!passes(Slack, genuine, secret, signedAt - 301'000));
        Callback later = genuine;
        later.headers[0].second = "1531420619";
        QVERIFY(!passes(Slack, later, secret, signedAt));
        later.headers[0].second = "1531420618 ";
        QVERIFY(!passes(Slack, later, secret, signedAt));
        later.headers[0].second = "";
        QVERIFY(!passes(Slack, later, secret, signedAt));
    }

    // The example of Twilio's own documentation.
    void twilioFormsAndAddresses()
    {
        Callback callback{
            "POST",
            {"https://mycompany.com/myapp.php?foo=1&bar=2"},
            "foo=1&bar=2",
            {{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"},
             {"X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8="}},
            "To=%2B18005551212&From=%2B14158675309&Digits=1234&Caller=%2B14158675309&CallSid=CA1234567890ABCDE"};
        QVERIFY(passes(Twilio, callback, "12345"));
        QVERIFY(!passes(Twilio, callback, "12346"));
        callback.urls = {"https://other.example/", "https://mycompany.com:443/myapp.php?foo=1&bar=2"};
        QVERIFY(passes(Twilio, callback, "12345"));
        callback.urls = {"https://mycompany.com/myapp.php?foo=1"};
        QVERIFY(!passes(Twilio, callback, "12345"));
        callback.urls = {"https://mycompany.com/myapp.php?foo=1&bar=2"};
        callback.body += "&ErrorCode=30003";
        QVERIFY(!passes(Twilio, callback, "12345"));
    }

    void twilioBodiesThatAreNoForm()
    {
        const QByteArray body = "{\"a\":1}";
        const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
        const QByteArray query = "bodySHA256=" + hash;
        const QByteArray url = "https://a.example/hook?" + query;
        const QByteArray mac = hmacOf(HmacHash::Sha1, Secret("k"), url).toBase64();
        Callback callback{"POST", {url}, query, {{"Content-Type", "application/json"}, {"X-Twilio-Signature", mac}}, body};
        QVERIFY(passes(Twilio, callback, "k"));
        callback.body = "{\"a\":2}";
        QVERIFY(!passes(Twilio, callback, "k"));
        // Without the hash nothing would vouch for the body.
        const QByteArray bare = "https://a.example/hook";
        callback = {"POST",
                    {bare},
                    {},
                    {{"Content-Type", "application/json"},
                     {"X-Twilio-Signature", hmacOf(HmacHash::Sha1, Secret("k"), bare).toBase64()}},
                    body};
        QVERIFY(!passes(Twilio, callback, "k"));
    }

    void standardWebhooks()
    {
        const QByteArray secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const qint64 signedAt = 1'614'265'330'000;
        Callback callback = post("{\"test\": 2432232314}",
                                 {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                                  {"webhook-timestamp", "1614265330"},
                                  {"webhook-signature", "v1a,xx v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}});
        QVERIFY(passes(Standard, callback, secret, signedAt));
        QVERIFY(!passes(Standard, callback, secret, signedAt + 301'000));
        QVERIFY(!passes(Standard, callback, "whsec_" + QByteArray(32, 'x').toBase64(), signedAt));
        QVERIFY(!passes(Standard, callback, "no secret at all", signedAt));
        callback.body += ' ';
        QVERIFY(!passes(Standard, callback, secret, signedAt));
    }

    // A dot in the id would let a piece of one message be taken for another's.
    void standardWebhooksIdHasNoDot()
    {
        const QByteArray secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const auto keys = StandardWebhookKeys::fromSecret(Secret(secret));
        const QByteArray mac = keys->sign("a.b", Now / 1'000, "c");
        QVERIFY(!passes(
            Standard, post("c", {{"webhook-id", "a.b"}, {"webhook-timestamp", Stamp}, {"webhook-signature", mac}}), secret));
    }

    void jwtOfTheBody()
    {
        const QByteArray body = "{\"status\":\"delivered\"}";
        const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
        const QByteArray claims = "{\"iat\":" + Stamp + ",\"payload_hash\":\"" + hash + "\"}";
        const QByteArray header = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";
        const auto with = [&](const QByteArray& head, const QByteArray& said) {
            return post(body, {{"Authorization", bearer("s3", head, said)}});
        };
        QVERIFY(passes(Jwt, with(header, claims), "s3"));
        QVERIFY(!passes(Jwt, with(header, claims), "s4"));
        QVERIFY(!passes(Jwt, with("{\"alg\":\"none\"}", claims), "s3"));
        QVERIFY(!passes(Jwt, with(header, "{\"iat\":" + Stamp + "}"), "s3"));
        QVERIFY(!passes(Jwt, with(header, "{\"payload_hash\":\"" + hash + "\"}"), "s3"));
        QVERIFY(!passes(Jwt, with(header, claims), "s3", Now + 301'000));
        QVERIFY(!passes(Jwt, post(body, {{"Authorization", "Bearer a.b"}}), "s3"));
        QVERIFY(!passes(Jwt, post(body + ' ', {{"Authorization", bearer("s3", header, claims)}}), "s3"));
    }

    void sharedTokens()
    {
        QVERIFY(passes(Token, post("{}", {{"X-Telegram-Bot-Api-Secret-Token", "abc"}}), "abc"));
        QVERIFY(!passes(Token, post("{}", {{"X-Telegram-Bot-Api-Secret-Token", "abd"}}), "abc"));
        QVERIFY(!passes(Token, post("{}", {}), "abc"));
        const QByteArray inQuery = "{'kind':'token','secret':'{{ secrets.key }}','query':'t'}";
        Callback callback = post("{}", {});
        callback.query = "x=1&t=a%2Bb";
        QVERIFY(passes(inQuery, callback, "a+b"));
    }

    void aMissingSecretLetsNothingPass()
    {
        for (const QByteArray& kind : {Meta, Slack, Twilio, Standard, Jwt, Token}) {
            const Callback empty = post("",
                                        {{"X-Hub-Signature-256", "sha256="},
                                         {"X-Slack-Signature", "v0="},
                                         {"X-Twilio-Signature", ""},
                                         {"X-Telegram-Bot-Api-Secret-Token", ""}});
            QVERIFY2(!passes(kind, empty, ""), kind.constData());
        }
        QVERIFY(passes("{'kind':'none'}", post("", {}), ""));
    }

    void whatIsWrongInAFileIsSaid()
    {
        const auto problem = [](const QByteArray& json) {
            QList<Error> problems;
            (void)checkOf(json, &problems);
            return problems.isEmpty() ? QString() : problems.first().field;
        };
        QCOMPARE(problem("{'kind':'md5'}"), QStringLiteral("/kind"));
        QCOMPARE(problem("{}"), QStringLiteral("/kind"));
        QCOMPARE(problem("{'kind':'hmac','secret':'x','header':'h','signed':'fixed'}"), QStringLiteral("/signed"));
        QCOMPARE(problem("{'kind':'hmac','secret':'x','header':'h','signed':'{nothing}{body}'}"), QStringLiteral("/signed"));
        QCOMPARE(problem("{'kind':'hmac','secret':'x','header':'h','signed':'{timestamp}{body}'}"),
                 QStringLiteral("/timestampHeader"));
        QCOMPARE(problem("{'kind':'token','secret':'x'}"), QStringLiteral("/header"));
        QCOMPARE(problem("{'kind':'twilio','secret':'x','extra':1}"), QStringLiteral("/extra"));
    }
};

QTEST_GUILESS_MAIN(CallbackCheckTest)
#include "CallbackCheckTest.moc"
