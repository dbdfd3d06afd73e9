// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AssetRepository.h"

#include "engine/store/Connection.h"

#include <QCryptographicHash>

namespace carillon {

Asset AssetRepository::add(const QByteArray& data, qint64 now)
{
    const QByteArray hash = QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex();
    m_connection.run("INSERT INTO asset (hash, data, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", hash, Blob{data},
                     now);
    return {QString::fromLatin1(hash), data};
}

bool AssetRepository::contains(const QString& hash)
{
    return m_connection.integer("SELECT COUNT(*) FROM asset WHERE hash = ?", hash) > 0;
}

std::optional<Asset> AssetRepository::find(const QString& hash)
{
    Rows rows = m_connection.query("SELECT data FROM asset WHERE hash = ?", hash);
    if (!rows.next())
        return std::nullopt;
    return Asset{hash, rows.blob(0)};
}

} // namespace carillon
