// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/service/Services.h"

namespace carillon {
class Clock;
}

namespace carillon::ui {

class MainWindow;
class Prompts;

// Gives the window every page there is, in the order of the navigation. All that is passed outlives the window.
void addPages(MainWindow& window, const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock);

} // namespace carillon::ui
