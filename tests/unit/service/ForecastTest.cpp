// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Forecast.h"

#include <QDateTime>
#include <QTest>

using namespace carillon;

namespace {

const QTimeZone madrid("Europe/Madrid");

qint64 at(const char* text)
{
    return QDateTime(QDate::fromString(QString::fromLatin1(text).left(10), Qt::ISODate),
                     QTime::fromString(QString::fromLatin1(text).mid(11), QStringLiteral("HH:mm")), madrid)
        .toMSecsSinceEpoch();
}

SendWindow window(const char* hours, int days = 0b1111111)
{
    return {*DayPart::parse(QString::fromLatin1(hours)), days, {}};
}

Pace pace(const char* now, qint64 remaining, double perMinute)
{
    return {at(now), remaining, perMinute, 0, false, 0};
}

} // namespace

class ForecastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEndIsWhatIsLeftOverTheRate()
    {
        QCOMPARE(Forecast(pace("2026-06-01T10:00", 600, 60)).endsAt(), at("2026-06-01T10:10"));
        QCOMPARE(Forecast(pace("2026-06-01T10:00", 0, 60)).endsAt(), at("2026-06-01T10:00"));
        QCOMPARE(Forecast(pace("2026-06-01T10:00", 600, 0)).endsAt(), 0); // nothing was measured, nothing is known
        QCOMPARE(Forecast(pace("2026-06-01T10:00", 1'000'000'000'000, 0.001)).endsAt(), 0); // beyond any year
    }

    void aLimitCountsAtOnce()
    {
        Pace throttled = pace("2026-06-01T10:00", 600, 6'000);
        throttled.boundPerMinute = 60;
        QCOMPARE(Forecast(throttled).endsAt(), at("2026-06-01T10:10")); // lowered a moment ago
        throttled.limited = true;
        throttled.perMinute = 1;
        QCOMPARE(Forecast(throttled).endsAt(), at("2026-06-01T10:10")); // raised a moment ago
        throttled.limited = false;
        throttled.perMinute = 30;
        QCOMPARE(Forecast(throttled).endsAt(), at("2026-06-01T10:20")); // the wire is slower than the limit
        throttled.perMinute = 0;
        QCOMPARE(Forecast(throttled).endsAt(), at("2026-06-01T10:10"));
        throttled.opensAt = at("2026-06-01T12:00");
        QCOMPARE(Forecast(throttled).endsAt(), at("2026-06-01T12:10"));
    }

    void aWindowPutsTheRestOff()
    {
        const Forecast forecast(pace("2026-06-01T17:30", 60 * 60, 60)); // an hour's worth, on a Monday
        QVERIFY(forecast.leaves(window("09:00-18:00"), madrid));
        QCOMPARE(forecast.endsWithin(window("09:00-18:00"), madrid), at("2026-06-02T09:30"));
        QCOMPARE(forecast.endsWithin(window("09:00-18:00", 0b0000001), madrid), at("2026-06-08T09:30")); // Mondays alone
        QVERIFY(!forecast.leaves(window("09:00-18:30"), madrid));
        QCOMPARE(forecast.endsWithin(window("09:00-18:30"), madrid), at("2026-06-01T18:30"));
    }

    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin()
    {
        const Forecast early(pace("2026-06-02T01:00", 60, 60)); // Tuesday, one minute's worth
        QVERIFY(!early.leaves(window("22:00-02:00", 0b0000001), madrid)); // began on Monday
        QVERIFY(early.leaves(window("22:00-02:00", 0b0000010), madrid));
        QCOMPARE(early.endsWithin(window("22:00-02:00", 0b0000010), madrid), at("2026-06-02T22:01"));
    }

    void theWindowHangsInItsZone()
    {
        SendWindow tokyo = window("09:00-18:00");
        tokyo.zone = QStringLiteral("Asia/Tokyo");
        const Forecast forecast(pace("2026-06-01T12:00", 60, 60)); // 19:00 in Tokyo
        QVERIFY(forecast.leaves(tokyo, madrid));
        QCOMPARE(forecast.endsWithin(tokyo, madrid), at("2026-06-02T02:01"));
        QVERIFY(!forecast.leaves(window("09:00-18:00"), madrid));
    }

    void anHourThatIsSkippedMakesTheOpeningShorter()
    {
        // Clocks went from 02:00 to 03:00 on 29 March: 01:00-04:00 was two hours long.
        const Forecast forecast(pace("2026-03-29T01:00", 150, 1));
        QCOMPARE(forecast.endsWithin(window("01:00-04:00"), madrid), at("2026-03-30T01:30"));
    }

    void aWindowThatNeverOpensGivesNoEnd()
    {
        const Forecast forecast(pace("2026-06-01T10:00", 600, 60));
        QCOMPARE(forecast.endsWithin(window("09:00-18:00", 0), madrid), 0);
        QVERIFY(forecast.leaves(window("09:00-18:00", 0), madrid));
    }
};

QTEST_GUILESS_MAIN(ForecastTest)
#include "ForecastTest.moc"
