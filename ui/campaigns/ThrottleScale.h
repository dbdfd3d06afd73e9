// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace carillon::ui {

// The positions of a slider for messages a minute, from 1 to a million, where each decade is as wide as any other.
namespace ThrottleScale {

constexpr int StepsPerDecade = 20;
constexpr int MostSteps = 6 * StepsPerDecade;
constexpr double MostPerMinute = 1'000'000;

// A figure that people would choose, of two digits: 1, 1.1, ... 14, 16, 18, 20 ... 560,000.
double perMinuteAt(int step);
int stepOf(double perMinute); // the nearest; of what is beyond an end, that end

} // namespace ThrottleScale

} // namespace carillon::ui
