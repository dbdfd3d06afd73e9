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
    // `settleMs`: once it has ended, what the platform tells later is waited for until so long nothing more was told.
    CampaignWatch(const CommandContext& context, qint64 campaignId, QObject* parent, qint64 settleMs = 0);

Q_SIGNALS:
    void ended(int exitCode);

private:
    void look();
    void take(const CampaignSummary& summary);
    bool isSettled(const CampaignSummary& summary);
    void show(const CampaignSummary& summary);
    void lookAgain();
    void report(const CampaignSummary& summary);

    const CommandContext& m_context;
    const qint64 m_campaignId;
    const qint64 m_settleMs;
    QMap<DeliveryState, qint64> m_lastCounts; // once it has ended
    qint64 m_changedAt = 0; // steady
};

} // namespace carillon
