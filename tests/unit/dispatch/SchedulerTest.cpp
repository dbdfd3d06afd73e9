// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Scheduler.h"
#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/content/ContentReader.h"
#include "engine/dispatch/Recurrence.h"
#include "engine/dispatch/SendTimes.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Migrator.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QDateTime>
#include <QTest>

#include <algorithm>

using namespace carillon;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

qint64 utc(const char* text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toMSecsSinceEpoch();
}

QString text(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mmZ"));
}

Schedule recurring(const char* rule, const char* start, const char* zone)
{
    Schedule schedule;
    schedule.kind = ScheduleKind::Recurring;
    schedule.rule = QString::fromLatin1(rule);
    schedule.localTime = QString::fromLatin1(start);
    schedule.zone = QString::fromLatin1(zone);
    return schedule;
}

} // namespace

// What is started and when, with a clock that goes on for years, stops, and is put forward and back.
class SchedulerTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Connection> m_connection;
    qint64 m_topic = 0;
    qint64 m_now = 0;

    CampaignRepository campaigns() { return CampaignRepository(*m_connection); }
    Campaign find(qint64 id) { return *campaigns().find(id); }

    qint64 add(const Schedule& schedule, qint64 at)
    {
        Campaign campaign;
        campaign.name = QStringLiteral("News");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        campaign.data = {{QStringLiteral("coupon"), QStringLiteral("A1")}};
        campaign.schedule = schedule;
        campaign.control.perMinute = 60;
        campaign.scheduledAt = at;
        campaign.id = campaigns().save(campaign);
        pinContent(*m_connection, campaign);
        (void)campaigns().change(campaign.id, CampaignVerb::Schedule, QStringLiteral("test"), m_now);
        return campaign.id;
    }
    // A series that waits for its first hour after now.
    qint64 addSeries(const Schedule& schedule)
    {
        return add(schedule, *Recurrence::of(schedule, QStringLiteral("Europe/Madrid"))->next(m_now));
    }

    QList<Campaign> startAt(qint64 now)
    {
        m_now = now;
        return Scheduler(*m_connection, now).startDue();
    }
    std::optional<qint64> nextStart() { return Scheduler(*m_connection, m_now).nextStart(); }

    // The engine runs from now until then and looks as CampaignRunner does: when something is due, or a while after that.
    QList<qint64> runUntil(qint64 end)
    {
        QList<qint64> occurrences;
        for (std::optional<qint64> next = nextStart(); next && *next <= end; next = nextStart()) {
            for (const Campaign& started : startAt(qMax(m_now, *next)))
                occurrences << started.origin.occurrenceAt;
        }
        m_now = end;
        return occurrences;
    }

    QList<Campaign> children(qint64 series)
    {
        QList<Campaign> all = campaigns().inState({});
        all.removeIf([series](const Campaign& campaign) { return campaign.origin.seriesId != series; });
        return all;
    }

private Q_SLOTS:
    void init()
    {
        m_now = utc("2026-01-01T00:00:00Z");
        ManualClock clock(m_now);
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), clock).migrate(builtInMigrations()).has_value());
        Brand brand;
        brand.name = QStringLiteral("b");
        brand.timeZone = QStringLiteral("Europe/Madrid");
        Topic topic;
        topic.key = QStringLiteral("t");
        topic.brandId = BrandRepository(*m_connection).save(brand);
        m_topic = TopicRepository(*m_connection).save(topic);
        Template mail;
        mail.channel = QStringLiteral("email");
        mail.parts = {{QStringLiteral("subject"), QStringLiteral("first words")}};
        TemplateRepository(*m_connection).replaceForTopic(m_topic, {mail}, {{}, {}, m_now});
    }

    void startsInTimeAndOnce()
    {
        const qint64 at = utc("2026-05-01T09:00:00Z");
        const qint64 id = add({}, at);
        QCOMPARE(nextStart(), std::optional(at));
        QVERIFY(startAt(at - 1).isEmpty());
        QCOMPARE(startAt(at).size(), 1);
        QCOMPARE(find(id).state, CampaignState::Planning);
        QVERIFY(startAt(at + 1).isEmpty());
        QVERIFY(!nextStart());
    }

    void whatHasNoHourIsNeverMissed()
    {
        const qint64 id = add({}, 0);
        startAt(m_now + 30 * dayMs);
        QCOMPARE(find(id).state, CampaignState::Planning);
    }

    void whatWasMissedIsJudged_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<qint64>("within");
        QTest::addColumn<qint64>("late");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, MissedPolicy policy, qint64 within, qint64 late, CampaignState state) {
            QTest::newRow(name) << int(policy) << within << late << int(state);
        };
        const qint64 grace = SendTimes::GraceMs;
        row("a timer is late", MissedPolicy::Ask, 0, grace, CampaignState::Planning);
        row("ask", MissedPolicy::Ask, 0, grace + 1, CampaignState::Paused);
        row("ask whatever else is said", MissedPolicy::Ask, hourMs, grace + 1, CampaignState::Paused);
        row("send when not too late", MissedPolicy::Send, hourMs, hourMs, CampaignState::Planning);
        row("too late: ask", MissedPolicy::Send, hourMs, hourMs + 1, CampaignState::Paused);
        row("skip, but not yet", MissedPolicy::Skip, hourMs, hourMs, CampaignState::Planning);
        row("skip", MissedPolicy::Skip, hourMs, hourMs + 1, CampaignState::Cancelled);
        row("skip at once", MissedPolicy::Skip, 0, grace + 1, CampaignState::Cancelled);
    }
    void whatWasMissedIsJudged()
    {
        QFETCH(int, policy);
        QFETCH(qint64, within);
        QFETCH(qint64, late);
        QFETCH(int, state);
        Schedule schedule;
        schedule.missed = MissedPolicy(policy);
        schedule.missedWithinMs = within;
        const qint64 at = utc("2026-05-01T09:00:00Z");
        const qint64 id = add(schedule, at);
        startAt(at + late);
        QCOMPARE(find(id).state, CampaignState(state));
        QCOMPARE(find(id).pauseReason, CampaignState(state) == CampaignState::Paused ? PauseReason::Missed : QString());
        const QList<LogEntry> log = LogRepository(*m_connection).after(0, {}, 100);
        QCOMPARE(log.last().data.value(u"reason").toString(),
                 CampaignState(state) == CampaignState::Planning ? QString() : PauseReason::Missed);
    }

    // By the contacts' clocks it is over when the last of them has shown the hour.
    void theContactsOwnHourIsMissedWhenItHasPassedEverywhere()
    {
        Schedule schedule;
        schedule.kind = ScheduleKind::ContactZone;
        schedule.localTime = QStringLiteral("2026-05-01T09:00");
        const qint64 wall = *wallTimeOf(schedule.localTime);
        const qint64 early = add(schedule, SendTimes::firstHour(wall));
        startAt(SendTimes::lastHour(wall));
        QCOMPARE(find(early).state, CampaignState::Planning);
        const qint64 late = add(schedule, SendTimes::firstHour(wall));
        startAt(SendTimes::lastHour(wall) + SendTimes::GraceMs + 1);
        QCOMPARE(find(late).state, CampaignState::Paused);
    }

    void anOccurrenceIsACampaignOfItsOwn()
    {
        const qint64 series = addSeries(recurring("FREQ=DAILY", "2026-01-01T23:30", ""));
        Template other;
        other.channel = QStringLiteral("email");
        other.parts = {{QStringLiteral("subject"), QStringLiteral("other words")}};
        TemplateRepository(*m_connection).replaceForTopic(m_topic, {other}, {{}, {}, m_now});
        const qint64 at = utc("2026-01-01T22:30:00Z"); // by the brand's clock
        const QList<Campaign> started = startAt(at);
        QCOMPARE(started.size(), 1);
        const Campaign& child = started.first();
        QCOMPARE(child.state, CampaignState::Planning);
        QCOMPARE(child.name, QStringLiteral("News 2026-01-01"));
        QVERIFY((child.origin == CampaignOrigin{series, at, 0}));
        QCOMPARE(child.scheduledAt, at);
        QVERIFY(child.schedule.kind == ScheduleKind::At);
        QVERIFY(child.audience.everyone);
        QCOMPARE(child.data.value(u"coupon").toString(), QStringLiteral("A1"));
        QCOMPARE(child.control.perMinute, 60.0);
        QCOMPARE(TemplateRepository(*m_connection).pinned(child.id).first().parts.value(QStringLiteral("subject")),
                 QStringLiteral("first words"));
        QCOMPARE(find(series).state, CampaignState::Scheduled);
        QCOMPARE(find(series).scheduledAt, at + dayMs);
    }

    void aSeriesComesToItsEnd()
    {
        const qint64 series = addSeries(recurring("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3", "2026-01-05T09:00", "UTC"));
        QCOMPARE(runUntil(utc("2026-12-31T00:00:00Z")).size(), 3);
        QCOMPARE(find(series).state, CampaignState::Finished);
        QCOMPARE(children(series).size(), 3);
    }

    // Each day once at nine by the wall, whichever way the clocks go; 2028 and 2032 have a day more.
    void goesOnOverYears_data()
    {
        QTest::addColumn<QString>("zone");
        for (const char* zone : {"Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
                                 "Africa/Casablanca", "Asia/Kathmandu"})
            QTest::newRow(zone) << QString::fromLatin1(zone);
    }
    void goesOnOverYears()
    {
        QFETCH(QString, zone);
        const qint64 series = addSeries(recurring("FREQ=DAILY", "2026-01-02T09:00", qPrintable(zone)));
        m_connection->run("BEGIN");
        const QList<qint64> occurrences = runUntil(utc("2033-01-02T00:00:00Z"));
        m_connection->run("COMMIT");
        const QTimeZone there(zone.toLatin1());
        QDate day(2026, 1, 2);
        for (const qint64 at : occurrences) {
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toTimeZone(there), QDateTime(day, QTime(9, 0), there));
            day = day.addDays(1);
        }
        QVERIFY(day >= QDate(2033, 1, 1));
        QCOMPARE(children(series).size(), occurrences.size());
    }

    void leapDays()
    {
        addSeries(recurring("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-02-01T10:00", "UTC"));
        QCOMPARE(runUntil(utc("2041-01-01T00:00:00Z")),
                 (QList<qint64>{utc("2028-02-29T10:00:00Z"), utc("2032-02-29T10:00:00Z"), utc("2036-02-29T10:00:00Z"),
                                utc("2040-02-29T10:00:00Z")}));
    }

    // The machine was off for a while: of what it missed there is the latest alone.
    void ofSeveralMissedOnesThereIsOne()
    {
        Schedule schedule = recurring("FREQ=DAILY", "2026-01-02T09:00", "UTC");
        schedule.missed = MissedPolicy::Send;
        schedule.missedWithinMs = 2 * hourMs;
        const qint64 series = addSeries(schedule);
        QCOMPARE(startAt(utc("2026-01-12T10:30:00Z")).size(), 1);
        QCOMPARE(children(series).size(), 1);
        QCOMPARE(text(children(series).first().origin.occurrenceAt), QStringLiteral("2026-01-12T09:00Z"));
        QCOMPARE(text(find(series).scheduledAt), QStringLiteral("2026-01-13T09:00Z"));
        QVERIFY(startAt(utc("2026-01-22T11:30:00Z")).isEmpty());
        QCOMPARE(children(series).last().pauseReason, PauseReason::Missed);
        QCOMPARE(text(find(series).scheduledAt), QStringLiteral("2026-01-23T09:00Z"));
    }

    void aClockThatIsPutBackRepeatsNothing()
    {
        const qint64 series = addSeries(recurring("FREQ=DAILY", "2026-01-02T09:00", "UTC"));
        runUntil(utc("2026-01-05T12:00:00Z"));
        QCOMPARE(children(series).size(), 4);
        m_now = utc("2026-01-03T00:00:00Z");
        startAt(m_now);
        QCOMPARE(runUntil(utc("2026-01-06T12:00:00Z")).size(), 1);
        QCOMPARE(children(series).size(), 5);
    }

    // A clock that had gone wrong by years is set right: the series comes back, and nothing is sent twice.
    void aSeriesComesBackWithTheClock()
    {
        const qint64 series = addSeries(recurring("FREQ=DAILY", "2026-01-02T09:00", "UTC"));
        runUntil(utc("2026-01-05T12:00:00Z"));
        QVERIFY(startAt(utc("2031-06-01T12:00:00Z")).isEmpty()); // missed: somebody is asked
        QCOMPARE(text(find(series).scheduledAt), QStringLiteral("2031-06-02T09:00Z"));
        startAt(utc("2026-01-05T12:01:00Z"));
        QCOMPARE(text(find(series).scheduledAt), QStringLiteral("2026-01-06T09:00Z"));
        const qint64 days = QDate(2026, 1, 6).daysTo(QDate(2031, 6, 3)) + 1;
        QCOMPARE(runUntil(utc("2031-06-03T12:00:00Z")).size(), days - 1); // one of them is there already
        QSet<qint64> hours;
        for (const Campaign& child : children(series))
            hours.insert(child.origin.occurrenceAt);
        QCOMPARE(hours.size(), days + 4);
        QCOMPARE(children(series).size(), hours.size());
    }

    // Off, asleep, put forward and back at random: no occurrence is there twice, and none is late and sent without leave.
    void whateverTheClockDoesNothingIsTwice()
    {
        SeededRandom random(7);
        for (int round = 0; round < 20; ++round) {
            init();
            Schedule schedule = recurring("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-01-02T02:30", "Europe/Madrid");
            schedule.missed = MissedPolicy(random.below(3));
            schedule.missedWithinMs = qint64(random.below(12)) * hourMs;
            const qint64 series = addSeries(schedule);
            m_connection->run("BEGIN");
            for (int step = 0; step < 300; ++step) {
                m_now += (qint64(random.below(60)) - 12) * hourMs / 2 + qint64(random.below(120)) * minuteMs;
                for (const Campaign& started : startAt(m_now)) {
                    const qint64 allowed = schedule.missed == MissedPolicy::Ask ? 0 : schedule.missedWithinMs;
                    QVERIFY(m_now - started.origin.occurrenceAt <= qMax(SendTimes::GraceMs, allowed));
                    QVERIFY(m_now >= started.origin.occurrenceAt);
                }
                QVERIFY(find(series).scheduledAt > m_now);
            }
            m_connection->run("COMMIT");
            QSet<qint64> hours;
            for (const Campaign& child : children(series))
                hours.insert(child.origin.occurrenceAt);
            QCOMPARE(children(series).size(), hours.size());
            QVERIFY(hours.size() > 20);
        }
    }

    void aRuleThatNobodyUnderstandsWaitsForAPerson()
    {
        Schedule schedule = recurring("FREQ=DAILY", "2026-01-02T09:00", "UTC");
        const qint64 series = addSeries(schedule);
        schedule.rule = QStringLiteral("FREQ=HOURLY");
        Campaign changed = find(series);
        changed.schedule = schedule;
        campaigns().save(changed);
        QVERIFY(startAt(utc("2026-01-02T09:00:00Z")).isEmpty());
        QCOMPARE(find(series).state, CampaignState::Paused);
        QVERIFY(!PauseReason::sentence(find(series).pauseReason).isEmpty());
    }
};

QTEST_GUILESS_MAIN(SchedulerTest)
#include "SchedulerTest.moc"
