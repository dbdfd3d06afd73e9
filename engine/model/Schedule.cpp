// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Schedule.h"

#include "engine/model/JsonMember.h"
#include "engine/model/Names.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <array>

namespace carillon {

namespace {

constexpr double longestMs = 366.0 * 24 * 3600 * 1000;

const std::array<QString, 7> weekdays{QStringLiteral("MO"), QStringLiteral("TU"), QStringLiteral("WE"), QStringLiteral("TH"),
                                      QStringLiteral("FR"), QStringLiteral("SA"), QStringLiteral("SU")};

QString tr(const char* text)
{
    return QCoreApplication::translate("Schedule", text);
}

QString timeText(int minutes)
{
    return QStringLiteral("%1:%2").arg(minutes / 60, 2, 10, QLatin1Char('0')).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

void readZone(JsonMembers& members, QString& zone)
{
    members.text(QStringLiteral("zone"), zone);
    if (!zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()))
        members.refuse(QStringLiteral("zone"), tr("There is no time zone \"%1\".").arg(zone));
}

QJsonObject toJson(const SendWindow& window)
{
    QJsonObject object{{QStringLiteral("hours"), window.hours.text()}};
    setUnless(object, QStringLiteral("days"), weekdaysText(window.days), weekdaysText(0b1111111));
    setUnless(object, QStringLiteral("zone"), window.zone, QString());
    return object;
}

Result<SendWindow> windowOf(const QJsonObject& object)
{
    SendWindow window;
    JsonMembers members(object);
    QString hours = window.hours.text();
    QString days = weekdaysText(window.days);
    members.text(QStringLiteral("hours"), hours);
    members.text(QStringLiteral("days"), days);
    readZone(members, window.zone);
    if (const Result<DayPart> read = DayPart::parse(hours))
        window.hours = *read;
    else
        members.refuse(QStringLiteral("hours"), read.error().message);
    window.days = weekdaysOf(days).value_or(0);
    if (window.days == 0)
        members.refuse(QStringLiteral("days"), tr("Days are a list like MO,TU,FR."));
    if (Status read = members.end(); !read)
        return fail(read.error());
    return window;
}

} // namespace

Result<DayPart> DayPart::parse(const QString& text)
{
    const QStringList ends = text.split(u'-');
    const QTime from = QTime::fromString(ends.value(0).trimmed(), QStringLiteral("HH:mm"));
    const bool toMidnight = ends.value(1).trimmed() == QStringLiteral("24:00");
    const QTime to = toMidnight ? QTime(0, 0) : QTime::fromString(ends.value(1).trimmed(), QStringLiteral("HH:mm"));
    if (ends.size() != 2 || !from.isValid() || !to.isValid() || (from == to && !toMidnight))
        return fail(ErrorCode::InvalidInput, tr("Hours are written like 09:00-18:00, not \"%1\".").arg(text));
    return DayPart{from.msecsSinceStartOfDay() / 60'000, toMidnight ? 24 * 60 : to.msecsSinceStartOfDay() / 60'000};
}

QString DayPart::text() const
{
    return timeText(from) + u'-' + timeText(to);
}

bool DayPart::holds(int minuteOfDay) const
{
    if (from < to)
        return minuteOfDay >= from && minuteOfDay < to;
    return minuteOfDay >= from || minuteOfDay < to;
}

// As if UTC: the system's own zone, in which an hour may be missing, has no say.
std::optional<qint64> wallTimeOf(const QString& text)
{
    if (text.size() != 16 || text.at(10) != u'T')
        return std::nullopt;
    const QDate date = QDate::fromString(text.left(10), QStringLiteral("yyyy-MM-dd"));
    const QTime time = QTime::fromString(text.mid(11), QStringLiteral("HH:mm"));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
}

QString wallTimeText(qint64 wall)
{
    return QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm"));
}

QString weekdaysText(int days)
{
    QStringList names;
    for (size_t i = 0; i < weekdays.size(); ++i) {
        if (days & (1 << i))
            names << weekdays.at(i);
    }
    return names.join(u',');
}

std::optional<int> weekdaysOf(const QString& text)
{
    int days = 0;
    for (const QString& name : text.split(u',', Qt::SkipEmptyParts)) {
        const auto found = std::find(weekdays.begin(), weekdays.end(), name.trimmed().toUpper());
        if (found == weekdays.end())
            return std::nullopt;
        days |= 1 << (found - weekdays.begin());
    }
    return days;
}

QJsonObject toJson(const Schedule& schedule)
{
    const Schedule usual;
    QJsonObject object;
    setUnless(object, QStringLiteral("kind"), nameOf(schedule.kind), nameOf(usual.kind));
    setUnless(object, QStringLiteral("local_time"), schedule.localTime, QString());
    setUnless(object, QStringLiteral("zone"), schedule.zone, QString());
    setUnless(object, QStringLiteral("rule"), schedule.rule, QString());
    if (schedule.window)
        object.insert(QStringLiteral("window"), toJson(*schedule.window));
    setUnless(object, QStringLiteral("missed"), nameOf(schedule.missed), nameOf(usual.missed));
    setUnless(object, QStringLiteral("missed_within_ms"), schedule.missedWithinMs, usual.missedWithinMs);
    setUnless(object, QStringLiteral("expires_after_ms"), schedule.expiresAfterMs, usual.expiresAfterMs);
    return object;
}

Result<Schedule> scheduleOf(const QJsonObject& object)
{
    Schedule schedule;
    JsonMembers members(object);
    members.name(QStringLiteral("kind"), schedule.kind, valueOf<ScheduleKind>);
    members.text(QStringLiteral("local_time"), schedule.localTime);
    if (!schedule.localTime.isEmpty() && !wallTimeOf(schedule.localTime))
        members.refuse(QStringLiteral("local_time"),
                       tr("The time is written like 2026-12-24T09:00, not \"%1\".").arg(schedule.localTime));
    readZone(members, schedule.zone);
    members.text(QStringLiteral("rule"), schedule.rule);
    members.name(QStringLiteral("missed"), schedule.missed, valueOf<MissedPolicy>);
    members.number(QStringLiteral("missed_within_ms"), schedule.missedWithinMs, 0, longestMs);
    members.number(QStringLiteral("expires_after_ms"), schedule.expiresAfterMs, 0, longestMs);
    members.object(QStringLiteral("window"), schedule.window, windowOf);
    if (Status read = members.end(); !read)
        return fail(read.error());
    return schedule;
}

} // namespace carillon
