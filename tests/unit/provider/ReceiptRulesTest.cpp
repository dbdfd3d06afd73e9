// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ReceiptRules.h"
#include "engine/base/Json.h"
#include "engine/model/Delivery.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'712'600'000'000;
const QString Workspace = QStringLiteral("w1");

std::shared_ptr<const ReceiptRules> rulesOf(QByteArray json, QList<Error>* wrong = nullptr)
{
    QList<Error> problems;
    JsonReader reader(parseJsonObject(json.replace('\'', '"')).value(), {}, problems);
    auto rules = ReceiptRules::read(reader);
    if (wrong)
        *wrong = problems;
    else if (!problems.isEmpty())
        qWarning().noquote() << problems.first().message;
    return rules;
}

Result<CallbackReading> readBy(const QByteArray& rules, const Callback& callback, const AccountConfig& account = {})
{
    return rulesOf(rules)->read(callback, account, Workspace, Now);
}

Callback json(QByteArray body)
{
    return {"POST", {}, {}, {{"Content-Type", "application/json"}}, body.replace('\'', '"')};
}

Callback form(const QByteArray& body)
{
    return {"POST", {}, {}, {{"Content-Type", "application/x-www-form-urlencoded"}}, body};
}

const QByteArray Nested = "{'check':{'kind':'none'},'items':[{'at':'/entry/*/statuses/*','id':[{'pointer':'/id'}],"
                          "'key':[{'pointer':'/ref'}],'reason':[{'pointer':'/errors/0/title'}],"
                          "'code':[{'pointer':'/errors/0/code'}],'time':[{'pointer':'/timestamp'}],'kinds':["
                          "{'when':[{'pointer':'/status','equals':'delivered'}],'kind':'delivered'},"
                          "{'when':[{'pointer':'/status','equals':'failed'},{'pointer':'/errors/0/code','matches':'^13'}],"
                          "'kind':'failed','suppress':true},"
                          "{'when':[{'pointer':'/status','equals':'failed'}],'kind':'failed'}]}]}";

} // namespace

class ReceiptRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryItemOfNestedLists()
    {
        const auto read
            = readBy(Nested,
                     json("{'entry':[{'statuses':[{'id':'a','status':'delivered','timestamp':'1712595443'},"
                          "{'id':'b','status':'typing'}]},{'statuses':[{'id':7,'status':'failed','ref':'d42.w1@x',"
                          "'errors':[{'code':131026,'title':'Undeliverable'}]},"
                          "{'id':'c','status':'failed','ref':'d42.w2@x','errors':[{'code':99}]}]},{},7]}"));
        QVERIFY(read.has_value());
        QCOMPARE(read->receipts.size(), 3);
        QCOMPARE(read->receipts[0],
                 (Receipt{QStringLiteral("a"), 0, ReceiptKind::Delivered, {}, {}, 1'712'595'443'000, false}));
        QCOMPARE(read->receipts[1],
                 (Receipt{QStringLiteral("7"), 42, ReceiptKind::Failed, QStringLiteral("Undeliverable"),
                          QStringLiteral("131026"), 0, true}));
        QCOMPARE(read->receipts[2],
                 (Receipt{QStringLiteral("c"), 0, ReceiptKind::Failed, {}, QStringLiteral("99"), 0, false}));
        QCOMPARE(read->answer, CallbackAnswer());
    }

    void readsFormsAndQueries()
    {
        const QByteArray rules
            = "{'check':{'kind':'none'},'items':[{'id':[{'pointer':'/MessageSid'}],'kinds':["
              "{'when':[{'pointer':'/MessageStatus','equals':'delivered'}],'kind':'delivered'}]}],"
              "'messages':[{'when':[{'pointer':'/Body'},{'pointer':'/MessageStatus','absent':true}],"
              "'id':[{'pointer':'/MessageSid'}],'from':[{'pointer':'/From'}],'text':[{'pointer':'/Body'}],"
              "'stop':[{'pointer':'/OptOutType','equals':'STOP'}]}],"
              "'answer':{'type':'text/xml','body':'<Response/>'}}";
        const auto status = readBy(rules, form("MessageStatus=delivered&MessageSid=SM1&MessageSid=SM2"));
        QCOMPARE(status->receipts.size(), 1);
        QCOMPARE(status->receipts[0].providerId, QStringLiteral("SM1"));
        QCOMPARE(status->answer, (CallbackAnswer{200, "text/xml", "<Response/>"}));
        QVERIFY(status->messages.isEmpty());

        const auto message
            = readBy(rules, form("MessageSid=SM3&From=%2B49170&Body=Gr%C3%BC%C3%9Fe+%26+mehr&OptOutType=STOP"));
        QVERIFY(message->receipts.isEmpty());
        QCOMPARE(message->messages,
                 QList<InboundMessage>(
                     {{QStringLiteral("SM3"), QStringLiteral("+49170"), QStringLiteral("Grüße & mehr"), {}, 0, true}}));

        Callback get{"GET", {}, "MessageStatus=delivered&MessageSid=SM%204", {}, {}};
        QCOMPARE(readBy(rules, get)->receipts[0].providerId, QStringLiteral("SM 4"));
    }

    void readsJsonInAFormField()
    {
        const QByteArray rules
            = "{'check':{'kind':'none'},'formField':'payload','messages':[{'from':[{'pointer':'/user/id'}],"
              "'text':[{'header':'X-Text'},{'query':'q'},{'callback':'/kind'}]}]}";
        Callback callback = form("payload=%7B%22user%22%3A%7B%22id%22%3A%22U1%22%7D%2C%22kind%22%3A%22k%22%7D");
        QCOMPARE(readBy(rules, callback)->messages[0].from, QStringLiteral("U1"));
        QCOMPARE(readBy(rules, callback)->messages[0].text, QStringLiteral("k"));
        callback.query = "q=here";
        QCOMPARE(readBy(rules, callback)->messages[0].text, QStringLiteral("here"));
    }

    void timesAreReadHoweverTheyAreWritten()
    {
        const auto timeOf = [](const QByteArray& time) {
            return readBy("{'check':{'kind':'none'},'items':[{'id':[{'pointer':'/i'}],'time':[{'pointer':'/t'}],"
                          "'kinds':[{'kind':'delivered'}]}]}",
                          json("{'i':'x','t':" + time + "}"))
                ->receipts[0]
                .time;
        };
        QCOMPARE(timeOf("1712595443"), 1'712'595'443'000);
        QCOMPARE(timeOf("'1712595443.5'"), 1'712'595'443'500);
        QCOMPARE(timeOf("1712595443123"), 1'712'595'443'123);
        QCOMPARE(timeOf("'2024-04-08T16:57:23.000Z'"), 1'712'595'443'000);
        QCOMPARE(timeOf("'2024-04-08T18:57:23+02:00'"), 1'712'595'443'000);
        QCOMPARE(timeOf("'soon'"), 0);
        QCOMPARE(timeOf("-5"), 0);
        QCOMPARE(timeOf("1e300"), 0);
        QCOMPARE(timeOf("9712595443"), 0); // of the far future
        QCOMPARE(timeOf("{}"), 0);
    }

    void challengesWithATokenOfTheAccount()
    {
        const QByteArray rules
            = "{'check':{'kind':'token','secret':'{{ secrets.s }}','header':'x-s'},'challenges':[{'method':'GET',"
              "'when':[{'query':'hub.mode','equals':'subscribe'}],'token':{'query':'hub.verify_token','equals':'{{ "
              "secrets.v }}'},"
              "'answer':{'query':'hub.challenge'}}]}";
        const AccountConfig account{
            1, {}, {{QStringLiteral("v"), Secret("let me in")}, {QStringLiteral("s"), Secret("s")}}, {}};
        Callback get{"GET", {}, "hub.mode=subscribe&hub.challenge=115%3C8&hub.verify_token=let%20me+in", {}, {}};
        QCOMPARE(readBy(rules, get, account)->answer, (CallbackAnswer{200, "text/plain; charset=utf-8", "115<8"}));
        get.query.replace("let", "LET");
        QCOMPARE(readBy(rules, get, account).error().code, ErrorCode::Forbidden);
        get.query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
        QCOMPARE(readBy(rules, get).error().code, ErrorCode::Forbidden);
        get.query = "hub.challenge=1";
        QCOMPARE(readBy(rules, get, account).error().code, ErrorCode::Unauthenticated);
    }

    void challengesThatAreSigned()
    {
        const QByteArray rules = "{'check':{'kind':'token','secret':'{{ secrets.s }}','header':'x-s'},'challenges':[{"
                                 "'when':[{'pointer':'/type','equals':'url_verification'}],'answer':{'pointer':'/"
                                 "challenge'},'member':'challenge'}]}";
        const AccountConfig account{1, {}, {{QStringLiteral("s"), Secret("s")}}, {}};
        Callback callback = json("{'type':'url_verification','challenge':'3eZ\\u0022'}");
        QCOMPARE(readBy(rules, callback, account).error().code, ErrorCode::Unauthenticated);
        callback.headers << HttpHeader("X-S", "s");
        QCOMPARE(readBy(rules, callback, account)->answer,
                 (CallbackAnswer{200, "application/json", "{\"challenge\":\"3eZ\\\"\"}"}));
    }

    void everythingIsBounded()
    {
        QByteArray many = "{'entry':[{'statuses':[";
        for (int i = 0; i < ReceiptRules::MaxItems + 1; ++i)
            many += (i == 0 ? "" : ",") + QByteArray("{'id':'x','status':'delivered'}");
        QCOMPARE(readBy(Nested, json(many + "]}]}")).error().code, ErrorCode::InvalidInput);

        const QByteArray longId(ReceiptRules::MaxId + 1, 'x');
        QVERIFY(readBy(Nested, json("{'entry':[{'statuses':[{'id':'" + longId + "','status':'delivered'}]}]}"))
                    ->receipts.isEmpty());
        const auto words = readBy(Nested,
                                  json("{'entry':[{'statuses':[{'id':'x','status':'failed','errors':[{'title':'"
                                       + QByteArray(100'000, 'w') + "','code':'" + QByteArray(1'000, '9') + "'}]}]}]}"));
        QVERIFY(words->receipts[0].reason.size() <= 300);
        QVERIFY(words->receipts[0].code.size() <= ReceiptRules::MaxCode);
    }

    // A platform that repeats the secret does not bring it into the log.
    void reasonsHaveNoSecrets()
    {
        const AccountConfig account{1, {}, {{QStringLiteral("s"), Secret("hunter2")}}, {}};
        const auto read = readBy(
            Nested, json("{'entry':[{'statuses':[{'id':'x','status':'failed','errors':[{'title':'no hunter2'}]}]}]}"),
            account);
        QCOMPARE(read->receipts[0].reason, QStringLiteral("no \u2022\u2022\u2022"));
    }

    void whatIsNoJsonIsSaidToBeNone()
    {
        for (const QByteArray& body : {QByteArray("{"), QByteArray("\0\xff", 2), QByteArray("7"), QByteArray(5'000, '[')})
            QCOMPARE(readBy(Nested, json(body)).error().code, ErrorCode::InvalidInput);
        QVERIFY(readBy(Nested, json("[]"))->receipts.isEmpty());
        QVERIFY(readBy(Nested, json("{'entry':{'statuses':1}}"))->receipts.isEmpty());
        QVERIFY(readBy(Nested, form("%ZZ&&=&a"))->receipts.isEmpty());
    }

    void whatIsWrongInAFileIsSaid()
    {
        const auto problem = [](const QByteArray& rules) {
            QList<Error> problems;
            (void)rulesOf(rules, &problems);
            return problems.isEmpty() ? QString() : problems.first().field;
        };
        const QByteArray check = "'check':{'kind':'none'}";
        QCOMPARE(problem("{}"), QStringLiteral("/check"));
        QCOMPARE(problem("{" + check + ",'itmes':[]}"), QStringLiteral("/itmes"));
        QCOMPARE(problem("{" + check + ",'items':[{'kinds':[]}]}"), QStringLiteral("/items/0/id"));
        QCOMPARE(problem("{" + check + ",'items':[{'id':[{'pointer':'x'}],'kinds':[]}]}"),
                 QStringLiteral("/items/0/id/0/pointer"));
        QCOMPARE(problem("{" + check + ",'items':[{'id':[{}],'kinds':[]}]}"), QStringLiteral("/items/0/id/0"));
        QCOMPARE(problem("{" + check + ",'items':[{'id':[{'pointer':'/x'}],'kinds':[{'kind':'lost'}]}]}"),
                 QStringLiteral("/items/0/kinds/0/kind"));
        QCOMPARE(problem("{" + check + ",'items':[{'id':[{'pointer':'/x'}],'kinds':[{'kind':'read','suppress':true}]}]}"),
                 QStringLiteral("/items/0/kinds/0/suppress"));
        QCOMPARE(problem("{" + check
                         + ",'items':[{'id':[{'pointer':'/x'}],'kinds':[{'kind':'bounced','suppressAfter':"
                           "{'times':2,'withinDays':1}}]}]}"),
                 QStringLiteral("/items/0/kinds/0/suppressAfter"));
        QCOMPARE(problem("{" + check + ",'messages':[{'from':[{'pointer':'/x','equals':1}]}]}"),
                 QStringLiteral("/messages/0/from/0/equals"));
        QCOMPARE(problem("{" + check + ",'messages':[{'from':[{'pointer':'/x'}],'when':[{'pointer':'/y','matches':'('}]}]}"),
                 QStringLiteral("/messages/0/when/0/matches"));
        QCOMPARE(problem("{" + check + ",'answer':{'body':'x'}}"), QStringLiteral("/answer/type"));
    }

    void ourOwnKeysAreRecognised()
    {
        QCOMPARE(deliveryIdOf(messageIdOf(Workspace, 42, QStringLiteral("a@b.example")), Workspace), 42);
        for (const char* other : {"", "d", "d42", "d42.w1", "d42.w2@x", "x42.w1@x", "d.w1@x", "d-3.w1@x", "d42.w11@x"})
            QCOMPARE(deliveryIdOf(QString::fromLatin1(other), Workspace), 0);
        // As platforms repeat it that keep forty characters of it.
        const QString workspace(32, u'a');
        for (const qint64 id : {qint64(9), qint64(99'999), qint64(1'000'000), std::numeric_limits<qint64>::max()})
            QCOMPARE(deliveryIdOf(messageIdOf(workspace, id, QStringLiteral("a@b.example")).left(40), workspace), id);
        QCOMPARE(deliveryIdOf(u"d1000000."_qs + QString(15, u'a'), workspace), 0);
        QCOMPARE(deliveryIdOf(u"d1000000."_qs + QString(30, u'a') + u'b', workspace), 0);
    }
};

QTEST_GUILESS_MAIN(ReceiptRulesTest)
#include "ReceiptRulesTest.moc"
