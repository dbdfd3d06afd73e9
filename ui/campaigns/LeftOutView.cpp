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
                                     LeftOutReason::NoRoute,
                                     LeftOutReason::FrequencyCap};
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
    connect(m_reasons, &QComboBox::activated, this, &LeftOutView::load);
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
    count();
    load();
}

void LeftOutView::showReason(const QString& reason)
{
    m_reasons->setCurrentIndex(std::max(0, m_reasons->findData(reason)));
    load();
}

// What is planned is counted as recorded, reason by reason; of what is not, one dry run says it all.
void LeftOutView::count()
{
    ++m_number;
    m_counts.clear();
    if (m_campaign.total > 0 || m_campaign.leftOut > 0) {
        m_uncounted = m_reasons->count();
        for (int i = 0; i < m_reasons->count(); ++i)
            countReason(i);
        return;
    }
    const auto future = m_campaigns.dryRun(m_campaign.campaign);
    whenReady(future, this, [this, number = m_number](const Result<DryRun>& run) {
        if (number != m_number)
            return;
        if (run)
            takeDryRun(*run);
        else
            Q_EMIT problem(run.error());
    });
}

void LeftOutView::countReason(int index)
{
    const auto future = m_campaigns.leftOut(m_campaign.campaign, m_reasons->itemData(index).toString(), {0, 1});
    whenReady(future, this, [this, index, number = m_number](const Result<Page<LeftOutContact>>& page) {
        if (number != m_number)
            return;
        if (!page) {
            Q_EMIT problem(page.error());
            return;
        }
        setCount(index, page->total);
        if (--m_uncounted > 0)
            return;
        QList<ReasonCount> reasons;
        for (auto count = m_counts.cbegin(); count != m_counts.cend(); ++count) {
            if (!count.key().isEmpty() && count.value() > 0)
                reasons << ReasonCount{count.key(), reasonTitle(count.key()), count.value()};
        }
        Q_EMIT counted(reasons);
    });
}

void LeftOutView::takeDryRun(const DryRun& run)
{
    QHash<QString, qint64> counts;
    for (const ReasonCount& reason : run.leftOut) {
        counts.insert(reason.reason, reason.count);
        counts[QString()] += reason.count;
    }
    for (int i = 0; i < m_reasons->count(); ++i)
        setCount(i, counts.value(m_reasons->itemData(i).toString()));
    Q_EMIT dryRunMade(run);
}

void LeftOutView::setCount(int index, qint64 contacts)
{
    const QString reason = m_reasons->itemData(index).toString();
    m_counts.insert(reason, contacts);
    m_reasons->setItemText(index, u"%1: %2"_qs.arg(countText(contacts), reasonTitle(reason)));
}

void LeftOutView::load()
{
    m_model->setSource<LeftOutContact>(
        [this, campaign = m_campaign.campaign, reason = m_reasons->currentData().toString()](const PageRequest& request) {
            return m_campaigns.leftOut(campaign, reason, request);
        });
}

} // namespace carillon::ui
