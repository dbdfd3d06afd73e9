// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>

namespace carillon {

// Whether a file for `apply` has the shape that ApplyFile reads: lists of objects with members that it knows, and parts that
// are texts. What it would not read is a mistake that nobody would see, so it is refused before anything is changed. The
// error names the place: "topics[0].templats".
Status checkApplyFile(const QJsonObject& file);

} // namespace carillon
