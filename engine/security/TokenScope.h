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
// All inboxes, for an application's server, which gives the tokens of single contacts to its pages.
inline const QString InboxAll = QStringLiteral("inbox:all");
// The inbox of the one contact whom the token names (InboxToken.h); made by whoever has InboxAll, and by nobody else.
inline const QString Inbox = QStringLiteral("inbox");
inline const QString DeviceWrite = QStringLiteral("device:write"); // to register and remove devices of any contact
// The subject is a contact's external id: to register its own.
inline const QString DeviceSelf = QStringLiteral("device:self");
inline const QString DeviceOwn = QStringLiteral("device:own"); // the subject is a device's number: what it may do itself

// Those that are given by hand; a device gets its own when it registers.
inline QStringList all()
{
    return {FeedRead, TriggerSend, EngagementWrite, InboxAll, DeviceWrite, DeviceSelf};
}
} // namespace TokenScope

} // namespace carillon
