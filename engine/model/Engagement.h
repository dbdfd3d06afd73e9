// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace carillon {

// What a contact did with a delivery: many per delivery, never part of its state. Each of them means that it was read.
namespace EngagementKind {
inline const QString Opened = QStringLiteral("opened");
inline const QString Read = QStringLiteral("read");
inline const QString Clicked = QStringLiteral("clicked");
inline const QString Replied = QStringLiteral("replied");

inline QStringList all()
{
    return {Opened, Read, Clicked, Replied};
}
} // namespace EngagementKind

} // namespace carillon
