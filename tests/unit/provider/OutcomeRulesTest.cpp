// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/OutcomeRules.h"
#include "engine/base/Json.h"
#include "engine/provider/JsonPointer.h"
#include "engine/provider/Redactor.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 784'111'777'000; // Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110's examples

OutcomeRules rulesOf(const QByteArray& json, QList<Error>& problems)
{
    JsonReader reader(parseJsonObject(json).value(), {}, problems);
    OutcomeRules rules = OutcomeRules::read(reader);
    reader.refuseUnknown();
    return rules;
}

OutcomeRules goodRules(const QByteArray& json)
{
    QList<Error> problems;
    const OutcomeRules rules = rulesOf(json, problems);
    for (const Error& problem : problems)
        qWarning().noquote() << problem.message;
    return problems.isEmpty() ? rules : OutcomeRules();
}

OutboundResponse answered(int status, const QByteArray& body = {}, const QList<HttpHeader>& headers = {})
{
    OutboundResponse response;
    response.result = HttpResult::Answered;
    response.status = status;
    response.body = body;
    response.headers = headers;
    return response;
}

// JSON with single quotes instead of double ones.
QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

Outcome judge(const OutcomeRules& rules, const OutboundResponse& response)
{
    return rules.outcomeOf(response, Redactor({}), Now);
}

} // namespace

class OutcomeRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Platforms repeat the whole message in their answer, behind its id: a long one is no reason to send it again.
    void whatALongAnswerSaysAtItsBeginningCounts()
    {
        const OutcomeRules rules = goodRules(
            quoted("{'outcomes': [{'status': '200-299', 'when': [{'pointer': '/id'}], 'outcome': 'sent', 'id': [{'pointer': "
                   "'/id'}]},"
                   " {'status': '200-299', 'outcome': 'provider_down', 'waitAtLeastSeconds': 60}], 'lost': 'uncertain'}"));
        OutboundResponse response = answered(200, quoted("{'id': 25, 'message': 'Hello, ") + QByteArray(65'000, 'x'));
        response.truncated = true;
        const Outcome outcome = judge(rules, response);
        QCOMPARE(outcome.kind, OutcomeKind::Sent);
        QCOMPARE(outcome.providerId, u"25"_qs);
    }

    // Whether the message was taken stands in what is missing.
    void aSuccessWhoseAnswerBreaksOffIsLost()
    {
        const OutcomeRules rules = goodRules(
            quoted("{'outcomes': [{'status': 200, 'when': [{'pointer': '/ok', 'equals': true}], 'outcome': 'sent'},"
                   " {'status': 200, 'when': [{'pointer': '/ok', 'equals': false}], 'outcome': 'refused', 'suppress': true},"
                   " {'status': '200-299', 'outcome': 'provider_down'}], 'lost': 'uncertain'}"));
        for (const char* body : {"", "{", "{'o", "{'ok':tr", "{'ok':false,'error':'ratel"}) {
            OutboundResponse response = answered(200, quoted(body));
            response.truncated = true;
            const Outcome outcome = judge(rules, response);
            QCOMPARE(outcome.kind, OutcomeKind::Uncertain);
            QVERIFY(!outcome.suppressAddress);
            QVERIFY(!outcome.reason.isEmpty());
            QCOMPARE(outcome.code, u"200"_qs);
        }
        // A page that somebody else put in between is no answer.
        OutboundResponse response = answered(200, "<html>{}");
        response.truncated = true;
        QCOMPARE(judge(rules, response).kind, OutcomeKind::ProviderDown);
        response = answered(500, "{");
        response.truncated = true;
        QCOMPARE(judge(rules, response).kind, OutcomeKind::Retry);
        // Where the status alone decides, it does.
        response = answered(204);
        response.truncated = true;
        QCOMPARE(judge(goodRules(quoted("{'outcomes': [{'status': '200-299', 'outcome': 'sent'}]}")), response).kind,
                 OutcomeKind::Sent);
        QCOMPARE(judge(goodRules(quoted("{'outcomes': [{'status': 204, 'outcome': 'refused'}]}")), response).kind,
                 OutcomeKind::Refused);
    }

    // Where it is known how the platform says that it took a message.
    void aSuccessThatNoRuleKnowsIsLostOrNobodys()
    {
        for (const auto& [lost, kind] :
             {std::pair("uncertain", OutcomeKind::Uncertain), std::pair("retry", OutcomeKind::Retry)}) {
            const OutcomeRules rules
                = goodRules(quoted("{'outcomes': [{'status': 200, 'when': [{'pointer': '/id'}], 'outcome': 'sent'}],"
                                   " 'lost': '"
                                   + QByteArray(lost) + "'}"));
            for (const char* body : {"", " \n", "{}", "{'hello':'world'}", "[]", "[7]", "{'id':", "[{'id':7}}"}) {
                const Outcome outcome = judge(rules, answered(200, quoted(body)));
                QCOMPARE(outcome.kind, kind);
                QVERIFY(outcome.reason.startsWith(u"The answer does not say what became of the message."));
            }
            QCOMPARE(judge(rules, answered(204)).kind, kind); // of any success
            for (const char* body : {"<html>Log in</html>", "ok", "42"}) {
                const Outcome outcome = judge(rules, answered(200, quoted(body)));
                QCOMPARE(outcome.kind, OutcomeKind::ProviderDown);
                QCOMPARE(outcome.notBeforeMs, 60'000);
                QVERIFY(outcome.reason.startsWith(u"Something else than the platform has answered."));
                QVERIFY(!outcome.answer.isEmpty());
            }
            QCOMPARE(judge(rules, answered(200, quoted("{'id':7}"))).kind, OutcomeKind::Sent);
            QCOMPARE(judge(rules, answered(200, "<html>" + QByteArray(5'000, 'x'))).reason.size(), Redactor::MaxReason);
        }
        // Where any success is one, it is.
        QCOMPARE(
            judge(goodRules(quoted("{'outcomes': [{'status': 201, 'outcome': 'sent'}]}")), answered(200, "<html>")).kind,
            OutcomeKind::Sent);
    }

    void reasonAndCodeStandAtTheSamePlacesInAllAnswers()
    {
        const OutcomeRules rules = goodRules(quoted("{'reason': [{'pointer': '/message'}], 'code': [{'pointer': '/code'}],"
                                                    " 'outcomes': [{'status': 403, 'outcome': 'provider_down',"
                                                    " 'reason': [{'pointer': '/detail'}], 'renewToken': true}]}"));
        const QByteArray body = quoted("{'message': 'bad number', 'detail': 'more', 'code': 21211}");
        Outcome outcome = judge(rules, answered(400, body));
        QCOMPARE(outcome.reason, u"bad number"_qs);
        QCOMPARE(outcome.code, u"400 21211"_qs);
        QVERIFY(!rules.wantsNewToken(answered(400, body)));
        outcome = judge(rules, answered(403, body));
        QCOMPARE(outcome.reason, u"more"_qs);
        QVERIFY(rules.wantsNewToken(answered(403, body)));
        QVERIFY(!rules.wantsNewToken(OutboundResponse{}));
        QCOMPARE(judge(rules, answered(400, quoted("{'code': 400}"))).code, u"400"_qs);
        QCOMPARE(judge(rules, answered(500, "no JSON")).code, u"500"_qs);
        QCOMPARE(judge(rules, answered(200, body)).code, u"200"_qs);
    }

    void theWordsAreReadWhereNothingElseTellsTheWait()
    {
        const Outcome said = judge(OutcomeRules(), answered(429, "Slow down. Retry after 12 seconds."));
        QVERIFY(said.kind == OutcomeKind::Throttled);
        QCOMPARE(said.notBeforeMs, 12'000);
        QCOMPARE(judge(OutcomeRules(), answered(503, "try again in 2 minutes")).notBeforeMs, 120'000);
        QCOMPARE(judge(OutcomeRules(), answered(429, "retry after 12 seconds", {{"retry-after", "7"}})).notBeforeMs, 7'000);
        QCOMPARE(judge(OutcomeRules(), answered(429, "calm down")).notBeforeMs, 0);
    }

    void waitsAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("seconds") << QByteArray("120") << qint64(120'000);
        QTest::newRow("a fraction") << QByteArray("64.57") << qint64(64'570);
        QTest::newRow("a date") << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << qint64(60'000);
        QTest::newRow("a date that is past") << QByteArray("Sun, 06 Nov 1994 08:00:00 GMT") << qint64(0);
        QTest::newRow("a day at most") << QByteArray("99999999999") << OutcomeRules::MaxWaitMs;
        QTest::newRow("far future") << QByteArray("Fri, 31 Dec 9999 23:59:59 GMT") << OutcomeRules::MaxWaitMs;
        QTest::newRow("negative") << QByteArray("-5") << qint64(0);
        QTest::newRow("not finite") << QByteArray("inf") << qint64(0);
        QTest::newRow("no number") << QByteArray("nan") << qint64(0);
        QTest::newRow("words") << QByteArray("in a while") << qint64(0);
        QTest::newRow("nothing") << QByteArray() << qint64(0);
    }

    void waitsAreRead()
    {
        QFETCH(QByteArray, text);
        QTEST(parseWait(text, 1'000, Now), "ms");
    }

    void withoutRulesTheClassDecides_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<OutcomeKind>("kind");
        for (const auto& [status, kind] :
             std::initializer_list<std::pair<int, OutcomeKind>>{{200, OutcomeKind::Sent},
                                                                {204, OutcomeKind::Sent},
                                                                {301, OutcomeKind::Refused},
                                                                {400, OutcomeKind::Refused},
                                                                {401, OutcomeKind::ProviderDown},
                                                                {404, OutcomeKind::Refused},
                                                                {408, OutcomeKind::Retry},
                                                                {425, OutcomeKind::Retry},
                                                                {429, OutcomeKind::Throttled},
                                                                {500, OutcomeKind::Retry},
                                                                {503, OutcomeKind::Retry},
                                                                {999, OutcomeKind::Retry}})
            QTest::addRow("%d", status) << status << kind;
    }

    void withoutRulesTheClassDecides()
    {
        QFETCH(int, status);
        const Outcome outcome = judge(OutcomeRules(), answered(status, "because", {{"retry-after", "7"}}));
        QTEST(outcome.kind, "kind");
        QCOMPARE(outcome.code, QString::number(status));
        QVERIFY(!outcome.suppressAddress);
        if (outcome.kind == OutcomeKind::Throttled)
            QCOMPARE(outcome.notBeforeMs, 7'000);
        QCOMPARE(outcome.reason, outcome.kind == OutcomeKind::Sent ? QString() : u"because"_qs);
    }

    void theFirstRuleThatMatchesWins()
    {
        const OutcomeRules rules = goodRules(R"({"outcomes": [
            {"status": "200-299", "when": [{"pointer": "/ok", "equals": false}, {"pointer": "/error", "matches": "^rate"}],
             "outcome": "throttled", "bucket": "destination", "wait": [{"pointer": "/wait"}, {"header": "X-Wait"}], "waitUnit": "milliseconds"},
            {"when": [{"pointer": "/ok", "equals": false}], "outcome": "refused", "suppress": true, "reason": [{"pointer": "/error"}]},
            {"status": 200, "outcome": "sent", "id": [{"pointer": "/ids/0"}, {"header": "X-Id"}]}]})");
        const Outcome throttled = judge(rules, answered(200, R"({"ok":false,"error":"rate limited"})", {{"x-wait", "250"}}));
        QCOMPARE(throttled.kind, OutcomeKind::Throttled);
        QCOMPARE(throttled.bucket, u"destination"_qs);
        QCOMPARE(throttled.notBeforeMs, 250);
        const Outcome refused = judge(rules, answered(200, R"({"ok":false,"error":"no such user"})"));
        QCOMPARE(refused.kind, OutcomeKind::Refused);
        QCOMPARE(refused.reason, u"no such user"_qs);
        QVERIFY(refused.suppressAddress);
        QCOMPARE(judge(rules, answered(200, R"({"ids":[17]})")).providerId, u"17"_qs);
        QCOMPARE(judge(rules, answered(200, "no JSON", {{"x-id", "h-1"}})).providerId, u"h-1"_qs);
        QCOMPARE(judge(rules, answered(500, R"({"ids":[17]})")).kind, OutcomeKind::Retry);
    }

    void anAnswerThatNoRuleFitsIsKeptWhole()
    {
        const OutcomeRules rules
            = goodRules(quoted("{'outcomes': [{'status': 200, 'when': [{'pointer': '/ok', 'equals': true}],"
                               " 'outcome': 'sent'}, {'status': 500, 'outcome': 'retry'}]}"));
        const QByteArray page = "<html>\r\n" + QByteArray(2'000, 'x') + " hunter2";
        for (int status : {200, 404, 503}) {
            const Outcome outcome = rules.outcomeOf(answered(status, page), Redactor({Secret("hunter2")}), Now);
            QVERIFY2(outcome.answer.startsWith(u"<html> \n") && outcome.answer.endsWith(u" \u2022\u2022\u2022"),
                     qPrintable(outcome.answer));
            QVERIFY(!rules.ruleThatDecides(answered(status, page)));
        }
        QCOMPARE(judge(rules, answered(400, QByteArray(60'000, 'y'))).answer.size(), Redactor::MaxAnswer);
        QVERIFY(judge(rules, answered(500, page)).answer.isEmpty());
        QCOMPARE(rules.ruleThatDecides(answered(500, page)), std::optional<qsizetype>(1));
        QVERIFY(judge(OutcomeRules(), answered(200, page)).answer.isEmpty()); // a success that no rule asks for
        QVERIFY(!judge(OutcomeRules(), answered(400, page)).answer.isEmpty());
    }

    void whatWasNotAnsweredGoesByTheFilesWords()
    {
        OutboundResponse response;
        response.problem = u"broke off"_qs;
        const OutcomeRules safe = goodRules(R"({"lost": "retry", "unreachable": "retry"})");
        response.result = HttpResult::Lost;
        QCOMPARE(judge(OutcomeRules(), response).kind, OutcomeKind::Uncertain);
        QCOMPARE(judge(safe, response).kind, OutcomeKind::Retry);
        response.result = HttpResult::NotSent;
        QCOMPARE(judge(OutcomeRules(), response).kind, OutcomeKind::ProviderDown);
        QCOMPARE(judge(safe, response).kind, OutcomeKind::Retry);
        response.result = HttpResult::Refused;
        QCOMPARE(judge(safe, response).kind, OutcomeKind::Refused);
        QCOMPARE(judge(safe, response).reason, u"broke off"_qs);
    }

    void aStarStandsForEveryPart()
    {
        const OutcomeRules rules = goodRules(quoted(
            "{'outcomes': [{'when': [{'pointer': '/m/*/s', 'equals': '0'}, {'pointer': '/m/*/s', 'matches': '^[^0]'}],"
            " 'outcome': 'uncertain', 'reason': [{'pointer': '/m/*/e'}]},"
            " {'when': [{'pointer': '/m/*/s', 'equals': '0'}], 'outcome': 'sent', 'id': [{'pointer': '/m/*/i'}]},"
            " {'outcome': 'refused'}]}"));
        const auto kindOf = [&](const QByteArray& json) { return judge(rules, answered(200, quoted(json))).kind; };
        QCOMPARE(kindOf("{'m': [{'s': '0', 'i': 'a'}, {'s': '0'}]}"), OutcomeKind::Sent);
        QCOMPARE(kindOf("{'m': [{'s': '0'}, {'s': '0'}, {'s': '0'}, {'s': '0'}, {'s': '0'}, {'s': '7'}]}"),
                 OutcomeKind::Uncertain);
        QCOMPARE(kindOf("{'m': [{'s': '7'}]}"), OutcomeKind::Refused);
        for (const char* none : {"{'m': []}", "{'m': {'s': '0'}}", "{'m': [['0'], null, 5]}", "[]", ""})
            QCOMPARE(kindOf(none), OutcomeKind::Refused);
        const Outcome partly = judge(rules, answered(200, quoted("{'m': [{'s': '0'}, {'s': '7', 'e': 'barred'}]}")));
        QCOMPARE(partly.reason, u"barred"_qs);
        const Outcome sent = judge(rules, answered(200, quoted("{'m': [{'s': '0'}, {'s': '0', 'i': 'second'}]}")));
        QCOMPARE(sent.providerId, u"second"_qs);
        const Outcome both = judge(rules, answered(200, quoted("{'m': [{'s': '0', 'i': 'a'}, {'s': '0', 'i': 'b'}]}")));
        QCOMPARE(both.providerId, u"a"_qs);
        QCOMPARE(both.partIds, QStringList{u"b"_qs});
    }

    void idsThatAreLongNumbersKeepEveryDigit()
    {
        const OutcomeRules rules = goodRules(quoted("{'outcomes': [{'outcome': 'sent', 'id': [{'pointer': '/id'}]}]}"));
        for (const char* id : {"9007199254740993", "-9007199254740993", "9223372036854775807", "42"})
            QCOMPARE(judge(rules, answered(200, QByteArray("{\"id\":") + id + '}')).providerId, QLatin1String(id));
        QCOMPARE(judge(rules, answered(200, "{\"id\":1.5}")).providerId, u"1.5"_qs);
    }

    void repetitionsMaySuppress()
    {
        const OutcomeRules rules = goodRules(
            quoted("{'outcomes': [{'status': 400, 'outcome': 'refused', 'suppressAfter': {'times': 3, 'withinDays': 30}},"
                   " {'status': 503, 'outcome': 'retry', 'suppressAfter': {'times': 20, 'withinDays': 90}}]}"));
        QCOMPARE(judge(rules, answered(400)).suppressAfter, (RefusalLimit{3, 30}));
        QVERIFY(!judge(rules, answered(400)).suppressAddress);
        QCOMPARE(judge(rules, answered(503)).suppressAfter, (RefusalLimit{20, 90}));
        QVERIFY(!judge(rules, answered(403)).suppressAfter.isSet());
    }

    void sinceWhenNobodyIsThereIsRead()
    {
        const OutcomeRules rules = goodRules(quoted("{'outcomes': [{'status': 410, 'outcome': 'refused', 'suppress': true,"
                                                    " 'goneSince': [{'pointer': '/timestamp'}]}]}"));
        const auto since = [&](const QByteArray& value) {
            const Outcome outcome = judge(rules, answered(410, "{\"timestamp\":" + value + '}'));
            return outcome.suppressAddress ? outcome.goneSince : -1;
        };
        QCOMPARE(since("784111000123"), 784'111'000'123);
        QCOMPARE(since("\"784111000123\""), 784'111'000'123);
        QCOMPARE(since("99999999999999"), Now); // nothing is known of the future
        for (const char* none : {"null", "-5", "\"soon\"", "1e300", "{}"})
            QCOMPARE(since(none), 0);
    }

    void mistakesNameTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("outcome") << quoted("{'outcomes':[{'outcome':'snet'}]}") << u"/outcomes/0/outcome"_qs;
        QTest::newRow("no outcome") << quoted("{'outcomes':[{'outcome':'sent'},{}]}") << u"/outcomes/1/outcome"_qs;
        QTest::newRow("status") << quoted("{'outcomes':[{'outcome':'sent','status':'2xx'}]}") << u"/outcomes/0/status"_qs;
        QTest::newRow("typing mistake") << quoted("{'outcomes':[{'outcome':'sent','supress':true}]}")
                                        << u"/outcomes/0/supress"_qs;
        QTest::newRow("pattern") << quoted("{'outcomes':[{'outcome':'sent','when':[{'pointer':'/a','matches':'['}]}]}")
                                 << u"/outcomes/0/when/0/matches"_qs;
        QTest::newRow("no place") << quoted("{'outcomes':[{'outcome':'sent','when':[{'equals':1}]}]}")
                                  << u"/outcomes/0/when/0"_qs;
        QTest::newRow("pointer") << quoted("{'outcomes':[{'outcome':'sent','id':[{'pointer':'id'}]}]}")
                                 << u"/outcomes/0/id/0/pointer"_qs;
        const auto limit = [](const QByteArray& limit, const QByteArray& rule = "'outcome':'refused'") {
            return quoted("{'outcomes':[{" + rule + ",'suppressAfter':" + limit + "}]}");
        };
        QTest::newRow("limit") << limit("3") << u"/outcomes/0/suppressAfter"_qs;
        QTest::newRow("no days") << limit("{'times':3}") << u"/outcomes/0/suppressAfter/withinDays"_qs;
        QTest::newRow("once") << limit("{'times':1,'withinDays':3}") << u"/outcomes/0/suppressAfter/times"_qs;
        QTest::newRow("too often") << limit("{'times':21,'withinDays':3}") << u"/outcomes/0/suppressAfter/times"_qs;
        QTest::newRow("too long") << limit("{'times':3,'withinDays':91}") << u"/outcomes/0/suppressAfter/withinDays"_qs;
        QTest::newRow("half") << limit("{'times':2.5,'withinDays':3}") << u"/outcomes/0/suppressAfter/times"_qs;
        QTest::newRow("limit's name") << limit("{'times':3,'withinDays':3,'within':3}")
                                      << u"/outcomes/0/suppressAfter/within"_qs;
        QTest::newRow("both") << limit("{'times':3,'withinDays':3}", "'outcome':'refused','suppress':true")
                              << u"/outcomes/0/suppressAfter"_qs;
        QTest::newRow("limit of what passes")
            << limit("{'times':3,'withinDays':3}", "'outcome':'throttled'") << u"/outcomes/0/suppressAfter"_qs;
        QTest::newRow("lost") << quoted("{'lost':'sent'}") << u"/lost"_qs;
        QTest::newRow("gone without suppress")
            << quoted("{'outcomes':[{'outcome':'refused','goneSince':[{'pointer':'/a'}]}]}") << u"/outcomes/0/goneSince"_qs;
        QTest::newRow("not an object") << quoted("{'outcomes':[7]}") << u"/outcomes/0"_qs;
    }

    void mistakesNameTheirPlace()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, pointer);
        QList<Error> problems;
        rulesOf(json, problems);
        QVERIFY(!problems.isEmpty());
        QCOMPARE(problems.first().field, pointer);
        QVERIFY2(problems.first().message.startsWith(pointer), qPrintable(problems.first().message));
    }

    // RFC 6901 section 5.
    void jsonPointersFollowTheirRfc()
    {
        const QJsonObject object = parseJsonObject(R"({"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"~1":9})").value();
        QCOMPARE(jsonAt(object, u""_qs), QJsonValue(object));
        QCOMPARE(jsonAt(object, u"/foo/0"_qs), QJsonValue(u"bar"_qs));
        QCOMPARE(jsonAt(object, u"/"_qs), QJsonValue(0));
        QCOMPARE(jsonAt(object, u"/a~1b"_qs), QJsonValue(1));
        QCOMPARE(jsonAt(object, u"/m~0n"_qs), QJsonValue(8));
        QCOMPARE(jsonAt(object, u"/~01"_qs), QJsonValue(9));
        for (const QString& none : {u"/foo/2"_qs, u"/foo/-1"_qs, u"/foo/00"_qs, u"/foo/bar"_qs, u"/none/x/y"_qs})
            QVERIFY2(jsonAt(object, none).isUndefined(), qPrintable(none));
    }
};

QTEST_GUILESS_MAIN(OutcomeRulesTest)
#include "OutcomeRulesTest.moc"
