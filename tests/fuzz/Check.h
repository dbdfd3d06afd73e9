// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>

// What must hold whatever the bytes are; an input for which it does not is a finding.
inline void check(bool holds)
{
    if (!holds)
        std::abort();
}
