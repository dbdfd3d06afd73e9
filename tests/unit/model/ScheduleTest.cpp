// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Schedule.h"
#include "engine/model/DispatchRules.h"

#include <QJsonDocument>
#include <QTest>

using namespace carillon;

namespace {

QJsonObject json(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites()
    {
        Schedule schedule;
        schedule.kind = ScheduleKind::Recurring;
        schedule.localTime = QStringLiteral("2026-12-01T09:00");
        schedule.zone = QStringLiteral("Europe/Madrid");
        schedule.rule = QStringLiteral("FREQ=WEEKLY;BYDAY=MO,TH");
        schedule.window = SendWindow{{22 * 60, 5 * 60 + 30}, 0b0011111, QStringLiteral("Asia/Kathmandu")};
        schedule.missed = MissedPolicy::Send;
        schedule.missedWithinMs = 3'600'000;
        schedule.expiresAfterMs = 86'400'000;
        QCOMPARE(*scheduleOf(toJson(schedule)), schedule);
        QCOMPARE(*scheduleOf(toJson(Schedule())), Schedule());
        QVERIFY(toJson(Schedule()).isEmpty());
        for (const MissedPolicy missed : {MissedPolicy::Ask, MissedPolicy::Send, MissedPolicy::Skip}) {
            schedule.missed = missed;
            QCOMPARE(*scheduleOf(toJson(schedule)), schedule);
        }
    }

    void readsTheExampleOfItsHeader()
    {
        const Result<Schedule> schedule = scheduleOf(json(
            R"({"kind": "recurring", "local_time": "2026-12-01T09:00", "zone": "Europe/Madrid", "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
                "window": {"hours": "09:00-18:00", "days": "MO,TU,WE,TH,FR", "zone": ""},
                "missed": "send", "missed_within_ms": 3600000, "expires_after_ms": 86400000})"));
        QVERIFY2(schedule, schedule ? "" : qPrintable(schedule.error().message));
        QCOMPARE(schedule->window->days, 0b0011111);
        QCOMPARE(schedule->window->hours, (DayPart{540, 1080}));
    }

    void refusesAndNamesTheMember_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* text, const char* field) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(field);
        };
        row(R"({"kind": "sometimes"})", "kind");
        row(R"({"kind": ""})", "kind");
        row(R"({"kind": 7})", "kind");
        row(R"({"local_time": "2026-13-01T09:00"})", "local_time");
        row(R"({"local_time": "2026-02-30T09:00"})", "local_time");
        row(R"({"local_time": "2026-02-03 09:00"})", "local_time");
        row(R"({"local_time": "2026-02-03T24:00"})", "local_time");
        row(R"({"local_time": "2026-02-03T09:00:00"})", "local_time");
        row(R"({"zone": "Europe/Atlantis"})", "zone");
        row(R"({"rule": 1})", "rule");
        row(R"({"missed": "perhaps"})", "missed");
        row(R"({"missed_within_ms": -1})", "missed_within_ms");
        row(R"({"missed_within_ms": 0.5})", "missed_within_ms");
        row(R"({"expires_after_ms": 1e15})", "expires_after_ms");
        row(R"({"window": "09:00-18:00"})", "window");
        row(R"({"window": {"hours": "9 to 5"}})", "window");
        row(R"({"window": {"hours": "09:00-09:00"}})", "window");
        row(R"({"window": {"days": "MO,XX"}})", "window");
        row(R"({"window": {"days": ""}})", "window");
        row(R"({"window": {"zone": "Nowhere"}})", "window");
        row(R"({"window": {"colour": "red"}})", "window");
        row(R"({"windows": {}})", "windows");
    }

    void refusesAndNamesTheMember()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, field);
        const Result<Schedule> schedule = scheduleOf(json(text));
        QVERIFY(!schedule);
        QCOMPARE(schedule.error().code, ErrorCode::InvalidInput);
        QCOMPARE(schedule.error().field, field);
        QVERIFY(!schedule.error().message.isEmpty());
    }

    void aNullIsNoMember() { QCOMPARE(*scheduleOf(json(R"({"zone": null, "window": null})")), Schedule()); }

    void partsOfADay()
    {
        for (const char* text : {"09:00-18:00", "22:00-07:00", "00:00-24:00", "00:00-00:01", "23:59-24:00"})
            QCOMPARE(DayPart::parse(QString::fromLatin1(text))->text(), QString::fromLatin1(text));
        for (const char* text : {"", "09:00", "09:00-18:00-19:00", "24:00-09:00", "09:00-25:00", "09:00-18:60", "a-b", "-"})
            QVERIFY2(!DayPart::parse(QString::fromLatin1(text)), text);
        const DayPart day{540, 1080};
        QVERIFY(day.holds(540) && day.holds(1079) && !day.holds(1080) && !day.holds(539));
        const DayPart night{1320, 420};
        QVERIFY(night.holds(1320) && night.holds(1439) && night.holds(0) && night.holds(419) && !night.holds(420)
                && !night.holds(1319));
        const DayPart whole{0, 1440};
        QVERIFY(whole.holds(0) && whole.holds(1439));
    }

    void weekdays()
    {
        for (int days = 0; days < 128; ++days)
            QCOMPARE(weekdaysOf(weekdaysText(days)), std::optional(days));
        QCOMPARE(weekdaysOf(QStringLiteral(" mo , su")), std::optional(0b1000001));
        QVERIFY(!weekdaysOf(QStringLiteral("MO,2TU")));
    }

    // The hour is missing in most of Europe on that day, and a wall clock time all the same.
    void everyHourIsAWallTime()
    {
        const QByteArray before = qgetenv("TZ");
        qputenv("TZ", "Europe/Madrid");
        QCOMPARE(wallTimeOf(QStringLiteral("2026-03-29T02:30")), std::optional<qint64>(1'774'751'400'000));
        qputenv("TZ", before);
        QCOMPARE(wallTimeText(1'774'751'400'000), QStringLiteral("2026-03-29T02:30"));
        QCOMPARE(wallTimeOf(QStringLiteral("1970-01-01T00:00")), std::optional<qint64>(0));
    }
};

QTEST_GUILESS_MAIN(ScheduleTest)
#include "ScheduleTest.moc"
