// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/OverviewService.h"
#include "ui/widgets/Theme.h"

namespace carillon::ui {

// How an account fares, in words: the same wherever it is shown.

QString healthTitle(const AccountHealth& account); // "Healthy", "Check failed", "Breaker open", "Throttled", "Down"
Tone healthTone(const AccountHealth& account);
// "Breaker open, tries again at 14:05:12 (in about 40 s). 421 too many connections. 3 destinations wait."; `now`: UTC
// milliseconds.
QString healthSentence(const AccountHealth& account, qint64 now);
// What its limit lets through now, of what is set: "7.2 of 14/s", "14/s", "no limit".
QString healthRate(const AccountHealth& account);
QString healthInFlight(const AccountHealth& account); // "3 of 20", "3"

} // namespace carillon::ui
