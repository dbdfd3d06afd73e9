// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ScheduleOptions.h"

#include "app/ctl/Command.h"
#include "engine/model/Names.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

namespace carillon {

namespace {

const QString contactZone = QStringLiteral("contact");

tl::unexpected<Error> wrong(const QString& option, const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, QStringLiteral("--") + option + QStringLiteral(": ") + sentence, option);
}

// "2026-05-31T18:00" as it stands: without an offset, to the minute.
bool isWallTime(const QString& text)
{
    return wallTimeOf(text).has_value();
}

Result<qint64> momentOf(const QString& text, const QString& zone)
{
    QDateTime at = QDateTime::fromString(text, Qt::ISODate);
    if (!at.isValid())
        return wrong(QStringLiteral("at"),
                     Command::tr("\"%1\" is not a time. Write 2026-05-31T18:00:00+02:00, or 2026-05-31T18:00.").arg(text));
    if (at.timeSpec() == Qt::LocalTime && !zone.isEmpty())
        at = QDateTime(at.date(), at.time(), QTimeZone(zone.toLatin1()));
    return at.toMSecsSinceEpoch();
}

Status takeHour(const QCommandLineParser& options, Campaign& campaign)
{
    Schedule& schedule = campaign.schedule;
    const QString at = options.value(QStringLiteral("at"));
    const QString zone = options.value(QStringLiteral("zone"));
    const QString rule = options.value(QStringLiteral("every"));
    if (zone != contactZone && !zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()))
        return wrong(QStringLiteral("zone"),
                     Command::tr("There is no time zone \"%1\". Write one like Europe/Madrid, or contact.").arg(zone));
    if (rule.isEmpty() && zone != contactZone) {
        if (at.isEmpty())
            return {};
        schedule.kind = ScheduleKind::At;
        const Result<qint64> moment = momentOf(at, zone);
        if (!moment)
            return fail(moment.error());
        campaign.scheduledAt = *moment;
        return {};
    }
    if (!isWallTime(at))
        return wrong(QStringLiteral("at"),
                     Command::tr("Write the day and the hour that a wall clock shows, without an "
                                 "offset: 2026-12-24T09:00."));
    if (!rule.isEmpty() && zone == contactZone)
        return wrong(QStringLiteral("zone"), Command::tr("What recurs goes out by one clock: name its time zone."));
    schedule.kind = rule.isEmpty() ? ScheduleKind::ContactZone : ScheduleKind::Recurring;
    schedule.localTime = at;
    schedule.rule = rule;
    schedule.zone = zone == contactZone ? QString() : zone;
    return {};
}

Status takeWindow(const QCommandLineParser& options, Schedule& schedule)
{
    const QString days = options.value(QStringLiteral("window-days"));
    const QString zone = options.value(QStringLiteral("window-zone"));
    if (!options.isSet(QStringLiteral("window"))) {
        if (!days.isEmpty() || !zone.isEmpty())
            return wrong(QStringLiteral("window"), Command::tr("Name the window's hours, for example 09:00-18:00."));
        return {};
    }
    SendWindow window;
    const Result<DayPart> hours = DayPart::parse(options.value(QStringLiteral("window")));
    if (!hours)
        return wrong(QStringLiteral("window"), hours.error().message);
    window.hours = *hours;
    if (!days.isEmpty())
        window.days = weekdaysOf(days).value_or(0);
    if (window.days == 0)
        return wrong(QStringLiteral("window-days"), Command::tr("Write the days like MO,TU,FR."));
    if (!zone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(zone.toLatin1()))
        return wrong(QStringLiteral("window-zone"), Command::tr("There is no time zone \"%1\".").arg(zone));
    window.zone = zone;
    schedule.window = window;
    return {};
}

template <typename T>
Status takeDuration(const QCommandLineParser& options, const QString& name, T& value)
{
    if (!options.isSet(name))
        return {};
    const std::optional<qint64> duration = durationOf(options.value(name));
    if (!duration)
        return wrong(name, Command::tr("\"%1\" is no duration. Write 90s, 30m, 2h or 1d.").arg(options.value(name)));
    value = *duration;
    return {};
}

Status takeMissed(const QCommandLineParser& options, Schedule& schedule)
{
    if (!options.isSet(QStringLiteral("missed")))
        return {};
    const auto policy = valueOf<MissedPolicy>(options.value(QStringLiteral("missed")));
    if (!policy)
        return wrong(QStringLiteral("missed"), Command::tr("Write ask, send or skip."));
    schedule.missed = *policy;
    return {};
}

} // namespace

QList<QCommandLineOption> scheduleOptions()
{
    const QString duration = Command::tr("duration");
    return {
        {QStringLiteral("at"),
         Command::tr("Not now, but at this time (ISO 8601); with --zone or --every what a wall clock shows: "
                     "2026-12-24T09:00."),
         Command::tr("time")},
        {QStringLiteral("zone"),
         Command::tr(
             "Whose clock --at means: a time zone, or contact: each contact's own. Else, with --every, the brand's."),
         Command::tr("zone")},
        {QStringLiteral("every"),
         Command::tr("Again and again by this rule (RFC 5545), first at --at: FREQ=WEEKLY;BYDAY=MO,TH."),
         Command::tr("rule")},
        {QStringLiteral("window"), Command::tr("Send only within these hours: 09:00-18:00."), Command::tr("hours")},
        {QStringLiteral("window-days"), Command::tr("And on these days: MO,TU,WE,TH,FR."), Command::tr("days")},
        {QStringLiteral("window-zone"), Command::tr("By the clock of this time zone, not by each contact's own."),
         Command::tr("zone")},
        {QStringLiteral("missed"),
         Command::tr("What becomes of it when its hour passes while nothing can be sent: ask (as if nothing is said), send "
                     "or skip."),
         Command::tr("policy")},
        {QStringLiteral("missed-within"),
         Command::tr("With --missed send or skip: send it after all when it is no later than this (90s, 30m, 2h, 1d)."),
         duration},
        {QStringLiteral("expires"), Command::tr("What was not sent so long after its hour is not sent any more."), duration},
        {QStringLiteral("hold"), Command::tr("Wait so long before anything is sent, so that it can be undone."), duration}};
}

std::optional<qint64> durationOf(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("\\A([0-9]{1,7})([smhd])\\z"));
    const QRegularExpressionMatch match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const QChar unit = match.capturedView(2).front();
    const qint64 seconds = unit == u's' ? 1 : unit == u'm' ? 60 : unit == u'h' ? 3'600 : 86'400;
    return match.capturedView(1).toLongLong() * seconds * 1'000;
}

Status takeSchedule(const QCommandLineParser& options, Campaign& campaign)
{
    Schedule& schedule = campaign.schedule;
    for (const Status& taken : {takeHour(options, campaign), takeWindow(options, schedule), takeMissed(options, schedule),
                                takeDuration(options, QStringLiteral("missed-within"), schedule.missedWithinMs),
                                takeDuration(options, QStringLiteral("expires"), schedule.expiresAfterMs),
                                takeDuration(options, QStringLiteral("hold"), campaign.control.holdMs)}) {
        if (!taken)
            return taken;
    }
    return {};
}

} // namespace carillon
