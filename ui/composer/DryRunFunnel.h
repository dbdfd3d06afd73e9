// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/widgets/FunnelView.h"

namespace carillon::ui {

// A dry run as a funnel: the audience at the top, one line for each reason that leaves contacts out (its key is
// "leftOut_<reason>"), what will be sent at the bottom, and through which accounts where there are several.
QList<FunnelLine> funnelOf(const DryRun& run);

// The lines of those left out, that can be chosen.
QList<FunnelLine> leftOutLines(const QList<ReasonCount>& reasons);
// The reason behind the key of such a line; empty: it is none.
QString leftOutReasonOf(const QString& key);

} // namespace carillon::ui
