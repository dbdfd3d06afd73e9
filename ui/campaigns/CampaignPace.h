// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QWidget>

class QLabel;

namespace carillon::ui {

class ToneLabel;

// How fast a campaign goes, what limits it, and when it will be through. Belongs to its parent.
class CampaignPace : public QWidget {
    Q_OBJECT

public:
    explicit CampaignPace(QWidget* parent = nullptr);

    // Hides itself when there is nothing to say. `now`: UTC milliseconds.
    void show(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now);

private:
    QLabel* m_rate;
    QLabel* m_limit;
    ToneLabel* m_end;
};

} // namespace carillon::ui
