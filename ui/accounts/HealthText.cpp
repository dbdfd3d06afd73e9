// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/HealthText.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct HealthWords {
    Q_DECLARE_TR_FUNCTIONS(HealthWords)
};

bool isOpen(const AccountHealth& account)
{
    return account.breaker == u"open";
}

bool isProbing(const AccountHealth& account)
{
    return account.breaker == u"half_open";
}

// Within a thousandth they are the same: a bucket that has found its way back to what is set.
bool isSlowed(const AccountHealth& account)
{
    return account.perSecond > 0 && account.limitPerSecond > 0 && account.perSecond < account.limitPerSecond * 0.999;
}

// Something worse than the check's failure is said first.
bool hasFailedCheck(const AccountHealth& account)
{
    return account.state == u"ok" && !isOpen(account) && !isProbing(account) && !account.checkError.isEmpty();
}

QString checkSentence(const AccountHealth& account)
{
    if (account.checkedAt == 0)
        return {};
    const QString time = timeText(account.checkedAt);
    return account.checkError.isEmpty()
        ? HealthWords::tr("The last check (%1) went well.").arg(time)
        : HealthWords::tr("Check failed (%1): %2").arg(time, account.checkError.simplified());
}

QString waitSentence(const AccountHealth& account, qint64 now)
{
    if (account.waitsUntil <= now)
        return {};
    const QString time = timeText(account.waitsUntil);
    const QString left = durationText(account.waitsUntil - now);
    return isOpen(account) ? HealthWords::tr("It is tried again at %1, in %2.").arg(time, left)
                           : HealthWords::tr("It waits until %1, for %2.").arg(time, left);
}

QString asSentence(const QString& text)
{
    const bool ended = text.isEmpty() || text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?');
    return ended ? text : text + u'.';
}

} // namespace

QString healthTitle(const AccountHealth& account)
{
    if (account.state == u"disabled")
        return HealthWords::tr("Off");
    if (account.state == u"needs password")
        return HealthWords::tr("Needs password");
    if (account.state == u"wrong settings")
        return HealthWords::tr("Wrong settings");
    if (isOpen(account))
        return HealthWords::tr("Breaker open");
    if (isProbing(account))
        return HealthWords::tr("Probing");
    if (hasFailedCheck(account))
        return HealthWords::tr("Check failed");
    if (account.state == u"throttled")
        return HealthWords::tr("Throttled");
    if (account.state == u"down")
        return HealthWords::tr("Down");
    if (account.state == u"starting")
        return HealthWords::tr("Starting");
    return account.state == u"ok" ? HealthWords::tr("Healthy") : account.state;
}

Tone healthTone(const AccountHealth& account)
{
    if (account.state == u"disabled" || account.state == u"starting")
        return Tone::Neutral;
    if (isOpen(account) || account.state == u"down" || hasFailedCheck(account))
        return Tone::Bad;
    return account.state == u"ok" && !isProbing(account) ? Tone::Good : Tone::Warning;
}

QString healthSentence(const AccountHealth& account, qint64 now)
{
    QStringList sentences;
    if (!hasFailedCheck(account)) // else its sentence says so
        sentences << asSentence(healthTitle(account));
    if (isProbing(account))
        sentences << HealthWords::tr("One message is out to see whether the platform is back.");
    sentences << waitSentence(account, now) << asSentence(account.detail.simplified()) << asSentence(checkSentence(account));
    if (isSlowed(account))
        sentences << HealthWords::tr("The platform complained: it gets %1 instead of %2 until it bears more.")
                         .arg(rateText(account.perSecond), rateText(account.limitPerSecond));
    if (account.slowDestinations > 0)
        sentences << (account.slowDestinations == 1
                          ? HealthWords::tr("One destination waits.")
                          : HealthWords::tr("%1 destinations wait.").arg(countText(account.slowDestinations)));
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

QString healthRate(const AccountHealth& account)
{
    if (account.perSecond <= 0 && account.limitPerSecond <= 0)
        return HealthWords::tr("no limit");
    if (account.limitPerSecond <= 0)
        return rateText(account.perSecond);
    if (!isSlowed(account))
        return rateText(account.limitPerSecond);
    return HealthWords::tr("%1 of %2").arg(rateText(account.perSecond), rateText(account.limitPerSecond));
}

QString healthInFlight(const AccountHealth& account)
{
    return account.inFlightLimit > 0
        ? HealthWords::tr("%1 of %2").arg(countText(account.inFlight), countText(account.inFlightLimit))
        : countText(account.inFlight);
}

} // namespace carillon::ui
