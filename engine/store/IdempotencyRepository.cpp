// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/IdempotencyRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

std::optional<IdempotencyRepository::Kept> IdempotencyRepository::find(const QString& scope, const QString& key,
                                                                       qint64 notBefore)
{
    Rows rows = m_connection.query(
        "SELECT body_hash, answer FROM idempotency WHERE scope = ? AND key = ? AND created_at >= ?", scope, key, notBefore);
    return rows.next() ? std::optional(Kept{rows.utf8(0), rows.json(1)}) : std::nullopt;
}

void IdempotencyRepository::keep(const QString& scope, const QString& key, const Kept& kept, qint64 now)
{
    m_connection.run("INSERT OR REPLACE INTO idempotency (scope, key, body_hash, answer, created_at) VALUES (?, ?, ?, ?, ?)",
                     scope, key, kept.bodyHash, kept.answer, now);
}

int IdempotencyRepository::prune(qint64 before)
{
    return m_connection.run("DELETE FROM idempotency WHERE (scope, key) IN"
                            " (SELECT scope, key FROM idempotency WHERE created_at < ? ORDER BY created_at LIMIT ?)",
                            before, PruneStep);
}

} // namespace carillon
