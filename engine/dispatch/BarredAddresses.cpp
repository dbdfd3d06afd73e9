// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/BarredAddresses.h"

#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/SuppressionRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("BarredAddresses", text);
}

// Most often it is there letter by letter, and keys need not be made.
const Address* addressOf(const Contact& contact, const Delivery& delivery)
{
    const auto find = [&](auto isSame) {
        const auto found = std::find_if(contact.addresses.begin(), contact.addresses.end(), [&](const Address& address) {
            return address.channel == delivery.channel && isSame(address.value);
        });
        return found == contact.addresses.end() ? nullptr : &*found;
    };
    if (const Address* same = find([&](const QString& value) { return value == delivery.address; }))
        return same;
    const QString key = addressKey(delivery.channel, delivery.address);
    return find([&](const QString& value) { return addressKey(delivery.channel, value) == key; });
}

bool isFixed(Connection& connection, const Delivery& delivery)
{
    const QList<Route> routes = TopicRepository(connection).routes(delivery.topicId);
    return std::any_of(routes.begin(), routes.end(),
                       [&](const Route& route) { return route.destination == delivery.address; });
}

void barSuppressed(Connection& connection, const QList<Delivery>& deliveries, QHash<qint64, QString>& barred)
{
    SuppressionRepository suppressions(connection);
    if (deliveries.isEmpty() || suppressions.isEmpty())
        return;
    QHash<QString, QHash<QString, QList<qint64>>> byKey; // of each channel
    for (const Delivery& delivery : deliveries)
        byKey[delivery.channel][addressKey(delivery.channel, delivery.address)] << delivery.id;
    for (auto channel = byKey.cbegin(); channel != byKey.cend(); ++channel) {
        for (const QString& key : suppressions.among(channel.key(), channel->keys())) {
            for (const qint64 id : channel->value(key))
                barred.insert(id, tr("The address is on the suppression list."));
        }
    }
}

} // namespace

QHash<qint64, QString> barredAddresses(Connection& connection, const QList<Delivery>& deliveries,
                                       const QHash<qint64, Contact>& contacts)
{
    QHash<qint64, QString> barred;
    QList<Delivery> inUse;
    for (const Delivery& delivery : deliveries) {
        const auto contact = contacts.constFind(delivery.contactId);
        if (contact == contacts.cend())
            continue;
        const Address* address = addressOf(*contact, delivery);
        if (address && address->state != AddressState::Active)
            barred.insert(delivery.id, tr("The address is not in use any more."));
        else if (address || delivery.channel == u"in_app")
            inUse << delivery;
        else if (isDeviceChannel(delivery.channel))
            barred.insert(delivery.id, tr("The device is not this contact's any more."));
    }
    barSuppressed(connection, inUse, barred);
    for (const Delivery& delivery : deliveries) {
        if (barred.contains(delivery.id) && isFixed(connection, delivery))
            barred.remove(delivery.id);
    }
    return barred;
}

} // namespace carillon
