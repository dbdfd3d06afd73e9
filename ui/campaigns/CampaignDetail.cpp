// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignDetail.h"

#include "engine/service/DeliveryService.h"
#include "ui/campaigns/CampaignActions.h"
#include "ui/campaigns/CampaignFigures.h"
#include "ui/campaigns/LeftOutView.h"
#include "ui/deliveries/DeliveryColumns.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace carillon::ui {

CampaignDetail::CampaignDetail(const Services& services, CampaignActions* actions, QWidget* parent)
    : QFrame(parent)
    , m_services(services)
    , m_actions(actions)
    , m_name(new QLabel(this))
    , m_state(new StateBadge(this))
    , m_facts(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_rate(new QLabel(this))
    , m_counts(new StackedBar(this))
    , m_funnel(new Funnel(this))
    , m_deliveries(new PagedTableModel(this))
    , m_deliveryTable(new DataTable(this))
    , m_leftOut(new LeftOutView(services.campaigns, this))
{
    setObjectName(QStringLiteral("campaignDetail"));
    setRole(this, "card");
    setRole(m_facts, "muted");
    setRole(m_rate, "muted");
    m_facts->setWordWrap(true);
    auto* progressLine = new QHBoxLayout;
    progressLine->addWidget(m_progress, 1);
    progressLine->addWidget(m_rate);
    auto* tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("campaignTabs"));
    tabs->addTab(makeDeliveries(), tr("De&liveries"));
    tabs->addTab(m_leftOut, tr("Le&ft out"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(Theme::Space);
    layout->addWidget(makeHead());
    layout->addWidget(makeButtons());
    layout->addLayout(progressLine);
    layout->addWidget(m_counts);
    layout->addWidget(m_funnel);
    layout->addWidget(tabs, 1);
    connect(m_leftOut, &LeftOutView::openContact, this, &CampaignDetail::openContact);
    connect(m_leftOut, &LeftOutView::problem, this, &CampaignDetail::problem);
}

QWidget* CampaignDetail::makeHead()
{
    auto* head = new QWidget(this);
    m_name->setObjectName(QStringLiteral("campaignName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    setRole(m_name, "subtitle");
    auto* layout = new QGridLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_name, 0, 0);
    layout->addWidget(m_state, 0, 1, Qt::AlignTop);
    layout->addWidget(m_facts, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    return head;
}

// Only what is possible is shown: a row of greyed buttons says nothing.
QWidget* CampaignDetail::makeButtons()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    for (QAction* action : {m_actions->resume(), m_actions->pause(), m_actions->edit(), m_actions->unschedule(),
                            m_actions->duplicate(), m_actions->cancel(), m_actions->remove()}) {
        const bool danger = action == m_actions->cancel() || action == m_actions->remove();
        const bool first = action == m_actions->resume() || action == m_actions->edit();
        layout->addWidget(new ActionButton(action, ActionButton::WhenDisabled::Hide, row,
                                           danger      ? "danger"
                                               : first ? "primary"
                                                       : nullptr));
    }
    layout->addStretch();
    return row;
}

QWidget* CampaignDetail::makeDeliveries()
{
    m_deliveryTable->setObjectName(QStringLiteral("campaignDeliveries"));
    m_deliveryTable->setAccessibleName(tr("Deliveries of this campaign, newest first"));
    DeliveryColumns::setUpShort(m_deliveries, m_deliveryTable);
    connect(m_deliveries, &PagedTableModel::failed, this, &CampaignDetail::problem);
    connect(m_deliveryTable, &DataTable::opened, this, [this] { Q_EMIT openDeliveries(u"campaign:%1"_qs.arg(m_id)); });
    auto* page = new QWidget(this);
    auto* none = new QLabel(tr("Deliveries appear here as soon as the campaign is planned."), page);
    setRole(none, "muted");
    auto* all = new QPushButton(tr("Show in &Deliveries"), page);
    setRole(all, "quiet");
    all->setToolTip(tr("All deliveries of this campaign, with filters and details"));
    connect(all, &QPushButton::clicked, this, [this] { Q_EMIT openDeliveries(u"campaign:%1"_qs.arg(m_id)); });
    auto* failed = new QPushButton(tr("Show &failed"), page);
    setRole(failed, "quiet");
    connect(failed, &QPushButton::clicked, this,
            [this] { Q_EMIT openDeliveries(u"campaign:%1 status:failed"_qs.arg(m_id)); });
    connect(m_deliveries, &PagedTableModel::loaded, this, [this, none, all, failed] {
        const bool some = m_deliveries->rowCount() > 0;
        for (QWidget* widget : std::initializer_list<QWidget*>{m_deliveryTable, all, failed})
            widget->setVisible(some);
        none->setVisible(!some);
    });
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(failed);
    foot->addWidget(all);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(m_deliveryTable, 1);
    layout->addWidget(none);
    layout->addStretch();
    layout->addLayout(foot);
    return page;
}

void CampaignDetail::setCampaign(const CampaignSummary& campaign, qint64 now)
{
    const bool other = campaign.campaign.id != m_id;
    m_id = campaign.campaign.id;
    m_estimate.see(m_id, now, CampaignFigures::of(campaign).done);
    m_estimate.keepOnly({m_id});
    m_actions->setCampaign(campaign);
    m_name->setText(campaign.campaign.name);
    m_state->setState(titleOf(campaign.campaign.state), toneOf(campaign.campaign.state));
    showProgress(campaign);
    m_counts->setParts(statePartsOf(campaign));
    m_funnel->setSteps(funnelOf(campaign));
    const bool planned = campaign.total > 0 || campaign.leftOut > 0;
    m_counts->setVisible(campaign.total > 0);
    m_funnel->setVisible(planned);
    m_leftOut->setCampaign(campaign);
    if (!other) {
        m_deliveries->refresh();
        return;
    }
    m_deliveries->setSource<DeliveryRow>([this, id = m_id](const PageRequest& request) {
        DeliveryQuery query;
        query.campaignId = id;
        return m_services.deliveries.page(query, request);
    });
}

void CampaignDetail::showProgress(const CampaignSummary& campaign)
{
    const CampaignFigures figures = CampaignFigures::of(campaign);
    QStringList facts{campaign.topicName};
    if (campaign.campaign.startedAt > 0)
        facts.append(tr("started %1").arg(timeText(campaign.campaign.startedAt)));
    else if (campaign.campaign.scheduledAt > 0)
        facts.append(tr("scheduled for %1").arg(timeText(campaign.campaign.scheduledAt)));
    if (campaign.campaign.finishedAt > 0)
        facts.append(tr("finished %1").arg(timeText(campaign.campaign.finishedAt)));
    facts.removeAll(QString());
    m_facts->setText(facts.join(QStringLiteral("  \u00b7  ")));
    m_progress->setText(progressText(campaign));
    const double rate = m_estimate.perSecond(m_id);
    const qint64 left = m_estimate.remainingMs(m_id, figures.open);
    const bool sending = campaign.campaign.state == CampaignState::Sending && figures.open > 0;
    m_rate->setText(!sending       ? QString()
                        : left < 0 ? rateText(rate)
                                   : tr("%1, %2 left").arg(rateText(rate), durationText(left)));
}

} // namespace carillon::ui
