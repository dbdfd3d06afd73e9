// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProviderSuite.h"
#include "engine/base/Json.h"

#include <QJsonDocument>

using namespace carillon;

namespace {

// Everything by which a text tries to be more than a text.
const QString& nasty()
{
    static const QString text
        = u"\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n\", \"admin\": true, \"x\": \"\\ ' <b> & %0d%0a "
          "{{ secrets }} {{ secrets.token }}{% raw %} ]]> --carillon \u2028\u202e\u0001\u001b[31m ../.. ?a=b&c=d#e"_qs;
    return text;
}

// The value with `text` in the place of each text in it.
QJsonValue replaced(const QJsonValue& value, const QString& text)
{
    if (value.isString())
        return text;
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue& element : value.toArray())
            list.append(replaced(element, text));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (const QString& name : object.keys())
        object.insert(name, replaced(object.value(name), text));
    return object;
}

qsizetype occurrences(const RecordedRequest& request, const QByteArray& secret)
{
    return request.path.toUtf8().count(secret) + compactJson(request.query).count(secret) + request.body.count(secret);
}

// An answer that says `words` wherever a platform might say something.
QByteArray talkativeBody(const QString& words, bool nested)
{
    QJsonObject body;
    for (const char* name :
         {"ok",   "description", "message", "errors",  "reason",     "errcode",    "status",     "id",   "ts",  "detail",
          "code", "title",       "result",  "request", "error_code", "error-text", "message_id", "name", "sid", "warning"})
        body.insert(QString::fromLatin1(name), words);
    const QJsonObject error{{u"message"_qs, words},
                            {u"status"_qs, words},
                            {u"code"_qs, words},
                            {u"details"_qs, QJsonArray{QJsonObject{{u"errorCode"_qs, words}}}}};
    body.insert(u"error"_qs, nested ? QJsonValue(error) : QJsonValue(words));
    return compactJson(body);
}

QStringList& logged()
{
    static QStringList lines;
    return lines;
}

} // namespace

// That no message and no answer does harm, for every provider: nothing breaks out of its place in a request, no secret gets
// into what we tell, and a sender may go at any time.
class ProviderSafetyTest : public ProviderSuite {
    Q_OBJECT

public:
    using ProviderSuite::ProviderSuite;

private Q_SLOTS:
    void initTestCase()
    {
        begin();
        m_before
            = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString& line) { logged() << line; });
    }

    void cleanupTestCase()
    {
        qInstallMessageHandler(m_before);
        for (const QString& key : m_set.keys())
            QVERIFY2(!m_set.fixture(key, {})->leaksInto(logged().join(u'\n')), "a secret is in the log");
    }

    void nothingBreaksOutOfItsPlace_data()
    {
        eachOf([](const ProviderFixture&) { return QStringList{u"to"_qs, u"from"_qs, u"key"_qs, u"fields"_qs}; });
    }

    void nothingBreaksOutOfItsPlace()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        platform.play(fixture, {fixture.usualAnswer()});
        send(fixture, one, {one.message});
        const QList<RecordedRequest> harmless = std::exchange(platform.requests, {});
        QVERIFY(!harmless.isEmpty());
        Message message = one.message;
        if (name == u"to")
            message.to += nasty();
        else if (name == u"from")
            message.from += nasty();
        else if (name == u"key")
            message.idempotencyKey += nasty();
        else
            message.fields = replaced(message.fields, nasty()).toObject();
        const QList<Outcome> outcomes = send(fixture, one, {message});
        QCOMPARE(outcomes.size(), 1);
        QVERIFY2(!fixture.leaksInto(toldBy(outcomes.first())), qPrintable(toldBy(outcomes.first())));
        QVERIFY(platform.requests.size() <= harmless.size());
        for (const RecordedRequest& request : std::as_const(platform.requests))
            compareSafety(fixture, harmless.first(), request);
    }

    void noAnswerTellsASecret_data()
    {
        eachOf([](const ProviderFixture&) {
            return QStringList{u"200"_qs, u"400"_qs, u"401"_qs, u"403"_qs, u"429"_qs, u"500"_qs};
        });
    }

    void noAnswerTellsASecret()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        QStringList secrets;
        for (const Secret& secret : fixture.config().secrets)
            secrets << QString::fromUtf8(secret.reveal()).left(90);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        for (const bool nested : {false, true}) {
            platform.play(
                fixture,
                {{ScriptedServer::answer(name.toLatin1() + " X", talkativeBody(secrets.join(u' '), nested)), {}, {}, {}}});
            const QList<Outcome> outcomes = send(fixture, one, {one.message});
            QCOMPARE(outcomes.size(), 1);
            QVERIFY2(!fixture.leaksInto(toldBy(outcomes.first())), qPrintable(toldBy(outcomes.first())));
        }
    }

    void messagesOfAnySizeHaveAnOutcome_data() { eachOnce(); }

    void messagesOfAnySizeHaveAnOutcome()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        const qint64 limit = m_set.description(fixture.key).maxMessageBytes;
        const qint64 size = limit > 0 ? limit + 1 : 3 << 20;
        platform.play(fixture, {fixture.usualAnswer()});
        Message message = one.message;
        message.fields = replaced(message.fields, QString(size, u'x')).toObject();
        message.content = "{\"a\":\"" + QByteArray(size, 'x') + "\"}";
        const QList<Outcome> outcomes = send(fixture, one, {message});
        QCOMPARE(outcomes.size(), 1);
        QVERIFY2(outcomes.first().kind == OutcomeKind::Refused || !platform.requests.isEmpty(),
                 qPrintable(toldBy(outcomes.first())));
        for (const RecordedRequest& request : std::as_const(platform.requests))
            QVERIFY(limit == 0 || request.body.size() <= limit);
    }

    void aSenderMayGoWithMessagesInFlight_data() { eachOnce(); }

    void aSenderMayGoWithMessagesInFlight()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        platform.play(fixture, {}); // silence
        int told = 0;
        auto sender = m_set.makeSender(fixture, one.account);
        QVERIFY(sender);
        connect(sender.get(), &Sender::outcomes, this, [&] { ++told; });
        Message second = one.message;
        second.deliveryId = 99;
        sender->send({one.message, second});
        QTRY_VERIFY_WITH_TIMEOUT(!platform.requests.isEmpty(), 20'000);
        sender.reset();
        platform.play(fixture, {fixture.usualAnswer()});
        QCOMPARE(send(fixture, one, {one.message}).size(), 1); // the others go on
        QCOMPARE(told, 0);
    }

    void noClockMakesAWaitEndless_data() { eachOnce(); }

    void noClockMakesAWaitEndless()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        for (const char* date :
             {"Tue, 14 Nov 2000 22:14:20 GMT", "Tue, 14 Nov 2023 22:14:20 GMT", "Thu, 14 Nov 2999 22:14:20 GMT"}) {
            const QByteArray header = "Retry-After: " + QByteArray(date) + "\r\n";
            platform.play(fixture, {{ScriptedServer::answer("429 Slow", "{}", header), {}, {}, {}}});
            const QList<Outcome> outcomes = send(fixture, one, {one.message});
            QCOMPARE(outcomes.size(), 1);
            QVERIFY(outcomes.first().kind != OutcomeKind::Sent);
            QVERIFY(outcomes.first().notBeforeMs >= 0 && outcomes.first().notBeforeMs <= 24 * 3'600'000);
        }
    }

private:
    // What arrived is as well-formed as the harmless one, and no more is in it.
    static void compareSafety(const ProviderFixture& fixture, const RecordedRequest& harmless,
                              const RecordedRequest& request)
    {
        QVERIFY(!request.headers.contains(u"x-evil"_qs));
        QVERIFY2(!request.path.contains(u"/evil HTTP"), qPrintable(request.path));
        QCOMPARE(request.method, harmless.method);
        QCOMPARE(request.path.count(u'/'), harmless.path.count(u'/'));
        if (QJsonDocument::fromJson(harmless.body).isObject())
            QVERIFY2(QJsonDocument::fromJson(request.body).isObject(), request.body.constData());
        for (const Secret& secret : fixture.config().secrets)
            QCOMPARE(occurrences(request, secret.reveal()), occurrences(harmless, secret.reveal()));
    }

    QtMessageHandler m_before = nullptr;
};

int main(int argc, char** argv)
{
    return ProviderSuite::run<ProviderSafetyTest>(argc, argv);
}

#include "ProviderSafetyTest.moc"
