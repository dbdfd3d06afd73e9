// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveriesPage.h"

#include "engine/service/LiveService.h"
#include "ui/deliveries/DeliveryActions.h"
#include "ui/deliveries/DeliveryColumns.h"
#include "ui/deliveries/DeliveryPanel.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Pacer.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int RefreshMs = 500;

} // namespace

DeliveriesPage::DeliveriesPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_actions(new DeliveryActions(services.deliveries, caller, prompts, this))
    , m_filter(new SearchField(tr("Filter: status:failed channel:email timeout"), this))
    , m_filterProblem(new QLabel(this))
    , m_count(new QLabel(this))
    , m_follow(new QPushButton(icon(QStringLiteral("play")), tr("&Follow"), this))
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("deliveries"), {}, {}, {}, this))
    , m_panel(new DeliveryPanel(services.deliveries, this))
    , m_pacer(makePacer(RefreshMs))
{
    makeTable();
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_panel);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(Theme::Space);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({620, 420});
    m_panel->hide();
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::PageMargin, Theme::Space, Theme::PageMargin, Theme::PageMargin);
    layout->setSpacing(Theme::Space);
    layout->addWidget(makeHead());
    layout->addWidget(makeFilter());
    layout->addWidget(m_stack, 1);
    makeShortcuts();

    connect(m_actions, &DeliveryActions::changed, this, &DeliveriesPage::refresh);
    connect(m_actions, &DeliveryActions::notice, this, &ConsolePage::notice);
    connect(m_actions, &DeliveryActions::problem, this, &ConsolePage::problem);
    connect(m_panel, &DeliveryPanel::openContact, this, &ConsolePage::openContact);
    connect(m_panel, &DeliveryPanel::openCampaign, this, &ConsolePage::openCampaign);
    connect(m_panel, &DeliveryPanel::closed, this, [this] { DeliveryColumns::setNarrow(m_table, false); });
    connect(m_panel, &DeliveryPanel::problem, this, &ConsolePage::problem);
    connect(&services.live, &LiveService::digested, this, &DeliveriesPage::takeDigest);
    connect(m_pacer, &Pacer::due, this, &DeliveriesPage::refresh);
    setFilter({});
}

QWidget* DeliveriesPage::makeHead()
{
    auto* head = new QWidget(this);
    auto* heading = new QLabel(tr("Deliveries"), head);
    setRole(heading, "title");
    setRole(m_count, "muted");
    m_count->setObjectName(QStringLiteral("deliveryCount"));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(heading, 0, Qt::AlignBaseline);
    layout->addSpacing(Theme::SmallSpace);
    layout->addWidget(m_count, 0, Qt::AlignBaseline);
    layout->addStretch();
    for (QAction* action :
         {m_actions->retry(), m_actions->cancel(), m_actions->resend(), m_actions->accept(), m_actions->exportCsv()}) {
        addAction(action);
        layout->addWidget(new ActionButton(action, ActionButton::WhenDisabled::Grey, head));
    }
    return head;
}

QWidget* DeliveriesPage::makeFilter()
{
    auto* row = new QWidget(this);
    m_filter->setObjectName(QStringLiteral("deliveryFilter"));
    m_filter->setToolTip(tr(
        "Words narrow by address, contact and error; status:, channel:, campaign:, trigger:, account: and contact: by what "
        "they say"));
    m_filterProblem->setObjectName(QStringLiteral("deliveryFilterProblem"));
    m_filterProblem->setTextFormat(Qt::PlainText);
    setRole(m_filterProblem, "error");
    m_filterProblem->hide();
    m_follow->setObjectName(QStringLiteral("followButton"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Show new deliveries at the top as they come (%1)").arg(QStringLiteral("F6")));
    auto* layout = new QGridLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(Theme::SmallSpace);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_filter, 0, 0);
    layout->addWidget(m_follow, 0, 1);
    layout->addWidget(m_filterProblem, 1, 0, 1, 2);
    connect(m_filter, &SearchField::searched, this, &DeliveriesPage::setFilter);
    connect(m_follow, &QPushButton::toggled, this, &DeliveriesPage::setFollowing);
    return row;
}

void DeliveriesPage::makeTable()
{
    m_table->setObjectName(QStringLiteral("deliveryTable"));
    m_table->setAccessibleName(tr("Deliveries, newest first"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    DeliveryColumns::setUpFull(m_model, m_table);
    connect(m_model, &PagedTableModel::loaded, this, &DeliveriesPage::showWhatThereIs);
    connect(m_model, &PagedTableModel::failed, this, &ConsolePage::problem);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DeliveriesPage::showChosen);
    connect(m_table->verticalScrollBar(), &QAbstractSlider::actionTriggered, this, [this] {
        if (m_table->verticalScrollBar()->sliderPosition() > 0)
            m_follow->setChecked(false);
    });
}

void DeliveriesPage::makeShortcuts()
{
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(new QShortcut(QKeySequence::Refresh, this), &QShortcut::activated, this, &DeliveriesPage::refresh);
    connect(new QShortcut(Qt::Key_F6, this), &QShortcut::activated, m_follow, &QPushButton::toggle);
}

void DeliveriesPage::open(qint64 id)
{
    m_panel->setDelivery(id);
}

void DeliveriesPage::showFiltered(const QString& filter)
{
    m_filter->setText(filter);
    setFilter(filter);
}

void DeliveriesPage::takeDigest(const LiveDigest& digest)
{
    const QStringList types = digest.byType.keys();
    const bool concerns
        = std::any_of(types.begin(), types.end(), [](const QString& type) { return type.startsWith(u"delivery."); });
    if (concerns && m_follow->isChecked())
        m_pacer->nudge();
}

void DeliveriesPage::setFilter(const QString& text)
{
    const Result<DeliveryQuery> query = DeliveryService::parseQuery(text);
    m_filterProblem->setVisible(!query);
    m_filterProblem->setText(query ? QString() : query.error().message);
    m_filter->setProblem(m_filterProblem->text());
    if (!query)
        return;
    m_query = *query;
    m_filtered = !text.trimmed().isEmpty();
    m_actions->setQuery(m_query);
    m_model->setSource<DeliveryRow>(
        [this, query = m_query](const PageRequest& request) { return services().deliveries.page(query, request); });
}

void DeliveriesPage::setFollowing(bool following)
{
    if (!following)
        return;
    m_table->scrollToTop();
    refresh();
}

void DeliveriesPage::refresh()
{
    m_model->refresh();
    m_panel->refresh();
}

void DeliveriesPage::showWhatThereIs()
{
    const int rows = m_model->rowCount();
    m_count->setText(m_filtered ? tr("%1 match").arg(countText(rows)) : countText(rows));
    if (m_filtered)
        m_empty->setTexts(tr("No delivery matches"), tr("Change or empty the filter to see others."));
    else
        m_empty->setTexts(tr("No delivery yet"),
                          tr("Every message to every contact appears here as soon as a campaign is planned."));
    m_stack->setCurrentWidget(rows == 0 ? static_cast<QWidget*>(m_empty) : m_splitter);
}

void DeliveriesPage::showChosen()
{
    QList<DeliveryRow> rows;
    for (const int row : m_table->selectedRows()) {
        if (const auto value = m_model->rowAs<DeliveryRow>(row))
            rows.append(*value);
    }
    m_actions->setChosen(rows);
    if (rows.size() != 1)
        return;
    DeliveryColumns::setNarrow(m_table, true);
    m_panel->setDelivery(rows.first().delivery.id);
}

} // namespace carillon::ui
