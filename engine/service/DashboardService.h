// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"

#include <QUrl>

namespace carillon {

class Clock;
class Random;
class Vault;

// Access for web dashboards. Thread-safe.
class DashboardService {
public:
    // `key` signs the tokens; it is the workspace's own and never leaves the process.
    DashboardService(const Clock& clock, QByteArray key, QUrl address);

    // Where the page is served; empty when the server is off.
    QUrl address() const { return m_address; }
    // Administrator. A token for `subject` that may read the feed for `validMs`.
    Result<QString> issueToken(const Caller& caller, const QString& subject, qint64 validMs) const;
    // Viewer. The page's address with a token for one day in its fragment, ready for a browser.
    Result<QUrl> signedAddress(const Caller& caller) const;

private:
    const Clock& m_clock;
    QByteArray m_key;
    QUrl m_address;
};

} // namespace carillon
