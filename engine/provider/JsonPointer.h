// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace carillon {

// The value at a JSON pointer (RFC 6901); undefined when there is none. The empty pointer is the value itself.
QJsonValue jsonAt(QJsonValue value, const QString& pointer);

} // namespace carillon
