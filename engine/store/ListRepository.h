// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"

#include <optional>

namespace carillon {

class Connection;

// Lists and who is on them. Throws SqlFailure, as everything that runs on a Connection does.
class ListRepository {
public:
    explicit ListRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<ContactList> all();
    std::optional<ContactList> findByName(const QString& name);
    // Inserts (id 0) or renames; the id.
    qint64 save(const ContactList& list);
    void add(qint64 listId, qint64 contactId);

private:
    Connection& m_connection;
};

} // namespace carillon
