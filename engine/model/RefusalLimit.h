// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace carillon {

// A refusal that means little by itself and much when it is repeated: after `times` of them within `days` days an address
// must not be used any more.
struct RefusalLimit {
    static constexpr int MostTimes = 20;
    static constexpr int MostDays = 90;

    int times = 0; // 0: however often
    int days = 0;

    bool isSet() const { return times > 0; }
    friend bool operator==(const RefusalLimit&, const RefusalLimit&) = default;
};

} // namespace carillon
