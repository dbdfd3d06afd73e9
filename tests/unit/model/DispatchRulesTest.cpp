// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/DispatchRules.h"
#include "engine/model/Limits.h"

#include <QJsonDocument>
#include <QTest>

using namespace carillon;

namespace {

QJsonObject json(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

// The member that a reader names when it refuses; "" when it takes the text.
template <typename Read>
QString refused(const Read& read, const QByteArray& text)
{
    const auto result = read(json(text));
    return result ? QString() : result.error().field;
}

} // namespace

class DispatchRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesReadWhatTheyWrite()
    {
        const DispatchRules rules{30'000, DayPart{1320, 420}, false, 600'000};
        QCOMPARE(*dispatchRulesOf(toJson(rules)), rules);
        QVERIFY(toJson(DispatchRules()).isEmpty());
        QCOMPARE(*dispatchRulesOf({}), DispatchRules());
    }

    void rulesNameWhatIsWrong()
    {
        QCOMPARE(refused(dispatchRulesOf, R"({"hold_ms": "long"})"), QStringLiteral("hold_ms"));
        QCOMPARE(refused(dispatchRulesOf, R"({"hold_ms": -5})"), QStringLiteral("hold_ms"));
        QCOMPARE(refused(dispatchRulesOf, R"({"quiet_hours": "at night"})"), QStringLiteral("quiet_hours"));
        QCOMPARE(refused(dispatchRulesOf, R"({"quiet_hours": 22})"), QStringLiteral("quiet_hours"));
        QCOMPARE(refused(dispatchRulesOf, R"({"next_account": 1})"), QStringLiteral("next_account"));
        QCOMPARE(refused(dispatchRulesOf, R"({"next_channel_after_ms": 1e13})"), QStringLiteral("next_channel_after_ms"));
        QCOMPARE(refused(dispatchRulesOf, R"({"next_chanel": 1})"), QStringLiteral("next_chanel"));
    }

    void controlReadsWhatItWrites()
    {
        CampaignControl control;
        QCOMPARE(*campaignControlOf(toJson(control)), control);
        QVERIFY(toJson(control).isEmpty());
        control.perMinute = 0.5;
        control.holdMs = 0; // not the same as nothing: it overrules the topic's
        control.canary = {100, 1.5, 0};
        QCOMPARE(*campaignControlOf(toJson(control)), control);
    }

    void controlNamesWhatIsWrong()
    {
        QCOMPARE(refused(campaignControlOf, R"({"per_minute": -1})"), QStringLiteral("per_minute"));
        QCOMPARE(refused(campaignControlOf, R"({"hold_ms": -1})"), QStringLiteral("hold_ms"));
        QCOMPARE(refused(campaignControlOf, R"({"hold_ms": 2592000001})"), QStringLiteral("hold_ms"));
        QCOMPARE(refused(campaignControlOf, R"({"canary": 5})"), QStringLiteral("canary"));
        QCOMPARE(refused(campaignControlOf, R"({"canary": {"percent": 101}})"), QStringLiteral("canary"));
        QCOMPARE(refused(campaignControlOf, R"({"canary": {"count": 1.5}})"), QStringLiteral("canary"));
        QCOMPARE(refused(campaignControlOf, R"({"throttle": 5})"), QStringLiteral("throttle"));
    }

    void aCanaryIsTheLargerOfItsTwoSizes()
    {
        QVERIFY(!Canary().isOn());
        const Canary canary{100, 1, 5};
        QCOMPARE(canary.sizeOf(50), 50);
        QCOMPARE(canary.sizeOf(1'000), 100);
        QCOMPARE(canary.sizeOf(1'000'000), 10'000);
        QCOMPARE((Canary{0, 1, 5}).sizeOf(101), 2);
        QCOMPARE((Canary{0, 1, 5}).sizeOf(0), 0);
    }

    void limitsReadWhatTheyWrite()
    {
        const AccountLimits limits{0.2, 50, 20, 1.5, 1, 2, false};
        QCOMPARE(*accountLimitsOf(toJson(limits)), limits);
        QVERIFY(toJson(AccountLimits()).isEmpty());
        const AccountLimits byMinute
            = *accountLimitsOf({{QStringLiteral("per_minute"), 30}, {QStringLiteral("destination_per_minute"), 6}});
        QCOMPARE(byMinute, (AccountLimits{.perSecond = 0.5, .destinationPerSecond = 0.1}));
    }

    void limitsThatNobodyReadAreCheckedToo()
    {
        QVERIFY(check(AccountLimits{.perSecond = 14, .inFlight = 3}));
        QCOMPARE(check(AccountLimits{.perSecond = -1}).error().field, QStringLiteral("per_second"));
        QCOMPARE(check(AccountLimits{.perSecond = std::nan("")}).error().field, QStringLiteral("per_second"));
        QCOMPARE(check(AccountLimits{.destinationInFlight = -3}).error().field, QStringLiteral("destination_in_flight"));
    }

    void limitsNameWhatIsWrong()
    {
        QCOMPARE(refused(accountLimitsOf, R"({"per_second": "fast"})"), QStringLiteral("per_second"));
        QCOMPARE(refused(accountLimitsOf, R"({"burst": 1.5})"), QStringLiteral("burst"));
        QCOMPARE(refused(accountLimitsOf, R"({"in_flight": 1000000})"), QStringLiteral("in_flight"));
        QCOMPARE(refused(accountLimitsOf, R"({"destination_per_second": -1})"), QStringLiteral("destination_per_second"));
        QCOMPARE(refused(accountLimitsOf, R"({"destination_burst": null, "destination_in_flight": []})"),
                 QStringLiteral("destination_in_flight"));
        QCOMPARE(refused(accountLimitsOf, R"({"adapt": "yes"})"), QStringLiteral("adapt"));
        QCOMPARE(refused(accountLimitsOf, R"({"perSecond": 1})"), QStringLiteral("perSecond"));
        QCOMPARE(refused(accountLimitsOf, R"({"per_second": 1, "per_minute": 60})"), QStringLiteral("per_minute"));
        QCOMPARE(refused(accountLimitsOf, R"({"destination_per_minute": -1})"), QStringLiteral("destination_per_minute"));
    }

    void destinations()
    {
        const QString email = QStringLiteral("email");
        QCOMPARE(destinationOf(email, QStringLiteral("Ana@Mail.Example")), QStringLiteral("mail.example"));
        QCOMPARE(destinationOf(email, QStringLiteral("\"a@b\"@x.org")), QStringLiteral("x.org"));
        QCOMPARE(destinationOf(QStringLiteral("slack"), QStringLiteral("#Ops@home")), QStringLiteral("#Ops@home"));
    }
};

QTEST_GUILESS_MAIN(DispatchRulesTest)
#include "DispatchRulesTest.moc"
