// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Expression.h"

namespace carillon::liquid {

std::string writtenPath(std::string_view root, const std::vector<Step>& steps)
{
    std::string text(root);
    for (const Step& step : steps)
        text += step.index ? "[]" : "." + step.name;
    return text;
}

} // namespace carillon::liquid
