// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/LeftOutView.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// Every reason there is; the empty one stands for all of them.
const QStringList& allReasons()
{
    static const QStringList reasons{{},
                                     LeftOutReason::NoAddress,
                                     LeftOutReason::AddressInactive,
                                     LeftOutReason::Suppressed,
                                     LeftOutReason::DuplicateAddress,
                                     LeftOutReason::NoTemplate,
                                     LeftOutReason::NoRoute};
    return reasons;
}

QString reasonTitle(const QString& reason)
{
    if (reason.isEmpty())
        return LeftOutView::tr("any reason");
    return LeftOutReason::sentence(reason);
}

} // namespace

LeftOutView::LeftOutView(const CampaignService& campaigns, QWidget* parent)
    : QWidget(parent)
    , m_campaigns(campaigns)
    , m_reasons(new QComboBox(this))
    , m_none(new QLabel(tr("Nobody is left out."), this))
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
{
    m_reasons->setObjectName(QStringLiteral("leftOutReason"));
    m_reasons->setAccessibleName(tr("Reason"));
    for (const QString& reason : allReasons())
        m_reasons->addItem(reasonTitle(reason), reason);
    setRole(m_none, "muted");
    m_model->setColumns(
        {PagedTableModel::column<LeftOutContact>(tr("Contact"), [](const LeftOutContact& row) { return row.contact.name; }),
         PagedTableModel::column<LeftOutContact>(
             tr("Reason"), [](const LeftOutContact& row) { return LeftOutReason::sentence(row.reason); })});
    m_model->setKey<LeftOutContact>([](const LeftOutContact& row) { return row.contact.id; });
    m_table->setObjectName(QStringLiteral("leftOutTable"));
    m_table->setAccessibleName(tr("Contacts that are left out"));
    m_table->setModel(m_model);
    m_table->setColumnWidths({180, 0});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(m_reasons);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_none);
    layout->addStretch();
    connect(m_reasons, &QComboBox::activated, this, &LeftOutView::showReason);
    connect(m_model, &PagedTableModel::failed, this, &LeftOutView::problem);
    connect(m_model, &PagedTableModel::loaded, this, [this] {
        const bool some = m_model->rowCount() > 0 || m_reasons->currentIndex() > 0;
        m_table->setVisible(some);
        m_reasons->setVisible(some);
        m_none->setVisible(!some);
    });
    connect(m_table, &DataTable::opened, this, [this](int row) {
        if (const qint64 id = m_model->keyOfRow(row))
            Q_EMIT openContact(id);
    });
}

void LeftOutView::setCampaign(const CampaignSummary& campaign)
{
    const bool same = campaign.campaign.id == m_campaign.campaign.id && campaign.leftOut == m_campaign.leftOut
        && campaign.campaign.updatedAt == m_campaign.campaign.updatedAt;
    const bool other = campaign.campaign.id != m_campaign.campaign.id;
    m_campaign = campaign;
    if (same)
        return;
    if (other)
        m_reasons->setCurrentIndex(0);
    countReasons();
    showReason();
}

void LeftOutView::countReasons()
{
    ++m_number;
    for (int i = 0; i < m_reasons->count(); ++i)
        countReason(i);
}

void LeftOutView::countReason(int index)
{
    const QString reason = m_reasons->itemData(index).toString();
    const auto future = m_campaigns.leftOut(m_campaign.campaign, reason, {0, 1});
    whenReady(future, this, [this, index, reason, number = m_number](const Result<Page<LeftOutContact>>& page) {
        if (number != m_number)
            return;
        if (page)
            m_reasons->setItemText(index, u"%1: %2"_qs.arg(countText(page->total), reasonTitle(reason)));
        else
            Q_EMIT problem(page.error());
    });
}

void LeftOutView::showReason()
{
    m_model->setSource<LeftOutContact>(
        [this, campaign = m_campaign.campaign, reason = m_reasons->currentData().toString()](const PageRequest& request) {
            return m_campaigns.leftOut(campaign, reason, request);
        });
}

} // namespace carillon::ui
