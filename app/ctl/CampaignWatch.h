// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Command.h"
#include "engine/service/CampaignService.h"

namespace carillon {

// Follows a campaign until it is finished or cancelled, with a progress line (how far, how fast, what limits it, when it
// ends), then prints what came of it. Used by the commands that send; belongs to one of them.
class CampaignWatch : public QObject {
    Q_OBJECT

public:
    CampaignWatch(const CommandContext& context, qint64 campaignId, QObject* parent);

Q_SIGNALS:
    void ended(int exitCode);

private:
    void look();
    void take(const CampaignSummary& summary);
    void show(const CampaignSummary& summary);
    void lookAgain();
    void report(const CampaignSummary& summary);

    const CommandContext& m_context;
    qint64 m_campaignId;
};

} // namespace carillon
