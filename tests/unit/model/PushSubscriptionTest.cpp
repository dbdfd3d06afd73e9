// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/PushSubscription.h"
#include "engine/model/EmailAddress.h"
#include "engine/model/Limits.h"

#include <QTest>

using namespace carillon;

namespace {

const QByteArray point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const QByteArray auth = "BTBZMqHH6r4Tts7J_aSIgg";

QString subscription(const QByteArray& endpoint, const QByteArray& p256dh = point, const QByteArray& secret = auth,
                     const QByteArray& more = {})
{
    return QString::fromUtf8("{\"endpoint\":\"" + endpoint + "\",\"expirationTime\":null,\"keys\":{\"p256dh\":\"" + p256dh
                             + "\",\"auth\":\"" + secret + "\"}" + more + '}');
}

} // namespace

// What browsers give, in the spellings there are, and what is none.
class PushSubscriptionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatBrowsersGive()
    {
        const auto read = PushSubscription::parse(subscription("https://push.example.net/p/abc?x=1"));
        QVERIFY(read);
        QCOMPARE(read->origin(), QStringLiteral("https://push.example.net"));
        QCOMPARE(read->p256dh.size(), 65);
        QCOMPARE(read->auth.size(), 16);
        QCOMPARE(read->text(),
                 QStringLiteral(
                     "{\"endpoint\":\"https://push.example.net/p/abc?x=1\",\"keys\":{\"auth\":\"%1\",\"p256dh\":\"%2\"}}")
                     .arg(QString::fromLatin1(auth), QString::fromLatin1(point)));
        QCOMPARE(PushSubscription::parse(read->text())->text(), read->text());
    }

    void base64InEverySpelling()
    {
        const QByteArray octets = QByteArray::fromBase64(point, QByteArray::Base64UrlEncoding);
        const auto standard = PushSubscription::parse(subscription("https://p.example/a", octets.toBase64(), auth + "=="));
        QVERIFY(standard);
        QCOMPARE(standard->p256dh, octets);
        const auto withKey = PushSubscription::parse(
            subscription("https://p.example/a", point, auth, ",\"key\":\"" + octets.toBase64() + '"'));
        QVERIFY(withKey && withKey->key == octets);
        QVERIFY(withKey->text().contains(QStringLiteral("\"key\":\"BCVx")));
    }

    void origins_data()
    {
        QTest::addColumn<QByteArray>("endpoint");
        QTest::addColumn<QString>("origin");
        const auto row = [](const char* endpoint, const char* origin) {
            QTest::newRow(endpoint) << QByteArray(endpoint) << QString::fromLatin1(origin);
        };
        row("https://push.example.net/p/abc", "https://push.example.net");
        row("https://push.example.net:443/p", "https://push.example.net");
        row("https://push.example.net:8443/p", "https://push.example.net:8443");
        row("https://PUSH.example.NET/P", "https://push.example.net");
        row("https://b\xC3\xBC"
            "cher.example/p",
            "https://xn--bcher-kva.example");
        row("https://[2001:db8::1]:444/p", "https://[2001:db8::1]:444");
        row("http://127.0.0.1:8080/p", "http://127.0.0.1:8080");
        row("http://localhost/p", "http://localhost");
    }
    void origins()
    {
        QFETCH(QByteArray, endpoint);
        QFETCH(QString, origin);
        const auto read = PushSubscription::parse(subscription(endpoint));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->origin(), origin);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const QString& text) { QTest::newRow(name) << text; };
        row("empty", {});
        row("no JSON", QStringLiteral("hello"));
        row("an array", QStringLiteral("[1]"));
        row("no endpoint", QStringLiteral("{\"keys\":{}}"));
        row("plain http", subscription("http://push.example.net/p"));
        row("another scheme", subscription("ftp://push.example.net/p"));
        row("no host", subscription("https:///p"));
        row("a user", subscription("https://me:secret@push.example.net/p"));
        row("a fragment", subscription("https://push.example.net/p#x"));
        row("a line break", subscription("https://push.example.net/p\\r\\nX: y"));
        row("too long", subscription("https://push.example.net/" + QByteArray(2'050, 'a')));
        row("much too long", QString(5'000, u'x'));
        row("no p256dh", subscription("https://p.example/a", ""));
        row("a short p256dh", subscription("https://p.example/a", auth));
        row("a compressed point", subscription("https://p.example/a", 'A' + point.mid(1)));
        row("no auth", subscription("https://p.example/a", point, ""));
        row("a long auth", subscription("https://p.example/a", point, auth + "AA"));
        row("no base64", subscription("https://p.example/a", point, "BTBZMqHH6r4Tts7J!aSIgg"));
        row("a wrong key", subscription("https://p.example/a", point, auth, ",\"key\":\"AAAA\""));
        row("numbers", QStringLiteral("{\"endpoint\":5,\"keys\":[1]}"));
    }
    void refuses()
    {
        QFETCH(QString, text);
        const auto read = PushSubscription::parse(text);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidInput);
        QCOMPARE(read.error().field, QStringLiteral("address"));
        QVERIFY(!read.error().message.isEmpty());
    }

    void oneBrowserHasOneKeyAndOnePushService()
    {
        const QString channel = QStringLiteral("web_push");
        const QString one = subscription("https://push.example.net/p/abc");
        const QString renewed = subscription("https://push.example.net/p/abc", point, "AAAAAAAAAAAAAAAAAAAAAA");
        QCOMPARE(addressKey(channel, one), QStringLiteral("https://push.example.net/p/abc"));
        QCOMPARE(addressKey(channel, renewed), addressKey(channel, one));
        QCOMPARE(addressKey(channel, QStringLiteral(" no JSON ")), QStringLiteral("no JSON"));
        QCOMPARE(destinationOf(channel, one), QStringLiteral("push.example.net"));
        QCOMPARE(shownAddress(channel, one), QStringLiteral("push.example.net …/p/abc"));
        QCOMPARE(shownAddress(QStringLiteral("email"), QStringLiteral("a@b.example")), QStringLiteral("a@b.example"));
        QCOMPARE(destinationOf(channel, QStringLiteral("x")), QStringLiteral("x"));
    }
};

QTEST_GUILESS_MAIN(PushSubscriptionTest)
#include "PushSubscriptionTest.moc"
