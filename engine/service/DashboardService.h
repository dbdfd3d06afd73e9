// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/security/Jwt.h"
#include "engine/security/TokenScope.h"

#include <QUrl>

namespace carillon {

class Clock;

// Access for web dashboards and applications: signed tokens, and the address that carries one. Immutable, thread-safe.
class DashboardService {
public:
    // `key` is the workspace's own. `address`: where the page is served; empty when the server is off.
    DashboardService(const Clock& clock, JwtKey key, QUrl address);

    const QUrl& address() const { return m_address; }
    // Administrator. A token for `subject` that is valid for `validMs` and allows `scopes` (TokenScope). InvalidInput: a
    // scope that there is not, or none.
    Result<QString> issueToken(const Caller& caller, const QString& subject, qint64 validMs,
                               const QStringList& scopes = {TokenScope::FeedRead}) const;
    // Viewer. The page's address with a token for one day in its fragment, ready for a browser.
    Result<QUrl> signedAddress(const Caller& caller) const;

private:
    Result<QString> sign(const QString& subject, qint64 validMs, const QStringList& scopes) const;

    const Clock& m_clock;
    JwtKey m_key;
    QUrl m_address;
};

} // namespace carillon
