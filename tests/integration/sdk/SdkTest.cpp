// SPDX-License-Identifier: GPL-3.0-or-later
#include "FixturePlatform.h"
#include "ProviderSet.h"
#include "SdkComparison.h"
#include "engine/base/Json.h"
#include "tests/unit/provider/Proxies.h"

#include <QDir>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/sdk");
constexpr int PatienceMs = 60'000; // a library may take long to be loaded while other tests run

QJsonArray arrayOf(const QList<QJsonObject>& objects)
{
    QJsonArray array;
    for (const QJsonObject& object : objects)
        array.append(object);
    return array;
}

QJsonObject describe(const Message& message)
{
    return {{u"to"_qs, message.to},
            {u"from"_qs, message.from},
            {u"key"_qs, message.idempotencyKey},
            {u"channel"_qs, message.channel},
            {u"content"_qs, QString::fromUtf8(message.content)},
            {u"fields"_qs, message.fields},
            {u"continuations"_qs, arrayOf(message.continuations)}};
}

QJsonObject describe(const AccountConfig& account)
{
    QJsonObject secrets;
    for (auto it = account.secrets.begin(); it != account.secrets.end(); ++it)
        secrets.insert(it.key(), QString::fromUtf8(it.value().reveal()));
    return {{u"settings"_qs, account.settings}, {u"secrets"_qs, secrets}, {u"receiptsUrl"_qs, account.receiptsUrl}};
}

QString nameOf(const QString& script)
{
    return script.chopped(4); // .mjs
}

// Scripts are named after their provider: slack.mjs, telegram.telegraf.mjs.
QString keyOf(const QString& script)
{
    return script.section(u'.', 0, 0);
}

struct Row {
    QString key;
    QString script;
    QString peer;
    int cases = 0;
    int different = 0;
};

} // namespace

// Each message of a provider's fixture, sent by us and by the platform's own library to a server that records both: the
// requests must be equal, field by field, but for what the fixture names and gives a reason for (SdkComparison.h). The
// scripts of this folder speak for the libraries (lib/peer.mjs); a new one needs no line here.
//
// With names of providers as arguments only they are compared ("SdkTest slack").
class SdkTest : public QObject {
    Q_OBJECT

public:
    explicit SdkTest(const QStringList& chosen)
        : m_set(chosen)
    {
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Folder + u"/node_modules"_qs))
            QSKIP("run \"npm ci\" in tests/integration/sdk first");
        QProcess node;
        node.start(u"node"_qs, {u"-p"_qs, u"process.versions.node.split('.')[0]"_qs});
        QVERIFY2(node.waitForFinished(PatienceMs), "node does not start");
        if (node.readAll().trimmed().toInt() < 20)
            QSKIP("the platforms' libraries need Node.js 20 or newer");
        forgetProxies();
        QVERIFY2(m_set.problems().isEmpty(), qPrintable(m_set.problems().join(u'\n')));
    }

    void eachScriptHasAProvider()
    {
        for (const QString& script : scripts())
            QVERIFY2(ProviderSet::isKey(keyOf(script)), qPrintable(script));
    }

    void eachPeerHasAScript()
    {
        for (const QString& key : m_set.keys()) {
            const QStringList peers = m_set.fixture(key, {})->whole.value(u"sdk")[u"peers"].toObject().keys();
            for (const QString& peer : peers)
                QVERIFY2(scripts().contains(peer + u".mjs") && keyOf(peer) == key, qPrintable(peer));
        }
    }

    void aDifferenceIsSeen_data()
    {
        QTest::addColumn<QByteArray>("theirs");
        QTest::addColumn<QByteArray>("ours");
        QTest::addColumn<QString>("difference");
        const QByteArray json = "Content-Type: application/json";
        const QByteArray form = "Content-Type: application/x-www-form-urlencoded";
        const auto row = [](const char* name, const QByteArray& theirs, const QByteArray& ours, const QString& difference) {
            QTest::newRow(name) << theirs << ours << difference;
        };
        row("equal but for order and null",
            "POST /a%2Db?x=1&y=2 HTTP/1.1\n" + json + R"(|{"a":1,"b":{"c":[true]},"n":null})",
            "POST /a-b?y=2&x=1 HTTP/1.1\n" + json + R"(; charset=utf-8|{"b":{"c":[true]},"a":1})", {});
        row("method", "POST /a HTTP/1.1\n|", "PUT /a HTTP/1.1\n|", u"/method"_qs);
        row("path", "POST /a/b HTTP/1.1\n|", "POST /a%2Fb HTTP/1.1\n|", u"/path/1"_qs);
        row("query", "POST /a?x=1 HTTP/1.1\n|", "POST /a HTTP/1.1\n|", u"/query/x"_qs);
        row("authorization", "POST /a HTTP/1.1\nAuthorization: Bearer a|", "POST /a HTTP/1.1\nAuthorization: Bearer b|",
            u"/headers/authorization"_qs);
        row("a member", "POST /a HTTP/1.1\n" + json + R"(|{"a":{"b":"1"}})",
            "POST /a HTTP/1.1\n" + json + R"(|{"a":{"b":1}})", u"/body/a/b"_qs);
        row("form beside JSON", "POST /a HTTP/1.1\n" + form + "|a=1&b=true&c=%5B%7B%22d%22%3A1%7D%5D",
            "POST /a HTTP/1.1\n" + json + R"(|{"a":1,"b":true,"c":[{"d":1}]})", u"/headers/content-type"_qs);
        row("form beside other JSON", "POST /a HTTP/1.1\n" + form + "|c=%5B%7B%22d%22%3A1%7D%5D",
            "POST /a HTTP/1.1\n" + json + R"(|{"c":[{"d":"1"}]})", u"/body/c/0/d"_qs);
        row("text", "POST /a HTTP/1.1\nContent-Type: text/plain|a", "POST /a HTTP/1.1\nContent-Type: text/plain|b",
            u"/body"_qs);
    }

    void aDifferenceIsSeen()
    {
        QFETCH(QByteArray, theirs);
        QFETCH(QByteArray, ours);
        const auto request = [](const QByteArray& text) {
            const qsizetype bar = text.indexOf('|');
            return RecordedRequest({text.first(bar), text.sliced(bar + 1)});
        };
        QStringList needed;
        const QString found = sdkDifference(request(theirs), request(ours), {}, needed);
        QTEST(found.section(u':', 0, 0), "difference");
        SdkTerms lenient;
        lenient.ignore = {u"header:content-type"_qs};
        if (found.startsWith(u"/headers/content-type")) {
            QCOMPARE(sdkDifference(request(theirs), request(ours), lenient, needed), QString());
            QCOMPARE(needed, lenient.ignore);
        }
    }

    void weSendWhatTheLibrarySends_data()
    {
        QTest::addColumn<QString>("script");
        for (const QString& script : scripts()) {
            if (m_set.keys().contains(keyOf(script)))
                QTest::addRow("%s", qPrintable(script)) << script;
        }
    }

    void weSendWhatTheLibrarySends()
    {
        QFETCH(QString, script);
        const QString key = keyOf(script);
        QProcess node;
        node.setWorkingDirectory(Folder);
        node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        node.start(u"node"_qs, {script});
        QVERIFY(node.waitForStarted(PatienceMs));
        const auto first = m_set.fixture(key, {});
        QVERIFY(first);
        const SdkTerms terms = SdkTerms::read(first->whole, nameOf(script));
        QVERIFY2(terms.explained, "\"ignore\" needs a reason: \"why\"");
        for (const QString& name : terms.messages)
            QVERIFY2(first->find(name), qPrintable(u"there is no message \"%1\""_qs.arg(name)));
        m_table << Row{key, script, script, 0, 0};
        QStringList differences;
        for (const ProviderFixture::MessageCase& one : first->messages) {
            const bool chosen = terms.messages.isEmpty() ? !one.requests.isEmpty() : terms.messages.contains(one.name);
            if (!chosen)
                continue;
            ++m_table.last().cases;
            const QString difference = compare(node, key, one.name, terms);
            if (difference.isEmpty())
                continue;
            ++m_table.last().different;
            differences << u"%1: %2"_qs.arg(one.name, difference);
        }
        node.closeWriteChannel();
        if (!node.waitForFinished(PatienceMs))
            node.kill();
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
        QVERIFY2(m_table.last().cases > 0, "no message was compared");
    }

    void nothingIsAllowedInVain()
    {
        for (const Row& row : std::as_const(m_table)) {
            const QJsonObject fixture = m_set.fixture(row.key, {})->whole;
            const QStringList common = SdkTerms::read(fixture).ignore;
            const QStringList terms = SdkTerms::read(fixture, nameOf(row.script)).ignore;
            for (const QString& term : terms)
                QVERIFY2(m_needed.value(common.contains(term) ? row.key : row.script).contains(term),
                         qPrintable(u"%1: \"%2\" is never different; leave it out of \"ignore\""_qs.arg(row.script, term)));
        }
    }

    void cleanupTestCase()
    {
        for (const Row& row : std::as_const(m_table))
            qInfo().noquote() << u"%1 | %2 | %3 cases | %4"_qs.arg(row.key, -14)
                                     .arg(row.peer, -28)
                                     .arg(row.cases)
                                     .arg(row.different == 0 ? u"equal"_qs : u"%1 different"_qs.arg(row.different));
    }

private:
    static QStringList scripts() { return QDir(Folder).entryList({u"*.mjs"_qs}, QDir::Files, QDir::Name); }

    // The first difference of one message; what the library calls itself goes into the table.
    QString compare(QProcess& node, const QString& key, const QString& name, const SdkTerms& terms)
    {
        FixturePlatform platform;
        const ProviderFixture fixture = *m_set.fixture(key, platform.url());
        const ProviderFixture::MessageCase& one = *fixture.find(name);
        const auto account = m_set.account(fixture, one.account);
        if (!account)
            return u"the fixture's account is not right"_qs;
        if (const QString problem = sendByLibrary(node, platform, fixture, one, *account, terms); !problem.isEmpty())
            return problem;
        const QList<RecordedRequest> theirs = compared(std::exchange(platform.requests, {}), terms);
        if (const QString problem = sendByUs(platform, fixture, one); !problem.isEmpty())
            return problem;
        const QList<RecordedRequest> ours = compared(platform.requests, terms);
        for (qsizetype i = 0; i < qMin(theirs.size(), ours.size()); ++i) {
            QStringList needed;
            const QString difference = sdkDifference(theirs[i], ours[i], terms, needed);
            m_needed[key] += needed;
            m_needed[m_table.last().script] += needed;
            if (!difference.isEmpty())
                return u"request %1: %2"_qs.arg(i + 1).arg(difference);
        }
        if (theirs.isEmpty())
            return u"the library made no request"_qs;
        return theirs.size() == ours.size()
            ? QString()
            : u"the library made %1 requests, we made %2"_qs.arg(theirs.size()).arg(ours.size());
    }

    QString sendByLibrary(QProcess& node, FixturePlatform& platform, const ProviderFixture& fixture,
                          const ProviderFixture::MessageCase& one, const AccountConfig& account, const SdkTerms& terms)
    {
        platform.play(fixture,
                      terms.answer.isEmpty() ? repliesTo(fixture, one) : QList{ProviderFixture::readAnswer(terms.answer)});
        node.write(compactJson({{u"server"_qs, platform.url()},
                                {u"name"_qs, one.name},
                                {u"account"_qs, describe(account)},
                                {u"message"_qs, describe(one.message)}})
                   + '\n');
        const bool came
            = QTest::qWaitFor([&] { return node.canReadLine() || node.state() == QProcess::NotRunning; }, PatienceMs);
        if (!came)
            return u"the library took too long"_qs;
        const QJsonObject said = parseJsonObject(node.readLine()).value_or(QJsonObject());
        if (said.contains(u"peer"))
            m_table.last().peer = said.value(u"peer").toString();
        else
            return u"the script did not answer"_qs;
        const QString kind = one.outcome.value(u"kind").toString();
        const bool mayComplain = !kind.isEmpty() && kind != u"sent"; // the platform says no, and the library tells
        return mayComplain ? QString() : said.value(u"error").toString();
    }

    QString sendByUs(FixturePlatform& platform, const ProviderFixture& fixture, const ProviderFixture::MessageCase& one)
    {
        platform.play(fixture, repliesTo(fixture, one));
        const auto sender = m_set.makeSender(fixture, one.account);
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender->send({one.message});
        return QTest::qWaitFor([&] { return !outcomes.isEmpty(); }, PatienceMs) ? QString() : u"no outcome came"_qs;
    }

    static QList<ProviderFixture::Answer> repliesTo(const ProviderFixture& fixture, const ProviderFixture::MessageCase& one)
    {
        return one.replies.isEmpty() ? QList<ProviderFixture::Answer>{fixture.usualAnswer()} : one.replies;
    }

    static QList<RecordedRequest> compared(QList<RecordedRequest> requests, const SdkTerms& terms)
    {
        requests.removeIf([&](const RecordedRequest& request) { return terms.skips(request.path); });
        return requests;
    }

    ProviderSet m_set;
    QList<Row> m_table;
    QHash<QString, QStringList> m_needed; // by provider, and by script: what was ignored and different
};

int main(int argc, char** argv)
{
    QStringList own;
    QStringList chosen;
    QCoreApplication application(argc, argv);
    const QStringList given = QCoreApplication::arguments();
    for (const QString& argument : given)
        (ProviderSet::isKey(argument) ? chosen : own) << argument;
    SdkTest test(chosen);
    return QTest::qExec(&test, own);
}

#include "SdkTest.moc"
