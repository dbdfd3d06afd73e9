// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/ThrottleScale.h"

#include <algorithm>
#include <cmath>

namespace carillon::ui {

double ThrottleScale::perMinuteAt(int step)
{
    const double exact = std::pow(10.0, static_cast<double>(std::clamp(step, 0, MostSteps)) / StepsPerDecade);
    const double unit = std::pow(10.0, std::floor(std::log10(exact) + 1e-9) - 1);
    return std::round(exact / unit) * unit;
}

int ThrottleScale::stepOf(double perMinute)
{
    if (perMinute <= 1)
        return 0;
    return std::min(MostSteps, static_cast<int>(std::lround(std::log10(perMinute) * StepsPerDecade)));
}

} // namespace carillon::ui
