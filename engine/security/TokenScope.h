// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace carillon {

// What a token of the workspace allows, as its claim "scope" has it.
namespace TokenScope {
inline const QString FeedRead = QStringLiteral("feed:read"); // the live feed, by the socket
inline const QString TriggerSend = QStringLiteral("trigger:send"); // to trigger, and to see what came of it
inline const QString EngagementWrite = QStringLiteral("engagement:write"); // to say what contacts read, opened, clicked

inline QStringList all()
{
    return {FeedRead, TriggerSend, EngagementWrite};
}
} // namespace TokenScope

} // namespace carillon
