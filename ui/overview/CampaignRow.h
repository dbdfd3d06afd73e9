// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace carillon::ui {

class StateBadge;

// One campaign in two lines: its name and state, and how far it is.
class CampaignRow : public QWidget {
    Q_OBJECT

public:
    explicit CampaignRow(QWidget* parent = nullptr);

    void setCampaign(const CampaignSummary& campaign, double perSecond, qint64 remainingMs);

Q_SIGNALS:
    void opened(qint64 id);

private:
    QPushButton* m_name;
    StateBadge* m_state;
    QProgressBar* m_bar;
    QLabel* m_text;
    QLabel* m_left;
    qint64 m_id = 0;
};

} // namespace carillon::ui
