// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Campaign.h"

#include <QCommandLineOption>

class QCommandLineParser;

namespace carillon {

// The options that say when a campaign goes out: --at, --zone, --every, --window, --window-days, --window-zone, --missed,
// --missed-within, --expires, --hold.
QList<QCommandLineOption> scheduleOptions();

// Puts what they say into a draft: its schedule, its hold time, and for one moment scheduledAt. What they do not name stays.
// InvalidInput names the option.
Status takeSchedule(const QCommandLineParser& options, Campaign& campaign);

// "90s", "30m", "2h", "1d": milliseconds.
std::optional<qint64> durationOf(const QString& text);

} // namespace carillon
