// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProviderSuite.h"
#include "RudeAnswers.h"

#include <QFile>
#include <QJsonDocument>

using namespace carillon;

// What every provider that speaks HTTP promises: its requests and outcomes are as its fixture says (tests/providers), and
// whatever the other side does, each message has one outcome and no secret gets out.
class ConformanceTest : public ProviderSuite {
    Q_OBJECT

public:
    using ProviderSuite::ProviderSuite;

private Q_SLOTS:
    void initTestCase() { begin(); }

    void requestsAreAsTheFixtureSays_data()
    {
        eachOf([](const ProviderFixture& f) { return namesOf(f.messages); });
    }

    void requestsAreAsTheFixtureSays()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        const ProviderFixture::MessageCase& one = *fixture.find(name);
        platform.play(fixture, one.replies.isEmpty() ? QList<ProviderFixture::Answer>{fixture.usualAnswer()} : one.replies);
        const QList<Outcome> outcomes = send(fixture, one, {one.message});
        QCOMPARE(outcomes.size(), 1);
        if (!one.refused.isEmpty()) {
            QVERIFY2(platform.requests.isEmpty(), "a request went out");
            QCOMPARE(outcomes.first().kind, OutcomeKind::Refused);
            QVERIFY2(outcomes.first().reason.contains(one.refused), qPrintable(outcomes.first().reason));
        }
        for (qsizetype i = 0; i < qMin(one.requests.size(), platform.requests.size()); ++i) {
            const QString difference = requestDifference(one.requests[i], platform.requests[i]);
            QVERIFY2(difference.isEmpty(), qPrintable(u"requests/%1/%2"_qs.arg(i).arg(difference)));
        }
        QVERIFY2(platform.requests.size() == one.requests.size(),
                 qPrintable(u"requests: expected %1, got %2; the outcome: %3"_qs.arg(one.requests.size())
                                .arg(platform.requests.size())
                                .arg(toldBy(outcomes.first()))));
        QVERIFY2(platform.exchangeDifference.isEmpty(), qPrintable(u"exchange/"_qs + platform.exchangeDifference));
        const QString difference = outcomeDifference(one.outcome, outcomes.first());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void answersMeanWhatTheFixtureSays_data()
    {
        eachOf([](const ProviderFixture& f) { return namesOf(f.answers); });
    }

    void answersMeanWhatTheFixtureSays()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        const auto answer = std::find_if(fixture.answers.begin(), fixture.answers.end(),
                                         [&](const ProviderFixture::Answer& one) { return one.name == name; });
        const auto* message = answer->message.isEmpty() ? fixture.firstThatIsSent() : fixture.find(answer->message);
        QVERIFY2(message, qPrintable(u"there is no message \"%1\""_qs.arg(answer->message)));
        platform.play(fixture, {*answer});
        const QList<Outcome> outcomes = send(fixture, *message, {message->message});
        QCOMPARE(outcomes.size(), 1);
        QCOMPARE(outcomes.first().deliveryId, message->message.deliveryId);
        const QString difference = outcomeDifference(answer->outcome, outcomes.first());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    // A success that lacks anything of what the fixture's has, or is nothing that anybody knows.
    void whatMayHaveBeenTakenIsNotSentAgain_data()
    {
        eachOf([](const ProviderFixture& f) { return defectiveSuccesses(f).keys(); });
    }

    void whatMayHaveBeenTakenIsNotSentAgain()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        platform.play(fixture, {ProviderFixture::readAnswer(defectiveSuccesses(fixture).value(name))});
        const Outcome outcome = send(fixture, one, {one.message}).value(0);
        const OutcomeKind lost = lostOf(fixture.key);
        QVERIFY2(outcome.kind == OutcomeKind::Sent || outcome.kind == lost, qPrintable(toldBy(outcome)));
        QVERIFY(outcome.kind == OutcomeKind::Sent || !outcome.reason.isEmpty());
    }

    // Where any success is one, the fixture says so: an answer with a page that is sent.
    void aPageInBetweenIsNoAnswer_data() { eachOnce(); }

    void aPageInBetweenIsNoAnswer()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        const QJsonObject page{{u"status"_qs, 200},
                               {u"text"_qs, u"<!doctype html><title>Log in</title>"_qs},
                               {u"headers"_qs, QJsonObject{{u"content-type"_qs, u"text/html; charset=utf-8"_qs}}}};
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        platform.play(fixture, {ProviderFixture::readAnswer(page)});
        const Outcome outcome = send(fixture, one, {one.message}).value(0);
        const QJsonArray answers = fixture.whole.value(u"answers").toArray();
        const bool takesPages = std::any_of(answers.begin(), answers.end(), [](const QJsonValue& answer) {
            return answer[u"text"].toString().startsWith(u'<') && answer[u"outcome"][u"kind"].toString() == u"sent";
        });
        QCOMPARE(outcome.kind, takesPages ? OutcomeKind::Sent : OutcomeKind::ProviderDown);
    }

    void eachMessageHasOneOutcomeAndNoSecretGetsOut_data()
    {
        eachOf([](const ProviderFixture&) { return RudeAnswer::all().keys(); });
    }

    void eachMessageHasOneOutcomeAndNoSecretGetsOut()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        RudeAnswer::all().value(name).play(platform.server);
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        QList<Message> messages(3, one.message);
        for (int i = 0; i < 3; ++i)
            messages[i].deliveryId = i + 1;
        if (name.startsWith(u"hang"))
            m_set.setManner(ProviderSet::Manner::Impatient);
        const QList<Outcome> outcomes = send(fixture, one, messages);
        QCOMPARE(outcomes.size(), 3);
        QSet<qint64> ids;
        for (const Outcome& outcome : outcomes) {
            ids << outcome.deliveryId;
            QVERIFY(outcome.notBeforeMs >= 0 && outcome.notBeforeMs <= 24 * 3'600'000);
            QVERIFY(outcome.reason.size() <= 300);
            if (!name.startsWith(u"status 2"))
                QVERIFY2(outcome.kind != OutcomeKind::Sent, qPrintable(toldBy(outcome)));
            QVERIFY2(!fixture.leaksInto(toldBy(outcome)), qPrintable(toldBy(outcome)));
        }
        QCOMPARE(ids, (QSet<qint64>{1, 2, 3}));
    }

    void aProbeAnswersOnceAndTellsNoSecret_data()
    {
        eachOf([](const ProviderFixture&) {
            return QStringList{u"status 200"_qs, u"status 401"_qs, u"close before the answer"_qs, u"echo"_qs};
        });
    }

    void aProbeAnswersOnceAndTellsNoSecret()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        RudeAnswer::all().value(name).play(platform.server);
        const auto sender = m_set.makeSender(fixture);
        QVERIFY(sender);
        QList<ProbeResult> results;
        connect(sender.get(), &Sender::probed, this, [&](const ProbeResult& result) { results << result; });
        sender->probe();
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), 1, 20'000);
        const QString told = results.first().detail + u'\n' + results.first().error.message;
        QVERIFY2(!fixture.leaksInto(told), qPrintable(told));
        QVERIFY(results.first().ok || !results.first().error.message.isEmpty());
        if (platform.server.connections > 0 && !name.startsWith(u"status 2"))
            QVERIFY2(!results.first().ok || name == u"echo", qPrintable(told));
    }

    void probesMeanWhatTheFixtureSays_data()
    {
        eachOf([](const ProviderFixture& f) {
            QStringList names;
            for (const ProviderFixture::Probe& probe : f.probes)
                names << probe.answer.name;
            return names;
        });
    }

    void probesMeanWhatTheFixtureSays()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        QFETCH(QString, name);
        const ProviderFixture::Probe& probe = *std::find_if(fixture.probes.begin(), fixture.probes.end(),
                                                            [&](const auto& one) { return one.answer.name == name; });
        platform.play(fixture, {probe.answer});
        const auto sender = m_set.makeSender(fixture);
        QVERIFY(sender);
        QList<ProbeResult> results;
        connect(sender.get(), &Sender::probed, this, [&](const ProbeResult& result) { results << result; });
        sender->probe();
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), 1, 20'000);
        QVERIFY2(results.first().ok == probe.ok, qPrintable(results.first().detail + u'\n' + results.first().error.message));
        QCOMPARE(platform.requests.size(), 1);
        const QString difference
            = probe.request.isEmpty() ? QString() : requestDifference(probe.request, platform.requests.first());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void nothingIsReached_data() { eachOnce(); }

    void nothingIsReached()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        platform.server.close();
        const ProviderFixture::MessageCase& one = *fixture.firstThatIsSent();
        const QList<Outcome> outcomes = send(fixture, one, {one.message});
        QCOMPARE(outcomes.size(), 1);
        QVERIFY(outcomes.first().kind == OutcomeKind::Retry || outcomes.first().kind == OutcomeKind::ProviderDown);
        QVERIFY(!outcomes.first().reason.isEmpty());
    }

    void privateAddressesNeedThePermission_data() { eachOnce(); }

    void privateAddressesNeedThePermission()
    {
        FixturePlatform platform;
        const ProviderFixture fixture = read(platform);
        m_set.setManner(ProviderSet::Manner::Strict);
        ProviderFixture::MessageCase one = *fixture.firstThatIsSent();
        const QString permission = u"allow_private_networks"_qs;
        QJsonObject settings = one.account.value(u"settings").toObject();
        settings.insert(permission, QJsonValue::Null);
        one.account.insert(u"settings"_qs, settings);
        const QList<Outcome> outcomes = send(fixture, one, {one.message});
        QCOMPARE(outcomes.size(), 1);
        QVERIFY(outcomes.first().kind != OutcomeKind::Sent);
        QCOMPARE(platform.server.connections, 0);
    }

    void cleanup() { m_set.setManner(ProviderSet::Manner::Usual); }

private:
    // What a message is whose answer is lost.
    static OutcomeKind lostOf(const QString& key)
    {
        QFile file(ProviderSet::providerPath(key));
        const bool isRead = file.open(QIODevice::ReadOnly);
        const QJsonValue lost = isRead ? QJsonDocument::fromJson(file.readAll())[u"lost"_qs] : QJsonValue();
        return lost.toString() == u"retry" ? OutcomeKind::Retry : OutcomeKind::Uncertain;
    }

    // Answers by name; none where a success is no JSON.
    static QMap<QString, QJsonObject> defectiveSuccesses(const ProviderFixture& fixture)
    {
        const QJsonArray answers = fixture.whole.value(u"answers").toArray();
        const auto success = std::find_if(answers.begin(), answers.end(), [](const QJsonValue& answer) {
            return answer[u"outcome"][u"kind"].toString() == u"sent" && answer[u"json"].isObject();
        });
        if (success == answers.end())
            return {};
        const int status = (*success)[u"status"].toInt();
        QMap<QString, QJsonObject> defective{
            {u"nothing at all"_qs, {{u"status"_qs, status}}},
            {u"JSON that nobody knows"_qs, {{u"status"_qs, status}, {u"json"_qs, QJsonObject{{u"hello"_qs, u"world"_qs}}}}}};
        eachWithout((*success)[u"json"], {}, [&](const QString& what, const QJsonValue& json) {
            defective.insert(u"without "_qs + what, {{u"status"_qs, status}, {u"json"_qs, json}});
        });
        return defective;
    }

    // Every value that lacks one member of `json`, however deep, with the pointer to what it lacks.
    static void eachWithout(const QJsonValue& json, const QString& pointer,
                            const std::function<void(const QString&, const QJsonValue&)>& take)
    {
        const QJsonObject object = json.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            const QString place = pointer + u'/' + member.key();
            QJsonObject less = object;
            less.remove(member.key());
            take(place, less);
            eachWithout(member.value(), place, [&](const QString& what, const QJsonValue& smaller) {
                QJsonObject changed = object;
                changed.insert(member.key(), smaller);
                take(what, changed);
            });
        }
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            eachWithout(array[i], pointer + u'/' + QString::number(i), [&](const QString& what, const QJsonValue& smaller) {
                QJsonArray changed = array;
                changed[i] = smaller;
                take(what, changed);
            });
        }
    }

    template <typename Named>
    static QStringList namesOf(const QList<Named>& list)
    {
        QStringList names;
        for (const Named& one : list)
            names << one.name;
        return names;
    }
};

int main(int argc, char** argv)
{
    return ProviderSuite::run<ConformanceTest>(argc, argv);
}

#include "ConformanceTest.moc"
