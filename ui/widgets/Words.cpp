// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Words.h"

#include "engine/model/Names.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace carillon::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

const QString None = QStringLiteral("\u2013");

} // namespace

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString contactsText(qint64 count)
{
    return count == 1 ? Words::tr("1 contact") : Words::tr("%1 contacts").arg(countText(count));
}

QString rateText(double perSecond)
{
    const int decimals = perSecond > 0 && perSecond < 10 ? 1 : 0;
    return Words::tr("%1/s").arg(QLocale().toString(perSecond, 'f', decimals));
}

QString percentText(double part, double whole)
{
    if (whole <= 0)
        return None;
    const double percent = 100.0 * part / whole;
    if (percent > 0 && percent < 0.1)
        return Words::tr("< %1 %").arg(QLocale().toString(0.1, 'f', 1)); // nor is a little nothing
    const int decimals = percent > 0 && percent < 1 ? 1 : 0;
    // 99.97 % is not everything, and must not be shown as if it were.
    return Words::tr("%1 %").arg(QLocale().toString(percent < 100 && percent > 99 ? 99.0 : percent, 'f', decimals));
}

QString timeText(qint64 time)
{
    if (time <= 0)
        return None;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    const QDate today = QDate::currentDate();
    if (local.date() == today)
        return QLocale().toString(local.time(), QStringLiteral("HH:mm:ss"));
    const bool thisYear = local.date().year() == today.year();
    return QLocale().toString(local, thisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString agoText(qint64 time, qint64 now)
{
    const qint64 seconds = (now - time) / 1'000;
    if (time <= 0 || seconds < -1 || seconds >= 24 * 3'600)
        return timeText(time);
    if (seconds < 10)
        return Words::tr("just now");
    if (seconds < 60)
        return Words::tr("%1 s ago").arg(seconds);
    if (seconds < 3'600)
        return Words::tr("%1 min ago").arg(seconds / 60);
    return Words::tr("%1 h ago").arg(seconds / 3'600);
}

QString momentText(qint64 time, qint64 now)
{
    if (time <= 0)
        return None;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    const qint64 days = today.daysTo(local.date());
    if (days == 0)
        return QLocale().toString(local, QStringLiteral("HH:mm"));
    if (days > 0 && days < 7)
        return QLocale().toString(local, QStringLiteral("ddd HH:mm"));
    const bool sameYear = local.date().year() == today.year();
    return QLocale().toString(local, sameYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QString paceText(double perMinute)
{
    if (perMinute >= 60 || perMinute <= 0)
        return rateText(perMinute / 60);
    const int decimals = perMinute < 10 && perMinute != std::floor(perMinute) ? 1 : 0;
    return Words::tr("%1/min").arg(QLocale().toString(perMinute, 'f', decimals));
}

QString durationText(qint64 ms)
{
    const qint64 seconds = (ms + 999) / 1'000;
    if (seconds < 60)
        return Words::tr("about %1 s").arg(seconds);
    if (seconds < 3'600)
        return Words::tr("about %1 min").arg((seconds + 30) / 60);
    return Words::tr("about %1 h %2 min").arg(seconds / 3'600).arg(seconds % 3'600 / 60);
}

QString titleOf(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Queued: return Words::tr("Queued");
    case DeliveryState::Sending: return Words::tr("Sending");
    case DeliveryState::Retrying: return Words::tr("Retrying");
    case DeliveryState::Sent: return Words::tr("Sent");
    case DeliveryState::Delivered: return Words::tr("Delivered");
    case DeliveryState::Failed: return Words::tr("Failed");
    case DeliveryState::Bounced: return Words::tr("Bounced");
    case DeliveryState::Uncertain: return Words::tr("Uncertain");
    case DeliveryState::Suppressed: return Words::tr("Suppressed");
    case DeliveryState::Expired: return Words::tr("Expired");
    case DeliveryState::Cancelled: return Words::tr("Cancelled");
    }
    return {};
}

QString titleOf(CampaignState state)
{
    switch (state) {
    case CampaignState::Draft: return Words::tr("Draft");
    case CampaignState::AwaitingApproval: return Words::tr("Awaiting approval");
    case CampaignState::Scheduled: return Words::tr("Scheduled");
    case CampaignState::Planning: return Words::tr("Planning");
    case CampaignState::Sending: return Words::tr("Sending");
    case CampaignState::Paused: return Words::tr("Paused");
    case CampaignState::Finished: return Words::tr("Finished");
    case CampaignState::Cancelled: return Words::tr("Cancelled");
    }
    return {};
}

QString channelTitle(const QString& channel)
{
    static const QHash<QString, const char*> titles{{QStringLiteral("email"), QT_TRANSLATE_NOOP("Words", "Email")},
                                                    {QStringLiteral("sms"), QT_TRANSLATE_NOOP("Words", "SMS")},
                                                    {QStringLiteral("chat"), QT_TRANSLATE_NOOP("Words", "Chat")},
                                                    {QStringLiteral("slack"), QT_TRANSLATE_NOOP("Words", "Slack")},
                                                    {QStringLiteral("telegram"), QT_TRANSLATE_NOOP("Words", "Telegram")},
                                                    {QStringLiteral("whatsapp"), QT_TRANSLATE_NOOP("Words", "WhatsApp")},
                                                    {QStringLiteral("push"), QT_TRANSLATE_NOOP("Words", "Push")},
                                                    {QStringLiteral("web_push"), QT_TRANSLATE_NOOP("Words", "Web push")},
                                                    {QStringLiteral("fcm"), QT_TRANSLATE_NOOP("Words", "Firebase push")},
                                                    {QStringLiteral("apns"), QT_TRANSLATE_NOOP("Words", "Apple push")},
                                                    {QStringLiteral("in_app"), QT_TRANSLATE_NOOP("Words", "In-app")},
                                                    {QStringLiteral("webhook"), QT_TRANSLATE_NOOP("Words", "Webhook")}};
    const char* title = titles.value(channel);
    if (title || channel.isEmpty())
        return title ? Words::tr(title) : channel;
    return channel.at(0).toUpper() + channel.mid(1).replace(u'_', u' '); // a platform that a provider brings along
}

QString typeTitle(const QString& logType)
{
    const QString what = logType.section(u'.', 1);
    if (logType.startsWith(u"delivery.")) {
        if (const auto state = valueOf<DeliveryState>(what))
            return titleOf(*state);
    }
    QString title = what;
    title.replace(u'_', u' ');
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title.isEmpty() ? logType : title;
}

Tone toneOf(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Queued:
    case DeliveryState::Suppressed:
    case DeliveryState::Expired:
    case DeliveryState::Cancelled: return Tone::Neutral;
    case DeliveryState::Sending: return Tone::Info;
    case DeliveryState::Retrying:
    case DeliveryState::Uncertain: return Tone::Warning;
    case DeliveryState::Sent:
    case DeliveryState::Delivered: return Tone::Good;
    case DeliveryState::Failed:
    case DeliveryState::Bounced: return Tone::Bad;
    }
    return Tone::Neutral;
}

Tone toneOf(CampaignState state)
{
    switch (state) {
    case CampaignState::Draft:
    case CampaignState::Cancelled: return Tone::Neutral;
    case CampaignState::AwaitingApproval:
    case CampaignState::Paused: return Tone::Warning;
    case CampaignState::Scheduled:
    case CampaignState::Planning:
    case CampaignState::Sending: return Tone::Info;
    case CampaignState::Finished: return Tone::Good;
    }
    return Tone::Neutral;
}

Tone toneOfType(const QString& logType)
{
    if (!logType.startsWith(u"delivery."))
        return Tone::Neutral;
    if (logType == u"delivery.complained")
        return Tone::Bad;
    const auto state = valueOf<DeliveryState>(logType.section(u'.', 1));
    return state ? toneOf(*state) : Tone::Neutral;
}

} // namespace carillon::ui
