// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/Rehearsal.h"

namespace carillon {

// The stable name of a kind of finding in JSON and CSV: "failed", "missing_variable", "cut", "split", "extra_parts".
QString kindName(RehearsalFinding::Kind kind);

// A rehearsal's report for programs and for people.
QJsonObject toJson(const RehearsalReport& report);
QString toText(const RehearsalReport& report);

} // namespace carillon
