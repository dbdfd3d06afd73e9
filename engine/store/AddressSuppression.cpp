// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AddressSuppression.h"

#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/SuppressionRepository.h"

namespace carillon {

void suppressAddressOf(Connection& connection, const Delivery& delivery, const QString& why, const QString& words,
                       const QString& actor, qint64 now)
{
    const bool bounced = why == QStringLiteral("bounced");
    ContactRepository(connection)
        .setAddressState(delivery.channel, delivery.address, bounced ? AddressState::Bounced : AddressState::Disabled);
    if (!SuppressionRepository(connection).add({0, delivery.channel, delivery.address, why, words, now}))
        return;
    LogRepository(connection)
        .append(
            {0,
             now,
             QStringLiteral("address.suppressed"),
             actor,
             delivery.campaignId,
             delivery.id,
             delivery.contactId,
             delivery.accountId,
             delivery.channel,
             {{QStringLiteral("address"), delivery.address}, {QStringLiteral("reason"), words.isEmpty() ? why : words}}});
}

} // namespace carillon
