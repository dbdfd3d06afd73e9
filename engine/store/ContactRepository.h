// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"

#include <optional>

namespace carillon {

class Connection;

// Contacts with their addresses as rows. Throws SqlFailure, as everything that runs on a Connection does.
class ContactRepository {
public:
    explicit ContactRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    std::optional<Contact> find(qint64 id);
    std::optional<qint64> findByExternalId(const QString& externalId);
    // The contact with this address, the oldest when there are several.
    std::optional<qint64> findByAddress(const QString& channel, const QString& value);
    QList<Contact> findAll(const QList<qint64>& ids);

    // By id. `search` looks into name, external id and addresses; listId 0: any.
    QList<Contact> page(const QString& search, qint64 listId, qint64 offset, int limit);
    qint64 count(const QString& search, qint64 listId);

    // Inserts with its addresses; the id.
    qint64 insert(const Contact& contact);
    // Updates it and makes its addresses these.
    void update(const Contact& contact);
    void remove(qint64 id);
    void setAddressState(const QString& channel, const QString& value, AddressState state);
    // Whoever has the address `from` has `to` in its place, unless it is there already. True when anybody had it.
    bool moveAddress(const QString& channel, const QString& from, const QString& to);

    // Attribute keys of the newest contacts (a bounded sample), the most frequent first.
    QStringList attributeKeys();

private:
    Connection& m_connection;
};

} // namespace carillon
