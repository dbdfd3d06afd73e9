// SPDX-License-Identifier: GPL-3.0-or-later
#include "SignedCallback.h"
#include "engine/provider/CallbackCheck.h"

#include <QDateTime>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/sdk");
constexpr int PatienceMs = 60'000; // a library may take long to be loaded while other tests run

Callback callbackOf(const QJsonObject& one)
{
    Callback callback{"POST", {one[u"url"].toString().toUtf8()}, one[u"query"].toString().toUtf8(), {}, {}};
    callback.body = one[u"body"].toString().toUtf8();
    const QJsonObject headers = one[u"headers"].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        callback.headers << HttpHeader(header.key().toLatin1(), header.value().toString().toLatin1());
    return callback;
}

} // namespace

// Signatures of callbacks: those that the platforms' own libraries make are accepted by us, and ours by them (those of the
// fixtures, that is, which stand for the platforms).
class CallbackSdkTest : public QObject {
    Q_OBJECT

    QJsonArray ask(const QJsonObject& question)
    {
        QProcess node;
        node.setWorkingDirectory(Folder);
        node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        node.start(QStringLiteral("node"), {QStringLiteral("lib/callbacks.mjs")});
        node.write(compactJson(question) + '\n');
        node.closeWriteChannel();
        if (!node.waitForFinished(PatienceMs))
            node.kill();
        return QJsonDocument::fromJson(node.readAllStandardOutput()).array();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Folder + QStringLiteral("/node_modules")))
            QSKIP("run \"npm ci\" in tests/integration/sdk first");
        QProcess node;
        node.start(QStringLiteral("node"), {QStringLiteral("-p"), QStringLiteral("process.versions.node.split('.')[0]")});
        QVERIFY2(node.waitForFinished(PatienceMs), "node does not start");
        if (node.readAll().trimmed().toInt() < 20)
            QSKIP("the platforms' libraries need Node.js 20 or newer");
    }

    void weAcceptWhatTheySign()
    {
        const qint64 now = 1'700'000'000'000;
        const QJsonArray callbacks = ask({{QStringLiteral("ask"), QStringLiteral("sign")}, {QStringLiteral("now"), now}});
        QVERIFY(callbacks.size() >= 12);
        for (const QJsonValue& value : callbacks) {
            const QJsonObject one = value.toObject();
            QList<Error> problems;
            JsonReader reader(one[u"check"].toObject(), {}, problems);
            const auto check = readCallbackCheck(reader);
            QVERIFY2(problems.isEmpty(), qPrintable(one[u"name"].toString()));
            AccountConfig account{1, {}, {{QStringLiteral("key"), Secret(one[u"secret"].toString().toUtf8())}}};
            const Callback genuine = callbackOf(one);
            const Status accepted = check->check(genuine, RequestValues(account), now);
            QVERIFY2(accepted,
                     qPrintable(one[u"name"].toString() + u": " + (accepted ? QString() : accepted.error().message)));
            Callback other = genuine;
            other.body += genuine.isForm() ? "&X=y" : " ";
            QVERIFY2(!check->check(other, RequestValues(account), now), qPrintable(one[u"name"].toString()));
            account.secrets.insert(QStringLiteral("key"), Secret("whsec_" + QByteArray(32, 'x').toBase64()));
            QVERIFY2(!check->check(genuine, RequestValues(account), now), qPrintable(one[u"name"].toString()));
        }
        qInfo().noquote() << callbacks.size() << "callbacks signed by the libraries, each accepted; changed ones refused";
    }

    void theyAcceptWhatTheFixturesSign()
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch(); // some of them look at the clock
        const QList<QPair<QString, QString>> kinds{
            {QStringLiteral("twilio"), QStringLiteral("hunter2")},
            {QStringLiteral("slack"), QStringLiteral("hunter2")},
            {QStringLiteral("meta"), QStringLiteral("hunter2")},
            {QStringLiteral("vonage"), QStringLiteral("hunter2-signature-secret-of-32-bytes")},
            {QStringLiteral("standard_webhooks"), QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")},
        };
        QJsonArray callbacks;
        for (const auto& [kind, secret] : kinds) {
            QJsonObject one{
                {QStringLiteral("sign"), QJsonObject{{QStringLiteral("kind"), kind}, {QStringLiteral("secret"), secret}}}};
            if (kind == QStringLiteral("twilio"))
                one.insert(
                    QStringLiteral("form"),
                    QJsonObject{{QStringLiteral("B"), QStringLiteral("ä +")}, {QStringLiteral("A"), QStringLiteral("1")}});
            else if (kind == QStringLiteral("meta")) // which escapes what is not ASCII; whatsapp-api-js counts on it
                one.insert(QStringLiteral("json"), QJsonObject{{QStringLiteral("a"), QStringLiteral("b")}});
            else
                one.insert(QStringLiteral("json"), QJsonObject{{QStringLiteral("a"), QStringLiteral("ä")}});
            const Callback callback = signedCallback(one, now);
            QJsonObject headers;
            for (const HttpHeader& header : callback.headers)
                headers.insert(QString::fromLatin1(header.first), QString::fromLatin1(header.second));
            const QJsonObject genuine{{QStringLiteral("kind"), kind},
                                      {QStringLiteral("secret"), secret},
                                      {QStringLiteral("url"), QString::fromUtf8(callback.urls.first())},
                                      {QStringLiteral("headers"), headers},
                                      {QStringLiteral("body"), QString::fromUtf8(callback.body)},
                                      {QStringLiteral("now"), now}};
            QJsonObject forged = genuine;
            forged.insert(QStringLiteral("secret"), QString(QStringLiteral("whsec_") + QString(32, u'A')));
            callbacks << genuine << forged;
        }
        const QJsonArray accepted
            = ask({{QStringLiteral("ask"), QStringLiteral("verify")}, {QStringLiteral("callbacks"), callbacks}});
        QCOMPARE(accepted.size(), callbacks.size());
        for (qsizetype i = 0; i < accepted.size(); ++i)
            QVERIFY2(accepted[i].toBool() == (i % 2 == 0), qPrintable(callbacks[i][u"kind"].toString()));
    }
};

QTEST_GUILESS_MAIN(CallbackSdkTest)
#include "CallbackSdkTest.moc"
