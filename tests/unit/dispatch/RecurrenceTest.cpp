// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recurrence.h"
#include "engine/base/Random.h"

#include <QElapsedTimer>
#include <QTest>

using namespace carillon;

namespace {

qint64 utc(const char* text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch();
}

Recurrence recurrence(const char* rule, const char* start, const char* zone)
{
    Schedule schedule;
    schedule.rule = QString::fromLatin1(rule);
    schedule.localTime = QString::fromLatin1(start);
    return Recurrence::of(schedule, QString::fromLatin1(zone)).value();
}

QStringList texts(const QList<qint64>& times)
{
    QStringList list;
    for (const qint64 time : times)
        list << QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mmZ"));
    return list;
}

} // namespace

class RecurrenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsItsHourOverDaylightSaving()
    {
        const Recurrence daily = recurrence("FREQ=DAILY", "2026-03-28T09:00", "Europe/Madrid");
        QCOMPARE(texts(daily.following(0, 3)),
                 (QStringList{QStringLiteral("2026-03-28T08:00Z"), QStringLiteral("2026-03-29T07:00Z"),
                              QStringLiteral("2026-03-30T07:00Z")}));
    }

    // 02:30 is not there on 29 March, and there twice on 25 October.
    void anHourThatIsSkippedOrTwice()
    {
        const Recurrence daily = recurrence("FREQ=DAILY", "2026-03-28T02:30", "Europe/Madrid");
        QCOMPARE(texts(daily.following(utc("2026-03-28T12:00:00Z"), 2)),
                 (QStringList{QStringLiteral("2026-03-29T01:30Z"), QStringLiteral("2026-03-30T00:30Z")}));
        QCOMPARE(texts(daily.following(utc("2026-10-24T12:00:00Z"), 2)),
                 (QStringList{QStringLiteral("2026-10-25T00:30Z"), QStringLiteral("2026-10-26T01:30Z")}));
    }

    // Samoa had no 30 December 2011; an occurrence is not given twice for it.
    void aDayThatIsSkipped()
    {
        const Recurrence daily = recurrence("FREQ=DAILY;COUNT=4", "2011-12-29T09:00", "Pacific/Apia");
        QCOMPARE(texts(daily.following(0, 9)),
                 (QStringList{QStringLiteral("2011-12-29T19:00Z"), QStringLiteral("2011-12-30T19:00Z"),
                              QStringLiteral("2011-12-31T19:00Z")}));
    }

    void nextIsAfterAndLatestUpTo()
    {
        const Recurrence weekly = recurrence("FREQ=WEEKLY;BYDAY=MO,TH", "2026-12-01T09:00", "UTC");
        const qint64 thursday = utc("2026-12-03T09:00:00Z");
        const qint64 monday = utc("2026-12-07T09:00:00Z");
        QCOMPARE(weekly.next(thursday - 1), std::optional(thursday));
        QCOMPARE(weekly.next(thursday), std::optional(monday));
        QCOMPARE(weekly.latest(0, thursday), std::optional(thursday));
        QCOMPARE(weekly.latest(0, monday - 1), std::optional(thursday));
        QCOMPARE(weekly.latest(thursday, monday - 1), std::optional<qint64>());
        QCOMPARE(weekly.latest(0, thursday - 1), std::optional<qint64>());
    }

    void ends()
    {
        QCOMPARE(recurrence("FREQ=DAILY;COUNT=3", "2026-01-01T09:00", "UTC").following(0, 100).size(), 3);
        QCOMPARE(recurrence("FREQ=DAILY;UNTIL=20260105", "2026-01-01T09:00", "UTC").following(0, 100).size(), 5);
        QCOMPARE(recurrence("FREQ=DAILY;UNTIL=20260105T090000", "2026-01-01T09:00", "UTC").following(0, 100).size(), 5);
        QCOMPARE(
            recurrence("FREQ=DAILY;UNTIL=20260105T075959Z", "2026-01-01T09:00", "Europe/Madrid").following(0, 100).size(),
            4);
        QVERIFY(!recurrence("FREQ=DAILY;COUNT=3", "2026-01-01T09:00", "UTC").next(utc("2026-01-03T09:00:00Z")));
    }

    void aRuleWithoutAnyDayComesToAnEnd()
    {
        for (const char* rule : {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
                                 "FREQ=YEARLY;BYDAY=53MO;BYMONTH=1", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6;INTERVAL=7",
                                 "FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30"}) {
            QElapsedTimer timer;
            timer.start();
            QVERIFY(!recurrence(rule, "2026-01-01T09:00", "America/New_York").next(0));
            QVERIFY(timer.elapsed() < 2'000); // some milliseconds
        }
    }

    void looksFarAheadCheaply()
    {
        const Recurrence daily = recurrence("FREQ=DAILY", "1971-01-01T09:00", "Europe/Madrid");
        QCOMPARE(texts(daily.following(utc("2069-07-01T12:00:00Z"), 1)), QStringList{QStringLiteral("2069-07-02T07:00Z")});
        QVERIFY(!daily.next(utc("2271-06-01T00:00:00Z")));
    }

    void refusesAndSaysWhy_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* rule, const char* word) {
            QTest::newRow(rule) << QString::fromLatin1(rule) << QString::fromLatin1(word);
        };
        row("", "FREQ");
        row("every day", "every day");
        row("COUNT=3", "FREQ");
        row("FREQ=HOURLY", "HOURLY");
        row("FREQ=DAILY;BYHOUR=9", "BYHOUR");
        row("FREQ=DAILY;FREQ=WEEKLY", "twice");
        row("FREQ=DAILY;INTERVAL=0", "INTERVAL");
        row("FREQ=DAILY;INTERVAL=1001", "INTERVAL");
        row("FREQ=DAILY;COUNT=0", "COUNT");
        row("FREQ=DAILY;COUNT=10001", "COUNT");
        row("FREQ=DAILY;COUNT=-1", "COUNT");
        row("FREQ=DAILY;COUNT=3;UNTIL=20270101", "UNTIL");
        row("FREQ=DAILY;UNTIL=2027-01-01", "UNTIL");
        row("FREQ=DAILY;UNTIL=20270230", "UNTIL");
        row("FREQ=DAILY;UNTIL=20270101Z", "UNTIL");
        row("FREQ=DAILY;UNTIL=20270101T2500", "UNTIL");
        row("FREQ=DAILY;BYDAY=2MO", "2TU");
        row("FREQ=WEEKLY;BYDAY=-1FR", "2TU");
        row("FREQ=MONTHLY;BYDAY=0MO", "0MO");
        row("FREQ=MONTHLY;BYDAY=54MO", "54MO");
        row("FREQ=MONTHLY;BYDAY=XX", "XX");
        row("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY");
        row("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY");
        row("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY");
        row("FREQ=YEARLY;BYMONTH=13", "BYMONTH");
        row("FREQ=YEARLY;BYMONTH=-1", "BYMONTH");
        row("FREQ=YEARLY;BYSETPOS=1", "BYSETPOS");
        row("FREQ=DAILY;WKST=XX", "WKST");
        row("FREQ=", "FREQ=");
    }

    void refusesAndSaysWhy()
    {
        QFETCH(QString, rule);
        QFETCH(QString, word);
        const Result<RecurrenceRule> parsed = RecurrenceRule::parse(rule);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().field, QStringLiteral("rule"));
        QVERIFY2(parsed.error().message.contains(word), qPrintable(parsed.error().message));
    }

    void refusesAStartThatIsNone()
    {
        Schedule schedule;
        schedule.rule = QStringLiteral("FREQ=DAILY");
        QCOMPARE(Recurrence::of(schedule, {}).error().field, QStringLiteral("local_time"));
    }

    // Whatever the text: a rule or an error, and a rule comes to an answer.
    void takesAnyText()
    {
        SeededRandom random(7);
        static const char* pieces[] = {"FREQ=",     "DAILY",     "WEEKLY", "MONTHLY",  "YEARLY",      ";",        "=",
                                       "BYDAY=",    "-1FR",      "2MO",    ",",        "BYMONTHDAY=", "31",       "-31",
                                       "BYSETPOS=", "-1",        "UNTIL=", "20270101", "T000000Z",    "COUNT=",   "WKST=",
                                       "SU",        "INTERVAL=", "999",    "RRULE:",   " ",           "\xC3\xA9", "0"};
        int good = 0;
        for (int i = 0; i < 20'000; ++i) {
            QString text = random.below(2) ? QStringLiteral("FREQ=MONTHLY;") : QString();
            for (quint64 n = random.below(9); n > 0; --n)
                text += QString::fromUtf8(pieces[random.below(std::size(pieces))]);
            Schedule schedule;
            schedule.rule = text;
            schedule.localTime = QStringLiteral("2026-01-31T09:00");
            const Result<Recurrence> recurrence = Recurrence::of(schedule, {});
            QVERIFY(recurrence || !recurrence.error().message.isEmpty());
            if (recurrence && ++good % 50 == 0)
                QVERIFY(recurrence->following(0, 3).size() <= 3);
        }
        QVERIFY(good > 100);
    }
};

QTEST_GUILESS_MAIN(RecurrenceTest)
#include "RecurrenceTest.moc"
