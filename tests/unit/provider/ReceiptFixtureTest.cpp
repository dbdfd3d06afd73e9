// SPDX-License-Identifier: GPL-3.0-or-later
#include "SignedCallback.h"
#include "engine/base/Json.h"
#include "engine/provider/ProviderFile.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace carillon;

namespace {

const QString Workspace = QStringLiteral("w1");

QByteArray contentOf(const QString& path)
{
    QFile file(QStringLiteral(CARILLON_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject jsonOf(const RefusalLimit& limit)
{
    return limit.isSet() ? QJsonObject{{QStringLiteral("times"), limit.times}, {QStringLiteral("withinDays"), limit.days}}
                         : QJsonObject();
}

QJsonObject jsonOf(const Receipt& r)
{
    return {{QStringLiteral("id"), r.providerId},       {QStringLiteral("kind"), nameOf(r.kind)},
            {QStringLiteral("reason"), r.reason},       {QStringLiteral("code"), r.code},
            {QStringLiteral("time"), r.time},           {QStringLiteral("suppress"), r.suppress},
            {QStringLiteral("delivery"), r.deliveryId}, {QStringLiteral("suppressAfter"), jsonOf(r.suppressAfter)}};
}

QJsonObject jsonOf(const UnknownReceipt& u)
{
    return {{QStringLiteral("id"), u.providerId}, {QStringLiteral("status"), u.status}};
}

QJsonObject jsonOf(const InboundMessage& m)
{
    return {{QStringLiteral("id"), m.id},     {QStringLiteral("from"), m.from},           {QStringLiteral("text"), m.text},
            {QStringLiteral("time"), m.time}, {QStringLiteral("answersTo"), m.answersTo}, {QStringLiteral("stop"), m.stop}};
}

// Of each the members that are expected, and as many as are expected; what differs, or nothing.
template <typename Value>
QString difference(const QJsonArray& expected, const QList<Value>& got)
{
    if (expected.size() != got.size())
        return u"%1 are expected, %2 were read"_qs.arg(expected.size()).arg(got.size());
    for (qsizetype i = 0; i < got.size(); ++i) {
        const QJsonObject wanted = expected[i].toObject();
        const QJsonObject read = jsonOf(got[i]);
        for (auto member = wanted.begin(); member != wanted.end(); ++member) {
            if (read.value(member.key()) != member.value())
                return u"/%1/%2 is %3"_qs.arg(QString::number(i), member.key(), QString::fromUtf8(compactJson(read)));
        }
    }
    return {};
}

int statusOf(const Result<CallbackReading>& reading)
{
    if (reading)
        return reading->answer.status;
    switch (reading.error().code) {
    case ErrorCode::Unauthenticated: return 401;
    case ErrorCode::Forbidden: return 403;
    case ErrorCode::InvalidInput: return 400;
    default: return 500;
    }
}

AccountConfig accountOf(const QJsonObject& fixture)
{
    const QJsonObject account = fixture.value(u"account").toObject();
    AccountConfig config{1, account.value(u"settings").toObject(), {}};
    const QJsonObject secrets = account.value(u"secrets").toObject();
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret)
        config.secrets.insert(secret.key(), Secret(secret.value().toString().toUtf8()));
    return config;
}

} // namespace

// What each provider's file reads in the callbacks of its fixture (tests/providers/<key>.json, "receipts"):
//
//     {"name": "delivered", "method": "POST", "query": "", "headers": {}, "json": {...} | "form": {...} | "body": "...",
//      "sign": {"kind": "meta", "secret": "..."}, "now": 1700000000000, "status": 200, "answer": {"type": "", "body": ""},
//      "receipts": [{"id", "kind", "reason", "code", "time", "suppress", "suppressAfter", "delivery"}],
//      "messages": [{"id", "from", "text", "answersTo", "time", "stop"}], "unknown": [{"id", "status"}]}
//
// Members that are left out are not compared. Whatever is signed is refused when it was changed, is not signed, or the
// account has no secret. The kinds of "sign" are those of SignedCallback.h, which knows nothing of the provider's file.
class ReceiptFixtureTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const ReceiptRules> rulesOf(const QString& key)
    {
        QList<Error> problems;
        const auto file = ProviderFile::parse(contentOf(u"resources/providers/%1.json"_qs.arg(key)), problems);
        for (const Error& problem : std::as_const(problems))
            qWarning().noquote() << problem.message;
        return file ? file->receipts : nullptr;
    }

private Q_SLOTS:
    void callbacksAreReadAsTheFixtureSays_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonObject>("fixture");
        QTest::addColumn<QJsonObject>("one");
        const QStringList names
            = QDir(QStringLiteral(CARILLON_SOURCE_DIR "/tests/providers")).entryList({QStringLiteral("*.json")});
        for (const QString& name : names) {
            const QJsonObject fixture = parseJsonObject(contentOf(u"tests/providers/"_qs + name)).value_or(QJsonObject());
            const QString key = name.chopped(5);
            const QJsonArray receipts = fixture.value(u"receipts").toArray();
            for (const QJsonValue& one : receipts)
                QTest::addRow("%s: %s", qPrintable(key), qPrintable(one[u"name"].toString()))
                    << key << fixture << one.toObject();
        }
        QTest::newRow("none has any") << QString() << QJsonObject() << QJsonObject();
    }

    void callbacksAreReadAsTheFixtureSays()
    {
        QFETCH(QString, key);
        QFETCH(QJsonObject, fixture);
        QFETCH(QJsonObject, one);
        if (key.isEmpty())
            return;
        const auto rules = rulesOf(key);
        QVERIFY2(rules, "the provider's file has no receipts");
        const AccountConfig account = accountOf(fixture);
        const qint64 now = one.value(u"now").toInteger(1'700'000'000'000);
        const Callback callback = signedCallback(one, now);
        const Result<CallbackReading> reading = rules->read(callback, account, Workspace, now);
        QVERIFY2(statusOf(reading) == one.value(u"status").toInt(200),
                 qPrintable(u"status %1 %2"_qs.arg(statusOf(reading)).arg(reading ? QString() : reading.error().message)));
        if (!reading)
            return;
        QString wrong = difference(one.value(u"receipts").toArray(), reading->receipts);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"receipts"_qs + wrong));
        wrong = difference(one.value(u"messages").toArray(), reading->messages);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"messages"_qs + wrong));
        wrong = difference(one.value(u"unknown").toArray(), reading->unknown);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"unknown"_qs + wrong));
        if (one.contains(u"answer")) {
            QCOMPARE(QString::fromUtf8(reading->answer.body), one[u"answer"][u"body"].toString());
            QCOMPARE(QString::fromUtf8(reading->answer.contentType), one[u"answer"][u"type"].toString());
        }
    }

    void whatIsSignedCannotBeChanged_data() { callbacksAreReadAsTheFixtureSays_data(); }

    void whatIsSignedCannotBeChanged()
    {
        QFETCH(QString, key);
        QFETCH(QJsonObject, fixture);
        QFETCH(QJsonObject, one);
        if (key.isEmpty() || !one.contains(u"sign") || one.value(u"status").toInt(200) != 200)
            return;
        const auto rules = rulesOf(key);
        QVERIFY(rules);
        const qint64 now = one.value(u"now").toInteger(1'700'000'000'000);
        const Callback genuine = signedCallback(one, now);
        const AccountConfig account = accountOf(fixture);
        const auto status = [&](const Callback& callback, const AccountConfig& by) {
            return statusOf(rules->read(callback, by, Workspace, now));
        };
        Callback other = genuine;
        other.headers = {{"Content-Type", genuine.header("Content-Type")}};
        QCOMPARE(status(other, account), 401);
        QCOMPARE(status(genuine, {1, account.settings, {}}), 401);
        if (one.value(u"sign")[u"kind"].toString() == u"token") // which says nothing of the body
            return;
        for (qsizetype i = 0; i < genuine.body.size(); i += 7) {
            other = genuine;
            other.body[i] = other.body[i] == 'a' ? 'b' : 'a';
            if (other.body != genuine.body)
                QCOMPARE(status(other, account), 401);
        }
    }
};

QTEST_GUILESS_MAIN(ReceiptFixtureTest)
#include "ReceiptFixtureTest.moc"
