// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignDeliveries.h"

#include "engine/model/Names.h"
#include "engine/service/DeliveryService.h"
#include "ui/campaigns/CampaignWords.h"
#include "ui/campaigns/DeliveryGroups.h"
#include "ui/deliveries/DeliveryActions.h"
#include "ui/deliveries/DeliveryColumns.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

CampaignDeliveries::CampaignDeliveries(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_actions(new DeliveryActions(services.deliveries, caller, prompts, this))
    , m_groups(new QButtonGroup(this))
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
    , m_none(makeLabel({}, "muted", this))
    , m_foot(makeFoot())
{
    makeTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(makeGroups());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_none);
    layout->addStretch();
    layout->addWidget(m_foot);
    connect(m_actions, &DeliveryActions::changed, this, &CampaignDeliveries::changed);
    connect(m_actions, &DeliveryActions::notice, this, &CampaignDeliveries::notice);
    connect(m_actions, &DeliveryActions::problem, this, &CampaignDeliveries::problem);
    showActions();
}

QWidget* CampaignDeliveries::makeGroups()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    const QList<DeliveryGroup>& groups = deliveryGroups();
    for (int i = 0; i < groups.size(); ++i) {
        auto* button = new QPushButton(groups.at(i).title, row);
        button->setObjectName(u"deliveryGroup_"_qs + groups.at(i).key);
        button->setCheckable(true);
        button->setChecked(i == 0);
        setRole(button, "quiet");
        m_groups->addButton(button, i);
        layout->addWidget(button);
    }
    layout->addStretch();
    connect(m_groups, &QButtonGroup::idClicked, this, &CampaignDeliveries::load);
    return row;
}

QWidget* CampaignDeliveries::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    for (QAction* action : {m_actions->retry(), m_actions->resend(), m_actions->accept(), m_actions->cancel()})
        layout->addWidget(new ActionButton(action, ActionButton::WhenDisabled::Hide, foot));
    layout->addStretch();
    auto* all = makeButton(tr("Sho&w in Deliveries"), QStringLiteral("showInDeliveries"), foot, "quiet");
    all->setToolTip(tr("These deliveries with filters and all details"));
    connect(all, &QPushButton::clicked, this, [this] { Q_EMIT openDeliveries(filter()); });
    layout->addWidget(all);
    return foot;
}

void CampaignDeliveries::makeTable()
{
    m_table->setObjectName(QStringLiteral("campaignDeliveries"));
    m_table->setAccessibleName(tr("Deliveries of this campaign, newest first"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    DeliveryColumns::setUpShort(m_model, m_table, [this](const DeliveryRow& row) {
        const QString waits = waitText(row.delivery, m_forecast, m_now);
        return waits.isEmpty() ? row.delivery.lastError.simplified() : waits;
    });
    connect(m_model, &PagedTableModel::failed, this, &CampaignDeliveries::problem);
    connect(m_model, &PagedTableModel::loaded, this, [this] {
        const bool some = m_model->rowCount() > 0;
        m_table->setVisible(some);
        m_foot->setVisible(some);
        m_none->setVisible(!some);
        choose();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CampaignDeliveries::choose);
    connect(m_table, &DataTable::opened, this, [this] { Q_EMIT openDeliveries(filter()); });
}

void CampaignDeliveries::setCampaign(const CampaignSummary& campaign)
{
    const bool other = campaign.campaign.id != m_campaign.campaign.id;
    m_campaign = campaign;
    showCounts();
    if (other)
        showGroup(deliveryGroups().first().key);
    else
        m_model->refresh();
}

void CampaignDeliveries::setForecast(const CampaignForecast& forecast, qint64 now)
{
    m_forecast = forecast;
    m_now = now;
}

void CampaignDeliveries::showGroup(const QString& key)
{
    for (int i = 0; i < deliveryGroups().size(); ++i) {
        if (deliveryGroups().at(i).key == key)
            m_groups->button(i)->setChecked(true);
    }
    load();
}

void CampaignDeliveries::load()
{
    DeliveryQuery query;
    query.campaignId = m_campaign.campaign.id;
    query.states = deliveryGroups().at(m_groups->checkedId()).states;
    m_actions->setQuery(query);
    m_actions->setChosen({});
    m_table->clearSelection();
    m_model->setSource<DeliveryRow>(
        [this, query](const PageRequest& request) { return m_services.deliveries.page(query, request); });
    m_none->setText(m_campaign.total == 0 ? tr("Deliveries appear here as soon as the campaign is planned.")
                                          : tr("None of its deliveries is in this state."));
    showActions();
}

void CampaignDeliveries::showCounts()
{
    const QList<DeliveryGroup>& groups = deliveryGroups();
    for (int i = 0; i < groups.size(); ++i) {
        const qint64 count = groups.at(i).countIn(m_campaign);
        QAbstractButton* button = m_groups->button(i);
        button->setText(count > 0 ? u"%1  %2"_qs.arg(groups.at(i).title, countText(count)) : groups.at(i).title);
        button->setVisible(count > 0 || button->isChecked() || groups.at(i).states.isEmpty());
    }
    showActions();
}

// Only what there is something for: all of the group that is shown, or what is chosen in it.
void CampaignDeliveries::showActions()
{
    const QList<DeliveryState>& shown = deliveryGroups().at(std::max(0, m_groups->checkedId())).states;
    const auto count = [&](std::initializer_list<DeliveryState> states) {
        qint64 sum = 0;
        for (const DeliveryState state : states)
            sum += shown.isEmpty() || shown.contains(state) ? m_campaign.counts.value(state) : 0;
        return sum;
    };
    m_actions->retry()->setVisible(count({DeliveryState::Failed}) > 0);
    m_actions->resend()->setVisible(count({DeliveryState::Uncertain}) > 0);
    m_actions->accept()->setVisible(count({DeliveryState::Uncertain}) > 0);
    m_actions->cancel()->setVisible(count({DeliveryState::Queued, DeliveryState::Retrying}) > 0);
}

void CampaignDeliveries::choose()
{
    QList<DeliveryRow> rows;
    for (const int row : m_table->selectedRows()) {
        if (const auto value = m_model->rowAs<DeliveryRow>(row))
            rows.append(*value);
    }
    m_actions->setChosen(rows);
}

QString CampaignDeliveries::filter() const
{
    QString text = u"campaign:%1"_qs.arg(m_campaign.campaign.id);
    const QList<DeliveryState>& states = deliveryGroups().at(m_groups->checkedId()).states;
    for (const DeliveryState state : states)
        text += u" status:"_qs + nameOf(state);
    return text;
}

} // namespace carillon::ui
