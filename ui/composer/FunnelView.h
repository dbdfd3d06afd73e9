// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QWidget>

class QGridLayout;

namespace carillon::ui {

// A dry run as a funnel: the audience at the top, one line for each reason that leaves contacts out, what will be sent at
// the bottom. A reason can be chosen to see the contacts behind it. Belongs to its parent.
class FunnelView : public QWidget {
    Q_OBJECT

public:
    explicit FunnelView(QWidget* parent = nullptr);

    void setDryRun(const DryRun& run);

Q_SIGNALS:
    void reasonChosen(const QString& reason, const QString& sentence);

private:
    void addLine(QWidget* name, qint64 count, qint64 whole, const QString& countText, bool leftOut);
    void clear();

    QGridLayout* m_lines = nullptr;
};

} // namespace carillon::ui
