// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignsPage.h"

#include "engine/base/Clock.h"
#include "engine/service/LiveService.h"
#include "ui/campaigns/CampaignActions.h"
#include "ui/campaigns/CampaignDetail.h"
#include "ui/campaigns/CampaignFigures.h"
#include "ui/campaigns/CampaignGroups.h"
#include "ui/campaigns/CampaignWords.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Pacer.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <limits>

namespace carillon::ui {

namespace {

constexpr int RefreshMs = 1'000;

PagedTableModel::Column nameColumn()
{
    return PagedTableModel::richColumn<CampaignSummary>(
        CampaignsPage::tr("Name"), [](const CampaignSummary& row, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return row.campaign.name;
            const QString changed
                = CampaignsPage::tr("%1, changed %2").arg(row.campaign.name, timeText(row.campaign.updatedAt));
            return role == Qt::ToolTipRole ? QVariant(changed) : QVariant();
        });
}

PagedTableModel::Column stateColumn(const Clock& clock)
{
    return PagedTableModel::richColumn<CampaignSummary>(
        CampaignsPage::tr("State"), [&clock](const CampaignSummary& row, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return stateText(row.campaign, clock.now());
            if (role == Qt::ToolTipRole)
                return noticeOf(row, {}, clock.now()).text;
            return role == ToneRole ? QVariant(static_cast<int>(toneOf(row.campaign.state))) : QVariant();
        });
}

PagedTableModel::Column progressColumn()
{
    return PagedTableModel::richColumn<CampaignSummary>(
        CampaignsPage::tr("Progress"), [](const CampaignSummary& row, int role) -> QVariant {
            const CampaignFigures figures = CampaignFigures::of(row);
            if (figures.total == 0)
                return {};
            if (role == Qt::DisplayRole)
                return percentText(static_cast<double>(figures.done), static_cast<double>(figures.total));
            if (role == Qt::ToolTipRole)
                return progressText(row);
            return role == ProgressRole ? QVariant(figures.progress()) : QVariant();
        });
}

} // namespace

CampaignsPage::CampaignsPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                             QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_clock(clock)
    , m_actions(new CampaignActions(services.campaigns, caller, prompts, this))
    , m_states(new QButtonGroup(this))
    , m_search(new SearchField(tr("Search campaigns"), this))
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("campaigns"), tr("No campaign yet"),
                             tr("A campaign sends one topic to an audience: now, or at a time that you choose."),
                             tr("&New campaign"), this))
    , m_detail(new CampaignDetail(services, caller, prompts, m_actions, this))
    , m_pacer(makePacer(RefreshMs))
    , m_beat(new QTimer(this))
{
    makeTable();
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(Theme::Space);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({4'000, 6'000}); // shares: any window is narrower
    m_table->setMinimumWidth(200);
    m_beat->setInterval(RefreshMs);
    m_detail->hide();
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::PageMargin, Theme::Space, Theme::PageMargin, Theme::PageMargin);
    layout->setSpacing(Theme::Space);
    layout->addWidget(makeHead());
    layout->addWidget(makeStates());
    layout->addWidget(m_stack, 1);

    connectParts();
    setQuery();
}

void CampaignsPage::connectParts()
{
    connect(m_empty, &EmptyState::stepTaken, this, [this] { Q_EMIT openComposer(0); });
    connect(m_actions, &CampaignActions::changed, this, &CampaignsPage::refresh);
    connect(m_actions, &CampaignActions::openComposer, this, &ConsolePage::openComposer);
    connect(m_actions, &CampaignActions::openCampaign, this, &CampaignsPage::open);
    connect(m_actions, &CampaignActions::notice, this, &ConsolePage::notice);
    connect(m_actions, &CampaignActions::problem, this, &ConsolePage::problem);
    connect(m_detail, &CampaignDetail::changed, this, &CampaignsPage::refresh);
    connect(m_detail, &CampaignDetail::notice, this, &ConsolePage::notice);
    connect(m_detail, &CampaignDetail::openContact, this, &ConsolePage::openContact);
    connect(m_detail, &CampaignDetail::openDeliveries, this, &ConsolePage::openDeliveries);
    connect(m_detail, &CampaignDetail::problem, this, &ConsolePage::problem);
    connect(&services().live, &LiveService::digested, this, &CampaignsPage::takeDigest);
    connect(m_pacer, &Pacer::due, this, &CampaignsPage::refresh);
    connect(m_beat, &QTimer::timeout, this, [this] {
        if (isVisible())
            loadCampaign();
    });
    m_table->installEventFilter(this);
    for (QAction* action : {m_actions->pause(), m_actions->resume(), m_actions->cancel(), m_actions->unschedule(),
                            m_actions->missed(), m_actions->duplicate()})
        addAction(action); // for the command palette
}

QWidget* CampaignsPage::makeHead()
{
    auto* head = new QWidget(this);
    auto* heading = new QLabel(tr("Campaigns"), head);
    setRole(heading, "title");
    auto* create = new QAction(icon(QStringLiteral("add")), tr("&New campaign"), this);
    create->setObjectName(QStringLiteral("newCampaign"));
    create->setShortcut(QKeySequence::New);
    create->setEnabled(caller().require(Role::Operator).has_value());
    addAction(create);
    connect(create, &QAction::triggered, this, [this] { Q_EMIT openComposer(0); });
    create->setToolTip(tr("Compose a new campaign"));
    auto* button = new ActionButton(create, ActionButton::WhenDisabled::Grey, head, "primary");
    m_search->setObjectName(QStringLiteral("campaignSearch"));
    m_search->setMaximumWidth(280);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::Space);
    layout->addWidget(heading);
    layout->addStretch();
    layout->addWidget(m_search, 1);
    layout->addWidget(button);
    connect(m_search, &SearchField::searched, this, &CampaignsPage::setQuery);
    return head;
}

QWidget* CampaignsPage::makeStates()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const QList<CampaignGroup> groups = campaignGroups();
    for (int i = 0; i < groups.size(); ++i) {
        auto* button = new QPushButton(groups.at(i).title, row);
        button->setObjectName(u"campaignGroup%1"_qs.arg(i));
        button->setCheckable(true);
        button->setChecked(i == 0);
        setRole(button, "quiet");
        m_states->addButton(button, i);
        layout->addWidget(button);
    }
    layout->addStretch();
    connect(m_states, &QButtonGroup::idClicked, this, &CampaignsPage::setQuery);
    return row;
}

void CampaignsPage::makeTable()
{
    m_table->setObjectName(QStringLiteral("campaignTable"));
    m_table->setAccessibleName(tr("Campaigns"));
    const auto right = Qt::AlignRight | Qt::AlignVCenter;
    m_model->setColumns(
        {nameColumn(), stateColumn(m_clock), progressColumn(),
         PagedTableModel::column<CampaignSummary>(
             tr("Deliveries"), [](const CampaignSummary& row) { return countText(row.total); }, right),
         PagedTableModel::column<CampaignSummary>(
             tr("Failed"), [](const CampaignSummary& row) { return countText(CampaignFigures::of(row).failed); }, right)});
    m_model->setKey<CampaignSummary>([](const CampaignSummary& row) { return row.campaign.id; });
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(1, new StateBadgeDelegate(m_table));
    m_table->setItemDelegateForColumn(2, new ProgressDelegate(m_table));
    fitColumns();
    connect(m_table, &DataTable::currentRowChanged, this, [this](int row) {
        if (const qint64 id = m_model->keyOfRow(row))
            showCampaign(id);
    });
    connect(m_table, &DataTable::opened, this, [this](int row) {
        const auto campaign = m_model->rowAs<CampaignSummary>(row);
        if (campaign && campaign->campaign.state == CampaignState::Draft)
            Q_EMIT openComposer(campaign->campaign.id);
    });
    connect(m_model, &PagedTableModel::loaded, this, &CampaignsPage::showWhatThereIs);
    connect(m_model, &PagedTableModel::failed, this, &ConsolePage::problem);
}

void CampaignsPage::open(qint64 id)
{
    showCampaign(id);
    const int row = m_model->rowOfKey(id);
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->clearSelection();
}

void CampaignsPage::takeDigest(const LiveDigest& digest)
{
    const auto concerns = [](const QString& type) {
        return type.startsWith(u"campaign.") || type.startsWith(u"delivery.") || type.startsWith(u"engagement.");
    };
    const QStringList types = digest.byType.keys();
    if (std::any_of(types.begin(), types.end(), concerns))
        m_pacer->nudge();
}

void CampaignsPage::setQuery()
{
    m_query = {m_search->text().trimmed(), campaignGroups().at(std::max(0, m_states->checkedId())).states};
    m_model->setSource<CampaignSummary>(
        [this, query = m_query](const PageRequest& request) { return services().campaigns.page(query, request); });
}

void CampaignsPage::refresh()
{
    m_model->refresh();
    countStates();
    loadCampaign();
}

void CampaignsPage::countStates()
{
    const QList<CampaignGroup> groups = campaignGroups();
    for (int i = 0; i < groups.size(); ++i) {
        // Only the number is wanted: behind the end there is no row to be summed up.
        const auto future = services().campaigns.page({{}, groups.at(i).states}, {std::numeric_limits<int>::max(), 1});
        whenReady(future, this, [this, i, title = groups.at(i).title](const Result<Page<CampaignSummary>>& page) {
            if (page)
                m_states->button(i)->setText(page->total > 0 ? u"%1  %2"_qs.arg(title, countText(page->total)) : title);
            else
                Q_EMIT problem(page.error());
        });
    }
}

void CampaignsPage::showCampaign(qint64 id)
{
    m_id = id;
    loadCampaign();
}

void CampaignsPage::loadCampaign()
{
    if (m_id == 0)
        return;
    whenReady(services().campaigns.get(m_id), this, [this, id = m_id](const Result<CampaignSummary>& campaign) {
        if (id != m_id)
            return;
        if (campaign) {
            m_detail->setCampaign(*campaign, m_clock.now());
            m_detail->show();
            followDetail(campaign->campaign.state);
            return;
        }
        m_id = 0;
        m_beat->stop();
        m_actions->setCampaign({}, m_clock.now());
        m_detail->hide();
        if (campaign.error().code != ErrorCode::NotFound) // it has just been deleted
            Q_EMIT problem(campaign.error());
    });
}

void CampaignsPage::followDetail(CampaignState state)
{
    const bool sending = state == CampaignState::Planning || state == CampaignState::Sending;
    if (sending)
        loadForecast();
    else
        m_detail->setForecast({}, m_clock.now());
    if (!sending && state != CampaignState::Scheduled)
        m_beat->stop();
    else if (!m_beat->isActive())
        m_beat->start();
}

void CampaignsPage::loadForecast()
{
    whenReady(services().campaigns.forecast(m_id), this, [this, id = m_id](const Result<CampaignForecast>& forecast) {
        if (id != m_id)
            return;
        if (forecast)
            m_detail->setForecast(*forecast, m_clock.now());
        else if (forecast.error().code != ErrorCode::NotFound)
            Q_EMIT problem(forecast.error());
    });
}

// The list gets its width when the splitter has laid itself out, which is after the page.
bool CampaignsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::Resize)
        fitColumns();
    return ConsolePage::eventFilter(watched, event);
}

// Where the list is narrow the figures give way to the names: the detail beside it has them.
void CampaignsPage::fitColumns()
{
    const bool wide = m_table->width() >= 640;
    for (const int column : {3, 4})
        m_table->setColumnHidden(column, !wide);
    m_table->setColumnHidden(2, m_table->width() < 400);
    m_table->setColumnWidths(wide ? QList<int>{0, 150, 116, 88, 66} : QList<int>{0, 132, 96});
}

void CampaignsPage::showWhatThereIs()
{
    const bool none = m_model->rowCount() == 0;
    const bool filtered = !m_query.search.isEmpty() || !m_query.states.isEmpty();
    m_stack->setCurrentWidget(none && !filtered ? static_cast<QWidget*>(m_empty) : m_splitter);
    if (m_id == 0 && !none)
        m_table->selectRow(0);
    else if (const int row = m_model->rowOfKey(m_id); row >= 0 && m_table->currentRow() != row)
        m_table->selectRow(row);
}

} // namespace carillon::ui
