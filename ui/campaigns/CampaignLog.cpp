// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignLog.h"

#include "engine/base/Future.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/LogModel.h"
#include "ui/widgets/StateBadge.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace carillon::ui {

CampaignLog::CampaignLog(const DeliveryService& deliveries, QWidget* parent)
    : QWidget(parent)
    , m_deliveries(deliveries)
    , m_model(new LogModel(this))
    , m_table(new DataTable(this))
    , m_none(makeLabel(tr("What happens with its deliveries appears here."), "muted", this))
{
    m_model->hideFields({QStringLiteral("channel"), QStringLiteral("outcome")});
    m_table->setObjectName(QStringLiteral("campaignLog"));
    m_table->setAccessibleName(tr("Log of this campaign, newest first"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(LogModel::TypeColumn, new StateBadgeDelegate(m_table));
    m_table->setColumnWidths({88, 122, 0});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_none);
    layout->addStretch();
}

void CampaignLog::setCampaign(qint64 id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_model->setEntries({});
    m_table->scrollToTop();
    refresh();
}

void CampaignLog::refresh()
{
    if (m_id == 0 || m_asked || !isVisible() || m_table->verticalScrollBar()->value() > 0)
        return;
    m_asked = true;
    LogFilter filter;
    filter.campaignId = m_id;
    whenReady(m_deliveries.latestLog(filter, MostEntries), this, [this, id = m_id](const Result<QList<LogEntry>>& entries) {
        m_asked = false;
        if (id == m_id)
            take(entries);
        else
            refresh();
    });
}

void CampaignLog::take(const Result<QList<LogEntry>>& entries)
{
    if (!entries) {
        Q_EMIT problem(entries.error());
        return;
    }
    QList<LogEntry> newestFirst = *entries;
    std::reverse(newestFirst.begin(), newestFirst.end());
    m_model->setEntries(newestFirst);
    m_table->setVisible(!newestFirst.isEmpty());
    m_none->setVisible(newestFirst.isEmpty());
}

void CampaignLog::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace carillon::ui
