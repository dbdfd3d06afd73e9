// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "ui/widgets/Theme.h"

namespace carillon::ui {

// What a provider said of a test message, in plain words.
QString outcomeText(const Outcome& outcome); // the next two in one line
QString outcomeVerdict(const Outcome& outcome); // "Refused for good; a real delivery would fail."
QString outcomeAnswer(const Outcome& outcome); // the platform's own words, with its code; may be empty
Tone toneOf(OutcomeKind kind);

} // namespace carillon::ui
