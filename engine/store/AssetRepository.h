// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Asset.h"

#include <optional>

namespace carillon {

class Connection;

// The files that templates name, as rows. Throws SqlFailure, as everything that runs on a Connection does.
class AssetRepository {
public:
    explicit AssetRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Keeps the bytes, once however often they are given.
    Asset add(const QByteArray& data, qint64 now);
    bool contains(const QString& hash);
    std::optional<Asset> find(const QString& hash);

private:
    Connection& m_connection;
};

} // namespace carillon
