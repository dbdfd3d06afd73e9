// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace carillon::ui {

// Whom a campaign missed, in groups with their counts, and a draft for those that are chosen. It changes nothing itself:
// who opened it does what draftAsked() says. Belongs to its parent; deletes itself when closed.
class MissedDialog : public QDialog {
    Q_OBJECT

public:
    MissedDialog(const Campaign& campaign, const QList<MissedGroup>& groups, QWidget* parent);

    MissedAudience chosen() const;

Q_SIGNALS:
    void draftAsked(const carillon::MissedAudience& missed);

private:
    void update();

    const qint64 m_campaignId;
    const QList<MissedGroup> m_groups;
    QListWidget* m_list;
    QLabel* m_count;
    QPushButton* m_make;
};

} // namespace carillon::ui
