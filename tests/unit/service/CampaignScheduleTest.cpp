// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/CampaignRepository.h"
#include "engine/store/TopicRepository.h"
#include "tests/unit/service/SendingRoom.h"

#include <QDateTime>

using namespace carillon;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

QString wall(qint64 utc)
{
    return wallTimeText(utc);
}

} // namespace

// Schedules as an operator gives them, and what the running engine makes of them.
class CampaignScheduleTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    qint64 m_topic = 0;

    ManualClock& clock() { return m_room->clock; }
    CampaignService& campaigns() { return *m_room->campaigns; }
    const Caller& ann() { return m_room->ann; }

    qint64 draft(const Schedule& schedule = {}, const CampaignControl& control = {})
    {
        Campaign campaign;
        campaign.name = QStringLiteral("News");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        campaign.schedule = schedule;
        campaign.control = control;
        return *campaigns().save(ann(), campaign).result();
    }
    Status schedule(qint64 id, qint64 at = 0) { return campaigns().schedule(ann(), id, at).result(); }
    Campaign find(qint64 id) { return campaigns().get(id).result()->campaign; }
    bool becomes(qint64 id, CampaignState state, qint64 withinMs = 5'000)
    {
        return m_room->until([&] { return find(id).state == state; }, withinMs);
    }
    // The same by steps of a second: for what takes minutes.
    bool comesTo(qint64 id, CampaignState state, qint64 withinMs)
    {
        for (qint64 passed = 0; passed < withinMs && find(id).state != state; passed += 1'000)
            m_room->pass(1'000);
        return becomes(id, state, 20'000); // a slow machine has its time too
    }
    // Lets whatever is under way come to its end, without time going on.
    void settle()
    {
        for (int i = 0; i < 20; ++i)
            m_room->pass(0);
    }
    qint64 sentOf(qint64 id) { return campaigns().get(id).result()->counts.value(DeliveryState::Sent); }
    QList<Campaign> children(qint64 series)
    {
        QList<Campaign> found;
        const Page<CampaignSummary> all = *campaigns().page({}, {0, 1'000}).result();
        for (const CampaignSummary& summary : all.rows) {
            if (summary.campaign.origin.seriesId == series)
                found << summary.campaign;
        }
        return found;
    }
    Schedule daily(qint64 first, const QString& rule = QStringLiteral("FREQ=DAILY"))
    {
        Schedule schedule;
        schedule.kind = ScheduleKind::Recurring;
        schedule.localTime = wall(first);
        schedule.zone = QStringLiteral("UTC");
        schedule.rule = rule;
        return schedule;
    }
    void setTopic(const std::function<void(Topic&)>& change)
    {
        TopicDetail detail = *m_room->topics->get(m_topic).result();
        change(detail.topic);
        QVERIFY(m_room->topics->save(ann(), detail).result());
    }
    void refused(qint64 id, const QString& field, qint64 at = 0)
    {
        const Status status = schedule(id, at);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidInput);
        QCOMPARE(status.error().field, field);
        QVERIFY(!status.error().message.isEmpty());
        QCOMPARE(find(id).state, CampaignState::Draft);
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        m_topic = m_room->topic(QStringLiteral("news"),
                                {{m_room->account(QStringLiteral("a"), QStringLiteral("email")), QStringLiteral("email")}});
        m_room->contact(QStringLiteral("p"), {{QStringLiteral("email"), QStringLiteral("p@example.org")}});
        m_room->dispatch->start();
        settle();
    }
    void cleanup() { m_room.reset(); }

    void nowIsAtOnce()
    {
        const qint64 id = draft();
        QVERIFY(schedule(id));
        QVERIFY(becomes(id, CampaignState::Finished));
    }

    // The engine was not there when it was said "now": it is not late.
    void nowWaitsForTheEngine()
    {
        m_room->close();
        m_room->open();
        const qint64 id = draft();
        QVERIFY(schedule(id));
        clock().advance(2 * dayMs);
        m_room->dispatch->start();
        QVERIFY(becomes(id, CampaignState::Finished));
    }

    void waitsForItsHour()
    {
        const qint64 id = draft();
        const qint64 at = clock().now() + 3 * hourMs;
        QVERIFY(schedule(id, at));
        while (clock().now() < at - 10'000) {
            m_room->pass(qMin<qint64>(minuteMs, at - 10'000 - clock().now()));
            QCOMPARE(find(id).state, CampaignState::Scheduled);
        }
        QVERIFY(becomes(id, CampaignState::Finished, 20'000));
        QVERIFY(find(id).startedAt - at < 2'000);
        QVERIFY(find(id).startedAt >= at);
    }

    void theHoldTimeIsTheTopicsUnlessTheCampaignHasOne()
    {
        setTopic([](Topic& topic) { topic.rules.holdMs = 30'000; });
        const qint64 id = draft();
        QVERIFY(schedule(id));
        QCOMPARE(find(id).scheduledAt, clock().now() + 30'000);
        m_room->pass(29'000);
        QCOMPARE(find(id).state, CampaignState::Scheduled);
        QVERIFY(campaigns().unschedule(ann(), id).result());
        m_room->pass(60'000);
        settle();
        QCOMPARE(find(id).state, CampaignState::Draft);
        QVERIFY(m_room->all().isEmpty());
        CampaignControl control;
        control.holdMs = 0;
        const qint64 hasty = draft({}, control);
        QVERIFY(schedule(hasty));
        QVERIFY(becomes(hasty, CampaignState::Finished));
    }

    void whatCannotBeIsRefused()
    {
        const qint64 now = clock().now();
        refused(draft(), QStringLiteral("scheduled_at"), now - hourMs);
        refused(draft(daily(now, QStringLiteral("FREQ=HOURLY"))), QStringLiteral("rule"));
        refused(draft(daily(now, QStringLiteral("FREQ=DAILY;UNTIL=20200101"))), QStringLiteral("rule"));
        Schedule schedule = daily(now);
        schedule.localTime.clear();
        refused(draft(schedule), QStringLiteral("local_time"));
        schedule.kind = ScheduleKind::ContactZone;
        refused(draft(schedule), QStringLiteral("local_time"));
        schedule.localTime = wall(now - 2 * dayMs);
        refused(draft(schedule), QStringLiteral("local_time"));
        Campaign odd = find(draft());
        odd.schedule.zone = QStringLiteral("Mars/Olympus");
        QCOMPARE(campaigns().save(ann(), odd).result().error().field, QStringLiteral("zone"));
        odd.schedule.zone.clear();
        odd.schedule.window = SendWindow{{0, 60}, 0, {}};
        QCOMPARE(campaigns().save(ann(), odd).result().error().field, QStringLiteral("window"));
    }

    void theNextHoursAreShown()
    {
        const qint64 now = clock().now();
        Campaign campaign;
        campaign.topicId = m_topic;
        QVERIFY(campaigns().occurrences(campaign, 5).result()->isEmpty());
        campaign.scheduledAt = now + hourMs;
        QCOMPARE(*campaigns().occurrences(campaign, 5).result(), QList<qint64>{now + hourMs});
        campaign.schedule = daily(now - now % dayMs + 9 * hourMs);
        const QList<qint64> hours = *campaigns().occurrences(campaign, 3).result();
        QCOMPARE(hours.size(), 3);
        QCOMPARE(hours.at(1) - hours.at(0), dayMs);
        QVERIFY(hours.first() > now && hours.first() % dayMs == 9 * hourMs);
        campaign.schedule.rule = QStringLiteral("every day");
        QCOMPARE(campaigns().occurrences(campaign, 3).result().error().field, QStringLiteral("rule"));
        campaign.schedule.kind = ScheduleKind::ContactZone;
        campaign.schedule.localTime = wall(now + 5 * dayMs);
        const qint64 minute = (now + 5 * dayMs) / minuteMs * minuteMs;
        QCOMPARE(*campaigns().occurrences(campaign, 5).result(),
                 (QList<qint64>{minute - 14 * hourMs, minute + 12 * hourMs}));
    }

    void aSeriesSendsEachTime()
    {
        const qint64 first = (clock().now() / dayMs + 1) * dayMs + 9 * hourMs;
        const qint64 series = draft(daily(first, QStringLiteral("FREQ=DAILY;COUNT=3")));
        QVERIFY(schedule(series));
        QCOMPARE(find(series).scheduledAt, first);
        for (int day = 0; day < 3; ++day) {
            while (clock().now() < first + day * dayMs)
                m_room->pass(5 * minuteMs);
            QVERIFY(m_room->until([&] { return m_room->all().size() == day + 1; }));
        }
        QVERIFY(becomes(series, CampaignState::Finished));
        QCOMPARE(children(series).size(), 3);
        for (const Campaign& child : children(series))
            QVERIFY(becomes(child.id, CampaignState::Finished));
    }

    // Asleep, wall time goes on and timers do not: on waking the campaign is missed, and somebody is asked.
    void whatWasSleptThroughIsAskedAbout()
    {
        const qint64 id = draft();
        QVERIFY(schedule(id, clock().now() + hourMs));
        settle();
        clock().jump(5 * hourMs);
        QVERIFY(becomes(id, CampaignState::Paused, 40'000));
        QCOMPARE(find(id).pauseReason, PauseReason::Missed);
        QVERIFY(m_room->all().isEmpty());
        QVERIFY(campaigns().resume(ann(), id).result());
        QVERIFY(becomes(id, CampaignState::Finished));
        QCOMPARE(m_room->all().size(), 1);
    }

    void whatWasMissedCanBeSkipped()
    {
        const qint64 id = draft();
        QVERIFY(schedule(id, clock().now() + hourMs));
        settle();
        clock().jump(5 * hourMs);
        QVERIFY(becomes(id, CampaignState::Paused, 40'000));
        QVERIFY(campaigns().cancel(ann(), id).result());
        settle();
        QCOMPARE(find(id).state, CampaignState::Cancelled);
        QVERIFY(m_room->all().isEmpty());
    }

    void theContactsHourThatWasMissedIsSentToAll()
    {
        Schedule schedule;
        schedule.kind = ScheduleKind::ContactZone;
        schedule.localTime = wall(clock().now() + 2 * dayMs);
        const qint64 id = draft(schedule);
        QVERIFY(this->schedule(id));
        settle();
        clock().jump(5 * dayMs);
        QVERIFY(becomes(id, CampaignState::Paused, 40'000));
        QVERIFY(campaigns().resume(ann(), id).result());
        QVERIFY(becomes(id, CampaignState::Finished));
        QCOMPARE(m_room->all().size(), 1);
    }

    void aSeriesThatIsPausedOverItsHourGoesOnWithTheNext()
    {
        const qint64 first = (clock().now() / dayMs + 1) * dayMs + 9 * hourMs;
        const qint64 series = draft(daily(first));
        QVERIFY(schedule(series));
        QVERIFY(campaigns().pause(ann(), series).result());
        m_room->pass(3 * dayMs);
        QVERIFY(campaigns().resume(ann(), series).result());
        settle();
        QCOMPARE(find(series).state, CampaignState::Scheduled);
        QVERIFY(find(series).scheduledAt > clock().now());
        QVERIFY(children(series).isEmpty());
    }

    // Off over the hours of two days: a child for the latest alone, and it waits for a person. A new engine makes no other.
    void anEngineThatWasOffAsksOnce()
    {
        const qint64 first = (clock().now() / dayMs + 1) * dayMs + 9 * hourMs;
        const qint64 series = draft(daily(first));
        QVERIFY(schedule(series));
        m_room->close();
        clock().advance(first + dayMs + hourMs - clock().now());
        for (int run = 0; run < 2; ++run) {
            m_room->open();
            m_room->dispatch->start();
            QVERIFY(m_room->until([&] { return children(series).size() == 1; }));
            settle();
            const Campaign child = children(series).first();
            QCOMPARE(child.state, CampaignState::Paused);
            QCOMPARE(child.origin.occurrenceAt, first + dayMs);
            QCOMPARE(children(series).size(), 1);
            m_room->close();
        }
        m_room->open();
    }

    // The clock is put back while a campaign waits, and on again: it goes out at its hour, once.
    void theClockGoesBackAndForth()
    {
        const qint64 at = clock().now() + hourMs;
        const qint64 id = draft();
        QVERIFY(schedule(id, at));
        settle();
        clock().jump(-2 * hourMs);
        m_room->pass(hourMs + minuteMs);
        settle();
        QCOMPARE(find(id).state, CampaignState::Scheduled);
        clock().jump(2 * hourMs - minuteMs);
        QVERIFY(becomes(id, CampaignState::Finished, 40'000));
        QVERIFY(find(id).startedAt >= at);
        clock().jump(-2 * hourMs);
        m_room->pass(3 * hourMs);
        settle();
        QCOMPARE(m_room->all().size(), 1);
    }

    // One a minute from three minutes before the window closes: what is left then waits for its next opening.
    void whatComesLateWaitsForItsWindow()
    {
        for (const char* name : {"q", "r", "s", "t", "u"})
            m_room->contact(QString::fromLatin1(name),
                            {{QStringLiteral("email"), QString::fromLatin1(name) + QStringLiteral("@example.org")}});
        const qint64 nine = (clock().now() / dayMs + 1) * dayMs + 9 * hourMs;
        Schedule schedule;
        schedule.window = SendWindow{{9 * 60, 10 * 60}, 0b1111111, QStringLiteral("UTC")};
        CampaignControl control;
        control.perMinute = 1;
        const qint64 id = draft(schedule, control);
        QVERIFY(this->schedule(id, nine + 57 * minuteMs));
        while (clock().now() < nine + 50 * minuteMs)
            m_room->pass(5 * minuteMs);
        while (clock().now() < nine + 70 * minuteMs)
            m_room->pass(500);
        const auto sent = [&] { return find(id).state == CampaignState::Finished ? 6 : sentOf(id); };
        QVERIFY(sent() >= 3 && sent() <= 4); // what is ready when it closes may still go
        const Future<CampaignForecast> forecast = campaigns().forecast(id); // it asks this thread
        QVERIFY(m_room->until([&] { return forecast.isFinished(); }));
        QCOMPARE(forecast.result()->opensAt, nine + dayMs);
        while (clock().now() < nine + dayMs - 5 * minuteMs)
            m_room->pass(5 * minuteMs);
        QVERIFY(sent() <= 4);
        QVERIFY(comesTo(id, CampaignState::Finished, 10 * minuteMs));
    }

    // Planned for noon, tried again at night: the contact sleeps.
    void whatIsTriedAgainHeedsQuietHours()
    {
        const qint64 midnight = (clock().now() / dayMs + 1) * dayMs;
        setTopic([](Topic& topic) { topic.rules.quietHours = DayPart{22 * 60, 7 * 60}; });
        const qint64 id = draft();
        QVERIFY(schedule(id, midnight + 23 * hourMs));
        while (clock().now() < midnight + 23 * hourMs - 10 * minuteMs)
            m_room->pass(5 * minuteMs);
        QVERIFY(comesTo(id, CampaignState::Sending, 20 * minuteMs));
        QCOMPARE(m_room->all().first().dueAt, midnight + dayMs + 7 * hourMs);
        const qint64 delivery = m_room->all().first().id;
        m_room->write([&](Connection& connection) { // as a retry in the night would have it
            DeliveryRepository(connection).defer({delivery}, midnight + dayMs + hourMs);
            return 0;
        });
        campaigns().setThrottle(ann(), id, 600).waitForFinished(); // and it is looked at
        while (clock().now() < midnight + dayMs + 3 * hourMs)
            m_room->pass(5 * minuteMs);
        QCOMPARE(m_room->all().first().state, DeliveryState::Queued);
        QCOMPARE(m_room->all().first().dueAt, midnight + dayMs + 7 * hourMs);
        while (clock().now() < midnight + dayMs + 7 * hourMs)
            m_room->pass(5 * minuteMs);
        QVERIFY(becomes(id, CampaignState::Finished));
    }

    void capsAreKept()
    {
        TopicService& topics = *m_room->topics;
        QVERIFY(topics.saveFrequencyCap(ann(), {Category::Transactional, 1, dayMs}).result());
        QCOMPARE(topics.frequencyCaps().result()->size(), 1);
        const qint64 id = draft();
        QVERIFY(schedule(id));
        QVERIFY(becomes(id, CampaignState::Finished));
        const Status second = schedule(draft());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QCOMPARE(topics.saveFrequencyCap(ann(), {Category::System, -1, dayMs}).result().error().field,
                 QStringLiteral("most"));
        QCOMPARE(topics.saveFrequencyCap(ann(), {Category::System, 1, 1}).result().error().field,
                 QStringLiteral("window_ms"));
        QCOMPARE(topics.saveFrequencyCap({QStringLiteral("bob"), Role::Operator}, {}).result().error().code,
                 ErrorCode::Forbidden);
        QVERIFY(topics.saveFrequencyCap(ann(), {Category::Transactional, 0, 0}).result());
        QVERIFY(topics.frequencyCaps().result()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(CampaignScheduleTest)
#include "CampaignScheduleTest.moc"
