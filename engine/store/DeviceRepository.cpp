// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeviceRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/store/Connection.h"

namespace carillon {

namespace {

constexpr int mostStatistics = 1000;

// Platforms of the push medium, in which addresses are devices: see Channel.h.
#define PUSH_CHANNELS "('push', 'web_push', 'fcm', 'apns')"
#define DEVICES                                                                                                             \
    "SELECT id, contact_id, channel, value, state, COALESCE(label, ''), COALESCE(platform, ''), COALESCE(browser, ''),"     \
    " COALESCE(user_agent, ''), COALESCE(created_at, 0), COALESCE(seen_at, 0), COALESCE(sent_at, 0),"                       \
    " COALESCE(clicked_at, 0), COALESCE(retired_at, 0), COALESCE(retired_why, '')"                                          \
    " FROM address LEFT JOIN device ON address_id = id WHERE channel IN " PUSH_CHANNELS

Device deviceOf(const Rows& rows)
{
    Device device;
    device.address = {rows.integer(0), rows.integer(1), rows.text(2), rows.text(3),
                      valueOf<AddressState>(rows.text(4)).value_or(AddressState::Disabled)};
    device.info = {rows.text(5), rows.text(6), rows.text(7), rows.text(8)};
    device.createdAt = rows.integer(9);
    device.seenAt = rows.integer(10);
    device.sentAt = rows.integer(11);
    device.clickedAt = rows.integer(12);
    device.retiredAt = rows.integer(13);
    device.retiredWhy = rows.text(14);
    return device;
}

QList<Device> all(Rows rows)
{
    QList<Device> devices;
    while (rows.next())
        devices << deviceOf(rows);
    return devices;
}

} // namespace

std::optional<Device> DeviceRepository::find(qint64 id)
{
    const QList<Device> found = all(m_connection.query(DEVICES " AND id = ?", id));
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<Device> DeviceRepository::withAddress(const QString& channel, const QString& value)
{
    return all(
        m_connection.query(DEVICES " AND channel = ? AND value_key = ? ORDER BY id", channel, addressKey(channel, value)));
}

QList<Device> DeviceRepository::ofContact(qint64 contactId)
{
    return all(m_connection.query(
        DEVICES " AND contact_id = ? ORDER BY state <> 'active', COALESCE(seen_at, 0) DESC, id DESC", contactId));
}

qint64 DeviceRepository::insert(Address address, const DeviceInfo& info, qint64 now)
{
    address.id = m_connection.integer(
        "INSERT INTO address (contact_id, channel, value, value_key, state) VALUES (?, ?, '', '', ?) RETURNING id",
        address.contactId, address.channel, nameOf(address.state));
    update(address, info, now);
    return address.id;
}

void DeviceRepository::update(const Address& address, const DeviceInfo& info, qint64 now)
{
    m_connection.run("UPDATE address SET value = ?, value_key = ?, state = ? WHERE id = ?", address.value,
                     addressKey(address.channel, address.value), nameOf(AddressState::Active), address.id);
    m_connection.run("INSERT INTO device (address_id, label, platform, browser, user_agent, created_at, seen_at, sent_at,"
                     " clicked_at, retired_at, retired_why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0, 0, 0, '')"
                     " ON CONFLICT (address_id) DO UPDATE SET label = ?2, platform = ?3, browser = ?4, user_agent = ?5,"
                     " seen_at = ?6, retired_at = 0, retired_why = ''",
                     address.id, info.label, info.platform, info.browser, info.userAgent, now);
}

void DeviceRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM address WHERE id = ?", id);
}

void DeviceRepository::retire(qint64 id, AddressState state, const QString& why, qint64 now)
{
    m_connection.run("UPDATE address SET state = ? WHERE id = ?", nameOf(state), id);
    m_connection.run("INSERT INTO device (address_id, label, platform, browser, user_agent, created_at, seen_at, sent_at,"
                     " clicked_at, retired_at, retired_why) VALUES (?1, '', '', '', '', 0, 0, 0, 0, ?2, ?3)"
                     " ON CONFLICT (address_id) DO UPDATE SET retired_at = ?2, retired_why = ?3",
                     id, now, why);
}

void DeviceRepository::markSent(qint64 contactId, const QString& channel, const QString& value, qint64 now)
{
    m_connection.run("UPDATE device SET sent_at = ? WHERE address_id IN"
                     " (SELECT id FROM address WHERE channel = ? AND value_key = ? AND contact_id = ?)",
                     now, channel, addressKey(channel, value), contactId);
}

void DeviceRepository::markClicked(qint64 id, qint64 now)
{
    m_connection.run("UPDATE device SET clicked_at = ?2, seen_at = ?2 WHERE address_id = ?1", id, now);
}

QList<DeviceStatistic> DeviceRepository::statistics(qint64 since)
{
    QList<DeviceStatistic> statistics;
    Rows rows = m_connection.query(
        "SELECT channel, COALESCE(platform, '') AS on_platform, COALESCE(browser, '') AS in_browser,"
        " SUM(state = 'active'), SUM(state <> 'active'), SUM(state = 'active' AND COALESCE(sent_at, 0) >= ?1),"
        " SUM(state = 'active' AND COALESCE(clicked_at, 0) >= ?1)"
        " FROM address LEFT JOIN device ON address_id = id WHERE channel IN " PUSH_CHANNELS
        " GROUP BY channel, on_platform, in_browser ORDER BY COUNT(*) DESC, channel, on_platform, in_browser LIMIT ?2",
        since, mostStatistics);
    while (rows.next())
        statistics << DeviceStatistic{rows.text(0),    rows.text(1),    rows.text(2),   rows.integer(3),
                                      rows.integer(4), rows.integer(5), rows.integer(6)};
    return statistics;
}

} // namespace carillon
