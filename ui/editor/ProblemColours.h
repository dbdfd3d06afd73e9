// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"

#include <QColor>

class QPalette;

namespace carillon::ui {

// The colours that an editor lays over its text and its list of problems uses, for the look that a palette has.
QColor severityColour(const QPalette& palette, Severity severity);
QColor foundColour(const QPalette& palette);
QColor bracketColour(const QPalette& palette);
QColor currentLineColour(const QPalette& palette);

} // namespace carillon::ui
