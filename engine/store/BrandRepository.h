// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <optional>

namespace carillon {

class Connection;

// Brands as rows. Throws SqlFailure, as everything that runs on a Connection does.
class BrandRepository {
public:
    explicit BrandRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<Brand> all();
    std::optional<Brand> find(qint64 id);
    // Where the outside reaches this workspace: the first brand's that has a public address; empty when none has.
    QString publicUrl();
    // Inserts (id 0) or updates; the id.
    qint64 save(const Brand& brand);

private:
    Connection& m_connection;
};

} // namespace carillon
