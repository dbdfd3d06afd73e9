// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace carillon::ui {

// What becomes of a typed character instead of the character alone.
struct ClosingEdit {
    QString left; // inserted before the cursor
    QString right; // and behind it
    int over = 0; // characters that the cursor goes over instead
    int eaten = 0; // characters behind the cursor that go before that

    friend bool operator==(const ClosingEdit&, const ClosingEdit&) = default;
};

// {{ and {% bring what closes them; a blank between the two comes on both sides; typing what is there already goes over it.
// Before a word nothing closes by itself: there somebody puts Liquid around it. `before` and `after` are the line on both
// sides of the cursor. Nothing: the character is typed as it is.
std::optional<ClosingEdit> closingEdit(const QString& before, const QString& after, QChar typed);

// Whether the cursor is between {{ and }} or {% and %}, so that Backspace takes both.
bool betweenDelimiters(const QString& before, const QString& after);

} // namespace carillon::ui
