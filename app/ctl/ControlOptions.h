// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/DispatchRules.h"

#include <QCommandLineParser>

namespace carillon {

// How fast and how carefully a campaign goes, as options of a command: --per-minute, --canary.
QList<QCommandLineOption> controlOptions();

// What is not said stays as it is. An error names the option.
Status takeControl(const QCommandLineParser& options, CampaignControl& control);

} // namespace carillon
