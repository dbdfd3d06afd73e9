// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AddressSuppression.h"

#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/RefusalRepository.h"
#include "engine/store/SuppressionRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

void retireDevices(Connection& connection, const Delivery& delivery, AddressState state, const QString& why, qint64 now)
{
    if (!isDeviceChannel(delivery.channel))
        return;
    DeviceRepository devices(connection);
    for (const Device& device : devices.withAddress(delivery.channel, delivery.address))
        devices.retire(device.address.id, state, why, now);
}

} // namespace

void suppressAddressOf(Connection& connection, const Delivery& delivery, const QString& why, const QString& words,
                       const QString& actor, qint64 now)
{
    const bool bounced = why == QStringLiteral("bounced");
    const AddressState state = bounced ? AddressState::Bounced : AddressState::Disabled;
    ContactRepository(connection).setAddressState(delivery.channel, delivery.address, state);
    retireDevices(connection, delivery, state, words.isEmpty() ? why : words, now);
    if (!SuppressionRepository(connection).add({0, delivery.channel, delivery.address, why, words, now}))
        return;
    LogRepository(connection)
        .append({0,
                 now,
                 QStringLiteral("address.suppressed"),
                 actor,
                 delivery.campaignId,
                 delivery.id,
                 delivery.contactId,
                 delivery.accountId,
                 delivery.channel,
                 {{QStringLiteral("address"), shownAddress(delivery.channel, delivery.address)},
                  {QStringLiteral("reason"), words.isEmpty() ? why : words}}});
}

QString lastRefusalOf(Connection& connection, const Delivery& delivery, const RefusalLimit& limit, qint64 now)
{
    if (!RefusalRepository(connection).wouldReach(delivery.channel, delivery.address, limit, now))
        return {};
    return QCoreApplication::translate("AddressSuppression", "Suppressed after %1 refusals within %2 days.")
        .arg(limit.times)
        .arg(limit.days);
}

void countRefusalOf(Connection& connection, const Delivery& delivery, const RefusalLimit& limit, const QString& actor,
                    qint64 now)
{
    RefusalRepository refusals(connection);
    if (!refusals.wouldReach(delivery.channel, delivery.address, limit, now))
        return refusals.add(delivery.channel, delivery.address, now);
    refusals.forget(delivery.channel, delivery.address);
    suppressAddressOf(connection, delivery, QStringLiteral("refused"), delivery.lastError, actor, now);
}

} // namespace carillon
