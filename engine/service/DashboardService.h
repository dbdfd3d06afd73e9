// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/security/Jwt.h"

#include <QUrl>

namespace carillon {

class Clock;

// Access for web dashboards: signed tokens, and the address that carries one. Immutable, thread-safe.
class DashboardService {
public:
    // What a token allows: to read the feed.
    static inline const QString FeedScope = QStringLiteral("feed:read");

    // `key` is the workspace's own. `address`: where the page is served; empty when the server is off.
    DashboardService(const Clock& clock, JwtKey key, QUrl address);

    const QUrl& address() const { return m_address; }
    // Administrator. A token for `subject` that may read the feed for `validMs`.
    Result<QString> issueToken(const Caller& caller, const QString& subject, qint64 validMs) const;
    // Viewer. The page's address with a token for one day in its fragment, ready for a browser.
    Result<QUrl> signedAddress(const Caller& caller) const;

private:
    Result<QString> sign(const QString& subject, qint64 validMs) const;

    const Clock& m_clock;
    JwtKey m_key;
    QUrl m_address;
};

} // namespace carillon
