// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/SendTimes.h"

#include "engine/model/Delivery.h"

namespace carillon {

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 86'400'000;
// A window opens once a week at least; what has not come together by then never does (but for a change of a clock).
constexpr qint64 longestWaitMs = 15 * dayMs;
constexpr qsizetype mostKept = 1'000; // there are 600 zones

qint64 beginOfDay(qint64 wall)
{
    return wall - (wall % dayMs + dayMs) % dayMs;
}

int minuteOf(qint64 wall)
{
    return int((wall - beginOfDay(wall)) / minuteMs);
}

// 0: Monday.
int weekdayOf(qint64 wall)
{
    return int((beginOfDay(wall) / dayMs + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
}

bool isOpen(const SendWindow& window, qint64 wall)
{
    const int minute = minuteOf(wall);
    if (!window.hours.holds(minute))
        return false;
    // After midnight it is the day before that counts.
    const bool begunYesterday = window.hours.from >= window.hours.to && minute < window.hours.to;
    return window.days & (1 << weekdayOf(begunYesterday ? wall - dayMs : wall));
}

// When the clock shows the minute next, after `at`; or when it is put forward or back before that, and one has to look anew.
qint64 nextShowing(int minute, qint64 at, const WallClock& clock)
{
    const qint64 wall = clock.showsAt(at);
    qint64 next = beginOfDay(wall) + minute * minuteMs;
    if (next <= wall)
        next += dayMs;
    return qMin(at + (next - wall), clock.changesAt(at));
}

// Reads through a cache that forgets everything rather than grow.
template <typename Value, typename Make>
const Value& kept(QHash<QString, Value>& cache, const QString& key, const Make& make)
{
    const auto found = cache.constFind(key);
    if (found != cache.cend())
        return *found;
    if (cache.size() >= mostKept)
        cache.clear();
    return *cache.insert(key, make());
}

qint64 soonerOf(qint64 a, qint64 b)
{
    return a == 0 || b == 0 ? qMax(a, b) : qMin(a, b);
}

} // namespace

SendTimes::SendTimes(const Schedule& schedule, const Topic& topic, const QString& brandZone)
    : m_schedule(schedule)
    , m_lifetimeMs(topic.lifetimeMs)
    , m_hour(schedule.kind == ScheduleKind::ContactZone ? wallTimeOf(schedule.localTime) : std::nullopt)
    , m_quietHours(topic.rules.quietHours)
    , m_heedsContacts(heedsContacts(topic))
    , m_asks(m_heedsContacts ? Asks::WhoHasQuietHours : Asks::Nobody)
    , m_usual(schedule.zone.isEmpty() ? brandZone : schedule.zone)
    , m_windowClock(schedule.window ? schedule.window->zone : QString())
{
    if (m_hour || m_quietHours || (schedule.window && schedule.window->zone.isEmpty()))
        m_asks = Asks::Everybody;
}

std::optional<qint64> SendTimes::earliest(qint64 at, const ContactTime& contact)
{
    const std::optional<DayPart> quiet = m_heedsContacts ? quietHoursOf(contact.quietHours) : std::nullopt;
    if (!quiet && !m_schedule.window)
        return at;
    const WallClock& own = clockOf(contact.zone);
    const WallClock& windowClock = m_schedule.window && !m_schedule.window->zone.isEmpty() ? m_windowClock : own;
    for (qint64 time = at; time < at + longestWaitMs;) {
        const std::optional<qint64> open = openFrom(time, windowClock);
        if (!open || *open >= at + longestWaitMs)
            return std::nullopt;
        if (!quiet || !quiet->holds(minuteOf(own.showsAt(*open))))
            return open;
        time = nextShowing(quiet->to % (24 * 60), *open, own);
    }
    return std::nullopt;
}

std::optional<qint64> SendTimes::openFrom(qint64 at, const WallClock& clock) const
{
    if (!m_schedule.window)
        return at;
    for (qint64 time = at; time < at + longestWaitMs; time = nextShowing(m_schedule.window->hours.from, time, clock)) {
        if (isOpen(*m_schedule.window, clock.showsAt(time)))
            return time;
    }
    return std::nullopt;
}

SendTimes::Due SendTimes::due(qint64 now, const ContactTime& contact)
{
    qint64 from = now;
    if (m_hour) {
        const qint64 hour = clockOf(contact.zone).utcOf(*m_hour);
        if (now - hour > qMax(GraceMs, m_schedule.missedWithinMs))
            return {0, 0, LeftOutReason::HourPassed};
        from = qMax(now, hour);
    }
    const std::optional<qint64> at = earliest(from, contact);
    if (!at)
        return {0, 0, LeftOutReason::NoSendTime};
    const qint64 life = soonerOf(m_lifetimeMs, m_schedule.expiresAfterMs);
    return {*at, life == 0 ? 0 : *at + life, {}};
}

const WallClock& SendTimes::clockOf(const QString& zone)
{
    if (zone.isEmpty())
        return m_usual;
    return kept(m_clocks, zone,
                [&] { return QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()) ? WallClock(zone) : m_usual; });
}

std::optional<DayPart> SendTimes::quietHoursOf(const QString& text)
{
    if (text.isEmpty())
        return m_quietHours;
    return kept(m_parts, text, [&]() -> std::optional<DayPart> {
        if (text == QStringLiteral("none"))
            return std::nullopt;
        const Result<DayPart> part = DayPart::parse(text);
        return part ? std::optional(*part) : m_quietHours;
    });
}

} // namespace carillon
