// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Node.h"
#include "engine/liquid/Program.h"

namespace carillon::liquid {

struct Program::Data {
    std::string source; // problems are placed in it
    Options options;
    std::vector<std::string> names; // of the variables: expressions hold positions in here
    std::vector<VariableUse> variables;
    std::vector<PartialUse> partials;
    Block block;
};

} // namespace carillon::liquid
