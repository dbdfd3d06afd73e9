// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace carillon::ui {

class Prompts;

// Before an editor shows something else: asks whether what was typed into it may be thrown away. Nothing unsaved: yes at
// once. `thing` names it: "the contact \"Anna\"".
void askToDiscard(Prompts& prompts, QWidget* over, bool unsaved, const QString& thing,
                  std::function<void(bool discard)> done);

} // namespace carillon::ui
