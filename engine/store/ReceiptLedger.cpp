// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ReceiptLedger.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Engagement.h"
#include "engine/store/AddressSuppression.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/ReceiptRepository.h"
#include "engine/store/RefusalRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr int mostForgotten = 500;

const QString actor = QStringLiteral("platform");

QString tr(const char* text)
{
    return QCoreApplication::translate("ReceiptLedger", text);
}

// Nothing can be said of its state before its attempt is recorded.
bool isUnderWay(DeliveryState state)
{
    return state == DeliveryState::Queued || state == DeliveryState::Sending || state == DeliveryState::Retrying;
}

QString reasonOf(const Receipt& receipt)
{
    if (!receipt.reason.isEmpty())
        return receipt.reason;
    return receipt.code.isEmpty() ? tr("The platform could not deliver it.")
                                  : tr("The platform could not deliver it: %1.").arg(receipt.code);
}

QString joined(const QString& reason, const QString& more)
{
    return more.isEmpty() ? reason : reason + u' ' + more;
}

QJsonObject detailsOf(const Receipt& receipt)
{
    QJsonObject details;
    if (!receipt.providerId.isEmpty())
        details.insert(QStringLiteral("provider_id"), receipt.providerId);
    if (!receipt.code.isEmpty())
        details.insert(QStringLiteral("code"), receipt.code);
    if (receipt.time != 0)
        details.insert(QStringLiteral("told_at"), receipt.time);
    return details;
}

} // namespace

std::optional<Delivery> ReceiptLedger::find(qint64 accountId, const Receipt& receipt)
{
    DeliveryRepository deliveries(m_connection);
    if (!receipt.providerId.isEmpty()) {
        if (const qint64 id = ReceiptRepository(m_connection).deliveryOf(accountId, receipt.providerId); id != 0)
            return deliveries.find(id);
    }
    std::optional<Delivery> delivery = receipt.deliveryId == 0 ? std::nullopt : deliveries.find(receipt.deliveryId);
    const bool isItsOwn
        = delivery && (delivery->accountId == accountId || LogRepository(m_connection).hasAttempt(delivery->id, accountId));
    return isItsOwn ? delivery : std::nullopt;
}

std::optional<Delivery> ReceiptLedger::take(qint64 accountId, const Receipt& receipt)
{
    std::optional<Delivery> delivery = find(accountId, receipt);
    if (!delivery || isUnderWay(delivery->state)) {
        Receipt waiting = receipt;
        waiting.deliveryId = delivery ? delivery->id : 0;
        ReceiptRepository(m_connection).wait(accountId, waiting, m_now);
        if (delivery) // what else it says holds at once, whatever becomes of the attempt
            (void)apply(*delivery, {accountId, receipt});
        return std::nullopt;
    }
    return apply(*delivery, {accountId, receipt}) ? delivery : std::nullopt;
}

void ReceiptLedger::sent(Delivery& delivery, const QStringList& partIds)
{
    if (!delivery.providerId.isEmpty()) {
        ReceiptRepository receipts(m_connection);
        if (partIds.isEmpty())
            receipts.remember(delivery.accountId, delivery.providerId, delivery.id);
        else
            receipts.rememberParts(delivery.accountId, delivery.providerId, partIds, delivery.id);
        for (const QString& id : QStringList(delivery.providerId) + partIds)
            applyAll(delivery, receipts.takeWaiting(delivery.accountId, id));
    }
    ended(delivery);
}

void ReceiptLedger::ended(Delivery& delivery)
{
    applyAll(delivery, ReceiptRepository(m_connection).takeWaiting(delivery.id));
}

// The caller sees what the delivery has become.
void ReceiptLedger::applyAll(Delivery& delivery, const QList<ToldReceipt>& waiting)
{
    for (const ToldReceipt& told : waiting)
        (void)apply(delivery, told);
}

// False when it is of one part, and the message may not be so. From then on it is told of the message, by its first part.
bool ReceiptLedger::holdsForAllParts(ToldReceipt& told)
{
    ReceiptRepository receipts(m_connection);
    const QString part = told.receipt.providerId;
    const QString first = part.isEmpty() ? QString() : receipts.firstPartOf(told.accountId, part);
    if (first.isEmpty())
        return true;
    told.receipt.providerId = first;
    switch (told.receipt.kind) {
    case ReceiptKind::Sent:
    case ReceiptKind::Bounced: return true;
    case ReceiptKind::Failed: return !receipts.isPartDelivered(told.accountId, part); // what got there got there
    default: return receipts.partDelivered(told.accountId, part);
    }
}

// Of a sending before the last one. One whose id was never recorded may be the last one.
bool ReceiptLedger::isEarlier(const Delivery& delivery, const ToldReceipt& told)
{
    if (told.accountId != delivery.accountId)
        return true;
    const QString& id = told.receipt.providerId;
    if (id.isEmpty() || id == delivery.providerId)
        return false;
    return !delivery.providerId.isEmpty()
        || ReceiptRepository(m_connection).deliveryOf(delivery.accountId, id) == delivery.id;
}

bool ReceiptLedger::apply(Delivery& delivery, ToldReceipt told)
{
    using S = DeliveryState;
    const bool holds = holdsForAllParts(told);
    Delivery itsOwn = delivery; // as the account had it that tells of it
    itsOwn.accountId = told.accountId;
    switch (told.receipt.kind) {
    case ReceiptKind::Sent:
        return delivery.state == S::Uncertain && !isEarlier(delivery, told) && become(delivery, S::Sent, told);
    case ReceiptKind::Delivered: return holds && become(delivery, S::Delivered, told);
    case ReceiptKind::Failed: return holds && fail(delivery, told);
    case ReceiptKind::Bounced: {
        const bool bounced = told.accountId == delivery.accountId && become(delivery, S::Bounced, told);
        suppress(itsOwn, QStringLiteral("bounced"), told.receipt);
        return bounced;
    }
    case ReceiptKind::Read:
    case ReceiptKind::Opened:
    case ReceiptKind::Clicked:
    case ReceiptKind::Complained: break;
    }
    const bool delivered = holds && become(delivery, S::Delivered, told);
    if (told.receipt.kind == ReceiptKind::Complained)
        complain(itsOwn, told.receipt);
    else
        engage(itsOwn, nameOf(told.receipt.kind), told.receipt.time);
    return delivered;
}

bool ReceiptLedger::fail(Delivery& delivery, const ToldReceipt& told)
{
    const bool failed = !isEarlier(delivery, told) && become(delivery, DeliveryState::Failed, told);
    if (told.receipt.suppress) {
        Delivery itsOwn = delivery;
        itsOwn.accountId = told.accountId;
        suppress(itsOwn, QStringLiteral("refused"), told.receipt);
    } else if (failed && told.receipt.suppressAfter.isSet()) {
        countRefusalOf(m_connection, delivery, told.receipt.suppressAfter, actor, m_now);
    }
    return failed;
}

bool ReceiptLedger::become(Delivery& delivery, DeliveryState to, const ToldReceipt& told)
{
    // What waits or is on the wire again is for its own attempt to say.
    if (isUnderWay(delivery.state))
        return false;
    const Receipt& receipt = told.receipt;
    const bool isOthers = told.accountId != delivery.accountId;
    QJsonObject details = detailsOf(receipt);
    if (isOthers)
        details.insert(QStringLiteral("told_by_account"), told.accountId);
    DeliveryChange change;
    change.to = to;
    change.actor = actor;
    change.details = JsonText(details);
    if (to == DeliveryState::Failed || to == DeliveryState::Bounced)
        change.error = reasonOf(receipt);
    if (to == DeliveryState::Failed)
        change.error = joined(change.error, lastRefusalOf(m_connection, delivery, receipt.suppressAfter, m_now));
    if (delivery.providerId.isEmpty() && !isOthers)
        change.providerId = receipt.providerId;
    if (!DeliveryRepository(m_connection).change(delivery, change, m_now))
        return false;
    if (to == DeliveryState::Delivered)
        RefusalRepository(m_connection).forget(delivery.channel, delivery.address);
    return true;
}

// Once for each delivery: whoever takes an address off the list is not overruled by a repetition.
void ReceiptLedger::suppress(const Delivery& delivery, const QString& why, const Receipt& receipt)
{
    if (!LogRepository(m_connection).has(delivery.id, QStringLiteral("address.suppressed")))
        suppressAddressOf(m_connection, delivery, why, reasonOf(receipt), actor, m_now);
}

void ReceiptLedger::append(const Delivery& delivery, const QString& type, const QJsonObject& data)
{
    LogRepository(m_connection)
        .append({0, m_now, type, actor, delivery.campaignId, delivery.id, delivery.contactId, delivery.accountId,
                 delivery.channel, data});
}

void ReceiptLedger::engage(const Delivery& delivery, const QString& kind, qint64 time)
{
    EngagementRepository engagements(m_connection);
    // Something is read once; opened and clicked are told apart by their times.
    if (engagements.has(delivery.id, kind, kind == EngagementKind::Read ? 0 : time))
        return;
    engagements.add(delivery.id, kind, time == 0 ? m_now : time);
    append(delivery, QStringLiteral("engagement.") + kind,
           {{QStringLiteral("address"), shownAddress(delivery.channel, delivery.address)}});
}

void ReceiptLedger::complain(const Delivery& delivery, const Receipt& receipt)
{
    const QString type = QStringLiteral("delivery.complained");
    if (LogRepository(m_connection).has(delivery.id, type))
        return;
    QJsonObject data = detailsOf(receipt);
    data.insert(QStringLiteral("address"), shownAddress(delivery.channel, delivery.address));
    append(delivery, type, data);
    suppressAddressOf(m_connection, delivery, QStringLiteral("complained"), receipt.reason, actor, m_now);
}

bool ReceiptLedger::take(qint64 accountId, const QString& channel, const InboundMessage& message)
{
    ReceiptRepository receipts(m_connection);
    if (!receipts.isNewMessage(accountId, message.id, m_now))
        return false;
    LogEntry entry{0, m_now, QStringLiteral("message.received"), actor, 0, 0, 0, accountId, channel, {}};
    std::optional<Delivery> answered;
    if (!message.answersTo.isEmpty())
        answered = find(accountId, {message.answersTo, 0, ReceiptKind::Read, {}, {}, 0, false});
    if (answered) {
        entry.campaignId = answered->campaignId;
        entry.deliveryId = answered->id;
        entry.contactId = answered->contactId;
        // Whoever answers has got it.
        engage(*answered, EngagementKind::Replied, message.time);
    } else {
        entry.contactId = ContactRepository(m_connection).findByAddress(channel, message.from).value_or(0);
    }
    entry.data = {{QStringLiteral("from"), message.from}, {QStringLiteral("text"), message.text}};
    if (!message.id.isEmpty())
        entry.data.insert(QStringLiteral("message_id"), message.id);
    if (!message.answersTo.isEmpty())
        entry.data.insert(QStringLiteral("answers_to"), message.answersTo);
    LogRepository(m_connection).append(entry);
    if (message.stop)
        stop(accountId, channel, message);
    return true;
}

void ReceiptLedger::forgetOld()
{
    const int forgotten = ReceiptRepository(m_connection).forget(m_now, mostForgotten);
    if (forgotten == 0)
        return;
    LogRepository(m_connection)
        .append({0,
                 m_now,
                 QStringLiteral("receipts.forgotten"),
                 QStringLiteral("engine"),
                 0,
                 0,
                 0,
                 0,
                 {},
                 {{QStringLiteral("count"), forgotten},
                  {QStringLiteral("reason"), tr("Nothing was sent by this workspace that they could be for.")}}});
}

void ReceiptLedger::stop(qint64 accountId, const QString& channel, const InboundMessage& message)
{
    Delivery whom;
    whom.accountId = accountId;
    whom.channel = channel;
    whom.address = message.from;
    whom.contactId = ContactRepository(m_connection).findByAddress(channel, message.from).value_or(0);
    suppressAddressOf(m_connection, whom, QStringLiteral("unsubscribed"), {}, actor, m_now);
}

} // namespace carillon
