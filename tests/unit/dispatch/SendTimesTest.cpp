// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/SendTimes.h"
#include "engine/base/Random.h"
#include "engine/model/Delivery.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

qint64 utc(const char* text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch();
}

QString text(std::optional<qint64> time)
{
    return time ? QDateTime::fromMSecsSinceEpoch(*time, Qt::UTC).toString(Qt::ISODate) : QStringLiteral("never");
}

Topic topicOf(Category category, const char* quiet = nullptr)
{
    Topic topic;
    topic.category = category;
    if (quiet)
        topic.rules.quietHours = DayPart::parse(QString::fromLatin1(quiet)).value();
    return topic;
}

Schedule windowed(const char* hours, int days = 0b1111111, const char* zone = "")
{
    Schedule schedule;
    schedule.window = SendWindow{DayPart::parse(QString::fromLatin1(hours)).value(), days, QString::fromLatin1(zone)};
    return schedule;
}

ContactTime contact(const char* zone, const char* quiet = "")
{
    return {QString::fromLatin1(zone), QString::fromLatin1(quiet)};
}

} // namespace

class SendTimesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoHasNoRulesGoesAtOnce()
    {
        SendTimes times({}, topicOf(Category::Transactional), {});
        QVERIFY(times.asks() == SendTimes::Asks::Nobody);
        QCOMPARE(times.earliest(12'345, contact("Asia/Tokyo", "00:00-24:00")), std::optional<qint64>(12'345));
    }

    void aWindowInTheContactsZoneOrItsOwn()
    {
        SendTimes own(windowed("09:00-18:00", 0b0011111), topicOf(Category::Transactional), QStringLiteral("Europe/Madrid"));
        QVERIFY(own.asks() == SendTimes::Asks::Everybody);
        const qint64 friday = utc("2026-11-20T16:30:00Z"); // 17:30 in Madrid, 01:30 of Saturday in Tokyo
        QCOMPARE(own.earliest(friday, contact("")), std::optional(friday));
        QCOMPARE(text(own.earliest(friday, contact("Asia/Tokyo"))), QStringLiteral("2026-11-23T00:00:00Z"));
        QCOMPARE(text(own.earliest(friday + hourMs, contact("Europe/Madrid"))), QStringLiteral("2026-11-23T08:00:00Z"));
        QCOMPARE(own.earliest(friday, contact("Not/AZone")), std::optional(friday));
        SendTimes fixed(windowed("09:00-18:00", 0b1111111, "Asia/Tokyo"), topicOf(Category::Transactional), {});
        QVERIFY(fixed.asks() == SendTimes::Asks::Nobody);
        QCOMPARE(text(fixed.earliest(friday, contact("Europe/Madrid"))), QStringLiteral("2026-11-21T00:00:00Z"));
        QCOMPARE(text(fixed.windowOpens(friday)), QStringLiteral("2026-11-21T00:00:00Z"));
    }

    void aWindowOverMidnightBelongsToTheDayItBeginsOn()
    {
        SendTimes times(windowed("22:00-02:00", 0b0010000), topicOf(Category::Transactional), {}); // Fridays
        QCOMPARE(text(times.earliest(utc("2026-11-21T01:59:00Z"), {})), QStringLiteral("2026-11-21T01:59:00Z"));
        QCOMPARE(text(times.earliest(utc("2026-11-21T02:00:00Z"), {})), QStringLiteral("2026-11-27T22:00:00Z"));
        QCOMPARE(text(times.earliest(utc("2026-11-20T01:00:00Z"), {})), QStringLiteral("2026-11-20T22:00:00Z"));
    }

    void whoseQuietHoursHold()
    {
        const qint64 night = utc("2026-11-21T23:00:00Z");
        const QString morning = QStringLiteral("2026-11-22T07:00:00Z");
        SendTimes marketing({}, topicOf(Category::Marketing), {});
        QVERIFY(marketing.asks() == SendTimes::Asks::WhoHasQuietHours);
        QCOMPARE(text(marketing.earliest(night, contact("", "22:00-07:00"))), morning);
        QCOMPARE(marketing.earliest(night, contact("")), std::optional(night));
        SendTimes quiet({}, topicOf(Category::Marketing, "22:00-07:00"), {});
        QVERIFY(quiet.asks() == SendTimes::Asks::Everybody);
        QCOMPARE(text(quiet.earliest(night, contact(""))), morning);
        QCOMPARE(quiet.earliest(night, contact("", "none")), std::optional(night));
        QCOMPARE(text(quiet.earliest(night, contact("", "22:30-06:00"))), QStringLiteral("2026-11-22T06:00:00Z"));
        QCOMPARE(text(quiet.earliest(night, contact("", "rubbish"))), morning);
        SendTimes system({}, topicOf(Category::System), {});
        QCOMPARE(system.earliest(night, contact("", "22:00-07:00")), std::optional(night));
        SendTimes quietSystem({}, topicOf(Category::System, "01:00-02:00"), {});
        QCOMPARE(text(quietSystem.earliest(night, contact("", "22:00-07:00"))), morning);
    }

    void whatExcludesEachOtherIsNever()
    {
        SendTimes times(windowed("22:00-06:00"), topicOf(Category::Marketing, "21:00-07:00"), {});
        QVERIFY(!times.earliest(0, {}));
        QVERIFY(times.earliest(0, contact("", "none")));
        QCOMPARE(times.due(0, {}).leftOut, LeftOutReason::NoSendTime);
        SendTimes always({}, topicOf(Category::Marketing), {});
        QVERIFY(!always.earliest(0, contact("Europe/Madrid", "00:00-24:00")));
        Schedule noDay = windowed("09:00-18:00");
        noDay.window->days = 0;
        QVERIFY(!SendTimes(noDay, topicOf(Category::Marketing), {}).earliest(0, {}));
    }

    void inTheContactsOwnZone()
    {
        Schedule schedule;
        schedule.kind = ScheduleKind::ContactZone;
        schedule.localTime = QStringLiteral("2026-12-24T09:00");
        schedule.missedWithinMs = 2 * hourMs;
        SendTimes times(schedule, topicOf(Category::Transactional), QStringLiteral("Europe/Madrid"));
        const qint64 now = utc("2026-12-24T02:00:00Z");
        QCOMPARE(text(times.due(now, contact("")).at), QStringLiteral("2026-12-24T08:00:00Z"));
        QCOMPARE(text(times.due(now, contact("America/New_York")).at), QStringLiteral("2026-12-24T14:00:00Z"));
        QCOMPARE(times.due(now, contact("Asia/Shanghai")).at, now); // an hour ago: not too late
        QCOMPARE(times.due(now, contact("Asia/Tokyo")).at, now); // two hours ago, to the minute
        QCOMPARE(times.due(now, contact("Australia/Brisbane")).leftOut, LeftOutReason::HourPassed);
        QCOMPARE(times.due(now + 1, contact("Asia/Tokyo")).leftOut, LeftOutReason::HourPassed);
        const qint64 wall = *wallTimeOf(schedule.localTime);
        QCOMPARE(WallClock(QStringLiteral("Pacific/Kiritimati")).utcOf(wall), SendTimes::firstHour(wall));
        QCOMPARE(WallClock(QStringLiteral("Etc/GMT+12")).utcOf(wall), SendTimes::lastHour(wall));
    }

    void expiryCountsFromTheHourItIsDue()
    {
        Schedule schedule = windowed("09:00-18:00");
        schedule.expiresAfterMs = hourMs;
        Topic topic = topicOf(Category::Transactional);
        QCOMPARE(SendTimes(schedule, topic, {}).due(0, {}).expiresAt, 10 * hourMs);
        topic.lifetimeMs = 30 * minuteMs;
        QCOMPARE(SendTimes(schedule, topic, {}).due(0, {}).expiresAt, 9 * hourMs + 30 * minuteMs);
        schedule.expiresAfterMs = 0;
        QCOMPARE(SendTimes(schedule, topic, {}).due(0, {}).expiresAt, 9 * hourMs + 30 * minuteMs);
        topic.lifetimeMs = 0;
        QCOMPARE(SendTimes(schedule, topic, {}).due(0, {}).expiresAt, 0);
    }

    // Against a look at every minute with QTimeZone, around the days on which clocks change.
    void isTheFirstMinuteThatFits()
    {
        SeededRandom random(11);
        static const char* zones[] = {"Europe/Madrid",  "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
                                      "Asia/Kathmandu", "America/Santiago", "Africa/Casablanca",   "UTC"};
        static const char* changes[]
            = {"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z",
               "2026-04-04T15:00:00Z", "2011-12-30T10:00:00Z", "2026-09-06T04:00:00Z", "2026-10-03T15:30:00Z"};
        const auto part = [&] {
            const int from = int(random.below(96)) * 15;
            return DayPart{from, (from + 15 + int(random.below(95)) * 15) % 1440};
        };
        int found = 0;
        for (int i = 0; i < 400; ++i) {
            const QString zone = QString::fromLatin1(zones[random.below(std::size(zones))]);
            Schedule schedule;
            if (random.below(4))
                schedule.window = SendWindow{part(), int(random.below(127)) + 1,
                                             random.below(2) ? QString() : QString::fromLatin1(zones[random.below(8)])};
            const ContactTime who{zone, random.below(4) ? part().text() : QString()};
            SendTimes times(schedule, topicOf(Category::Marketing), {});
            const qint64 at = utc(changes[random.below(std::size(changes))]) + (qint64(random.below(96)) - 90) * hourMs / 2;
            const std::optional<qint64> ours = times.earliest(at, who);
            const std::optional<qint64> theirs = firstMinute(schedule.window, who, at);
            QVERIFY2(ours == theirs,
                     qPrintable(text(at) + u' ' + zone + u' ' + who.quietHours + u' ' + text(ours) + u' ' + text(theirs)));
            found += ours.has_value();
        }
        QVERIFY(found > 200);
    }

    void isCheap()
    {
        SendTimes times(windowed("09:00-18:00", 0b0011111), topicOf(Category::Marketing, "12:00-14:00"), {});
        const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
        QList<ContactTime> contacts;
        for (qsizetype i = 0; i < 100'000; ++i)
            contacts << ContactTime{QString::fromLatin1(zones.at(i % zones.size())),
                                    i % 3 ? QString() : QStringLiteral("21:00-08:00")};
        qint64 sum = 0;
        QElapsedTimer timer;
        timer.start();
        for (const ContactTime& who : std::as_const(contacts))
            sum += times.due(utc("2026-11-21T12:11:00Z"), who).at;
        const double each = double(timer.nsecsElapsed()) / double(contacts.size());
        qInfo("%.0f ns a contact, %lld zones looked up among them", each, qlonglong(zones.size()));
        QVERIFY(sum > 0);
        QVERIFY(each < 50'000); // some hundred; a look-up in QTimeZone for each is beyond
    }

private:
    static bool fits(const std::optional<SendWindow>& window, const ContactTime& who, qint64 at)
    {
        const auto shows = [&](const QString& zone) {
            return QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toTimeZone(QTimeZone(zone.toLatin1()));
        };
        const QTime own = shows(who.zone).time();
        if (!who.quietHours.isEmpty() && DayPart::parse(who.quietHours)->holds(own.hour() * 60 + own.minute()))
            return false;
        if (!window)
            return true;
        const QDateTime there = shows(window->zone.isEmpty() ? who.zone : window->zone);
        const int minute = there.time().hour() * 60 + there.time().minute();
        const bool yesterday = window->hours.from >= window->hours.to && minute < window->hours.to;
        const int day = (there.date().dayOfWeek() - 1 + (yesterday ? 6 : 0)) % 7;
        return window->hours.holds(minute) && (window->days & (1 << day));
    }

    static std::optional<qint64> firstMinute(const std::optional<SendWindow>& window, const ContactTime& who, qint64 at)
    {
        for (qint64 time = at; time < at + 15 * dayMs; time += 15 * minuteMs) {
            if (fits(window, who, time))
                return time;
        }
        return std::nullopt;
    }
};

QTEST_GUILESS_MAIN(SendTimesTest)
#include "SendTimesTest.moc"
