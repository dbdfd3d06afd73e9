// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonArray>
#include <QJsonObject>

namespace carillon {

// JSON text to an object and back. Errors name the line and column.
Result<QJsonObject> parseJsonObject(const QByteArray& text);
QByteArray compactJson(const QJsonObject& object);

} // namespace carillon
