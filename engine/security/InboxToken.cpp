// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/InboxToken.h"

#include "engine/security/TokenScope.h"

namespace carillon {

namespace {

const QString contactClaim = QStringLiteral("contact");
const QString externalIdClaim = QStringLiteral("external_id");

} // namespace

JwtClaims inboxClaims(const InboxHolder& holder, qint64 now, qint64 validMs)
{
    JwtClaims claims;
    claims.subject = QStringLiteral("contact:") + holder.externalId;
    claims.scopes = {TokenScope::Inbox};
    claims.issuedAt = now;
    claims.expiresAt = now + validMs;
    claims.other = {{contactClaim, holder.contactId}, {externalIdClaim, holder.externalId}};
    return claims;
}

std::optional<InboxHolder> inboxHolder(const JwtClaims& claims)
{
    const InboxHolder holder{claims.other.value(contactClaim).toInteger(), claims.other.value(externalIdClaim).toString()};
    const bool isHolder
        = claims.scopes == QStringList{TokenScope::Inbox} && holder.contactId > 0 && !holder.externalId.isEmpty();
    return isHolder ? std::optional(holder) : std::nullopt;
}

} // namespace carillon
