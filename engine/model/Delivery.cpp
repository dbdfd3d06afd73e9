// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Delivery.h"

#include <QCoreApplication>
#include <QUrl>

namespace carillon {

namespace {

// Platforms that keep forty characters of a message id keep so many at least from the dot on, whatever the delivery's
// number.
constexpr qsizetype shortestTail = 20;

} // namespace

QString messageIdOf(const QString& workspaceId, qint64 deliveryId, const QString& fromAddress)
{
    const QString domain = QString::fromLatin1(QUrl::toAce(fromAddress.mid(fromAddress.lastIndexOf(u'@') + 1)));
    return u'd' + QString::number(deliveryId) + u'.' + workspaceId + u'@'
        + (domain.isEmpty() ? QStringLiteral("carillon.invalid") : domain);
}

qint64 deliveryIdOf(const QString& messageId, const QString& workspaceId)
{
    const qsizetype dot = messageId.indexOf(u'.');
    const QString rest = u'.' + workspaceId + u'@';
    bool isNumber = false;
    const qint64 id = QStringView(messageId).mid(1, dot - 1).toLongLong(&isNumber);
    const QStringView tail = QStringView(messageId).mid(qMax<qsizetype>(0, dot));
    const bool isCut = tail.size() >= shortestTail && QStringView(rest).startsWith(tail);
    const bool ours = messageId.startsWith(u'd') && dot > 0 && (tail.startsWith(rest) || isCut);
    return ours && isNumber && id > 0 ? id : 0;
}

bool isFinal(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Queued:
    case DeliveryState::Sending:
    case DeliveryState::Retrying: return false;
    case DeliveryState::Sent:
    case DeliveryState::Delivered:
    case DeliveryState::Failed:
    case DeliveryState::Bounced:
    case DeliveryState::Uncertain:
    case DeliveryState::Suppressed:
    case DeliveryState::Expired:
    case DeliveryState::Cancelled: return true;
    }
    return true;
}

bool mayBecome(DeliveryState from, DeliveryState to)
{
    using S = DeliveryState;
    switch (from) {
    case S::Queued:
    case S::Retrying:
        return to == S::Sending || to == S::Failed || to == S::Suppressed || to == S::Expired || to == S::Cancelled;
    case S::Sending:
        // Queued and Retrying: throttled, provider down, or to be tried again.
        return to == S::Queued || to == S::Retrying || to == S::Sent || to == S::Failed || to == S::Bounced
            || to == S::Uncertain;
    case S::Sent: return to == S::Delivered || to == S::Bounced || to == S::Failed;
    case S::Delivered: return to == S::Bounced;
    case S::Uncertain:
        return to == S::Retrying || to == S::Sent || to == S::Delivered || to == S::Failed || to == S::Bounced;
    case S::Failed:
        // Sent again by hand; or the platform tells more of what it took (see ReceiptLedger).
        return to == S::Retrying || to == S::Delivered || to == S::Bounced;
    case S::Bounced:
    case S::Suppressed:
    case S::Expired:
    case S::Cancelled: return false;
    }
    return false;
}

QString LeftOutReason::sentence(const QString& reason)
{
    if (reason == NoAddress)
        return QCoreApplication::translate("LeftOut", "has no address on this channel");
    if (reason == AddressInactive)
        return QCoreApplication::translate("LeftOut", "the address is disabled, bounced or not confirmed");
    if (reason == Suppressed)
        return QCoreApplication::translate("LeftOut", "the address is on the suppression list");
    if (reason == DuplicateAddress)
        return QCoreApplication::translate("LeftOut", "another contact of this audience has the same address");
    if (reason == NoTemplate)
        return QCoreApplication::translate("LeftOut", "the topic has no content for this channel");
    if (reason == NoRoute)
        return QCoreApplication::translate("LeftOut", "the topic has no enabled account for it");
    if (reason == FrequencyCap)
        return QCoreApplication::translate("LeftOut", "has had as many notifications of this category as the cap allows");
    if (reason == HourPassed)
        return QCoreApplication::translate("LeftOut", "the hour has passed in its time zone");
    if (reason == NoSendTime)
        return QCoreApplication::translate("LeftOut", "its quiet hours and the send window leave no time");
    return reason;
}

} // namespace carillon
