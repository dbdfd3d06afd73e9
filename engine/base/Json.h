// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace carillon {

// JSON text: an object or an array. Errors name the line and column.
Result<QJsonDocument> parseJson(const QByteArray& text);

// JSON text to an object and back. Errors name the line and column.
Result<QJsonObject> parseJsonObject(const QByteArray& text);
QByteArray compactJson(const QJsonObject& object);

} // namespace carillon
