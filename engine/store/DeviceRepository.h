// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Device.h"

#include <optional>

namespace carillon {

class Connection;

// Devices as rows: the addresses on push channels with what is known of each. Throws SqlFailure, as everything that runs on
// a Connection does.
class DeviceRepository {
public:
    explicit DeviceRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    std::optional<Device> find(qint64 id);
    // Whoever has the address, by number.
    QList<Device> withAddress(const QString& channel, const QString& value);
    // Those in use first, the one seen last at the top.
    QList<Device> ofContact(qint64 contactId);

    // A new address of its contact, with what it says of itself; its number.
    qint64 insert(Address address, const DeviceInfo& info, qint64 now);
    // The device of that number has been seen: it is in use, with this value and info.
    void update(const Address& address, const DeviceInfo& info, qint64 now);
    void remove(qint64 id);

    // Nothing is sent to it any more; its address becomes `state`.
    void retire(qint64 id, AddressState state, const QString& why, qint64 now);

    void markSent(qint64 contactId, const QString& channel, const QString& value, qint64 now);
    void markClicked(qint64 id, qint64 now);

    // By channel, platform and browser, the most frequent first. `since`: what counts as reached and clicked.
    QList<DeviceStatistic> statistics(qint64 since);

private:
    Connection& m_connection;
};

} // namespace carillon
