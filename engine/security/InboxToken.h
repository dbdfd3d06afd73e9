// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/Jwt.h"

#include <optional>

namespace carillon {

// For whose inbox a token is. An application's server has it made for a contact who has logged in, and gives it to the
// contact's page or app, which then reads the inbox and listens to it, and can do nothing else.
struct InboxHolder {
    qint64 contactId = 0;
    QString externalId;

    friend bool operator==(const InboxHolder&, const InboxHolder&) = default;
};

// The claims of such a token: scope TokenScope::Inbox, subject "contact:<external id>". `now` is UTC milliseconds.
JwtClaims inboxClaims(const InboxHolder& holder, qint64 now, qint64 validMs);

// Whose it is; nothing for any other token, also for one that has further scopes: it goes by those.
std::optional<InboxHolder> inboxHolder(const JwtClaims& claims);

} // namespace carillon
