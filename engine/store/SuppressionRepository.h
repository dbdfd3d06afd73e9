// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"

#include <optional>

namespace carillon {

class Connection;

// The addresses that must not be used. Throws SqlFailure, as everything that runs on a Connection does.
class SuppressionRepository {
public:
    explicit SuppressionRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<Suppression> page(qint64 offset, int limit); // newest first
    qint64 count();
    bool isEmpty();
    // Those of the keys (see addressKey()) that are suppressed on the channel.
    QStringList among(const QString& channel, const QStringList& keys);
    std::optional<Suppression> find(qint64 id);
    // Keeps the first reason when the address is suppressed already: then false.
    bool add(const Suppression& suppression);
    void remove(qint64 id);
    // The address turned out to exist after all; what people said of it stays.
    void removeBounced(const QString& channel, const QString& value);

private:
    Connection& m_connection;
};

} // namespace carillon
