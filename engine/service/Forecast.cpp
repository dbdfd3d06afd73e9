// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/Forecast.h"

#include <QDateTime>

#include <cmath>

namespace carillon {

namespace {

constexpr int minutesOfDay = 24 * 60;
constexpr double longestWorkMs = 366.0 * 24 * 3600 * 1000;

double rateOf(const Pace& pace)
{
    if (pace.boundPerMinute <= 0)
        return pace.perMinute;
    if (pace.limited || pace.perMinute <= 0)
        return pace.boundPerMinute;
    return qMin(pace.perMinute, pace.boundPerMinute);
}

QTimeZone zoneOf(const SendWindow& window, const QTimeZone& otherwise)
{
    const QTimeZone named(window.zone.toLatin1());
    if (!window.zone.isEmpty() && named.isValid())
        return named;
    return otherwise.isValid() ? otherwise : QTimeZone::utc();
}

// By the wall clock: an hour that daylight saving skips or repeats makes the opening shorter or longer.
qint64 momentOf(QDate day, int minute, const QTimeZone& zone)
{
    const QTime time = QTime::fromMSecsSinceStartOfDay(minute % minutesOfDay * 60'000);
    return QDateTime(day.addDays(minute / minutesOfDay), time, zone).toMSecsSinceEpoch();
}

// [from, to) of the opening that begins on `day`; empty when there is none.
struct Opening {
    qint64 from = 0;
    qint64 to = 0;
};

Opening openingOf(QDate day, const SendWindow& window, const QTimeZone& zone)
{
    if ((window.days & (1 << (day.dayOfWeek() - 1))) == 0)
        return {};
    const int to = window.hours.to > window.hours.from ? window.hours.to : window.hours.to + minutesOfDay;
    return {momentOf(day, window.hours.from, zone), momentOf(day, to, zone)};
}

} // namespace

Forecast::Forecast(const Pace& pace)
    : m_startsAt(qMax(pace.now, pace.opensAt))
{
    const double rate = rateOf(pace);
    const double workMs = rate > 0 ? std::ceil(double(pace.remaining) / rate * 60'000) : -1;
    if (workMs >= 0 && workMs <= longestWorkMs)
        m_workMs = qint64(workMs);
}

qint64 Forecast::endsAt() const
{
    return m_workMs < 0 ? 0 : m_startsAt + m_workMs;
}

qint64 Forecast::endsWithin(const SendWindow& window, const QTimeZone& zone) const
{
    if (m_workMs < 0)
        return 0;
    const QTimeZone where = zoneOf(window, zone);
    const QDate first = QDateTime::fromMSecsSinceEpoch(m_startsAt, where).date();
    qint64 left = m_workMs;
    for (int day = -1; day <= 366; ++day) { // yesterday's opening may run over midnight
        const Opening opening = openingOf(first.addDays(day), window, where);
        const qint64 from = qMax(opening.from, m_startsAt);
        if (opening.to <= from)
            continue;
        if (left <= opening.to - from)
            return from + left;
        left -= opening.to - from;
    }
    return 0;
}

bool Forecast::leaves(const SendWindow& window, const QTimeZone& zone) const
{
    return m_workMs > 0 && endsWithin(window, zone) != endsAt();
}

} // namespace carillon
