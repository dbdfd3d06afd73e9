// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "ui/widgets/Theme.h"

namespace carillon::ui {

// What a provider said of a test message, in plain words.
QString outcomeText(const Outcome& outcome);
Tone toneOf(OutcomeKind kind);

} // namespace carillon::ui
