// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <QJsonObject>

namespace carillon {

// JSON as templates see it. Numbers without a fraction are whole numbers, so that 3 is put out as "3", not "3.0".
liquid::Value toLiquid(const QJsonValue& json);
liquid::Value toLiquid(const QString& text);

} // namespace carillon
