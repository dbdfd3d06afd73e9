// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/OverviewPage.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/service/LiveService.h"
#include "ui/overview/AccountHealthList.h"
#include "ui/overview/RunningCampaigns.h"
#include "ui/overview/ThroughputChart.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/KeyFigure.h"
#include "ui/widgets/LogModel.h"
#include "ui/widgets/Pacer.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int RefreshMs = 1'000;

} // namespace

OverviewPage::OverviewPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                           QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_clock(clock)
    , m_pacer(makePacer(RefreshMs))
    , m_chartTimer(new QTimer(this))
{
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(m_pacer, &Pacer::due, this, &OverviewPage::refresh);
    connect(&services.live, &LiveService::digested, m_pacer, &Pacer::nudge);
    connect(m_chartTimer, &QTimer::timeout, m_chart, &ThroughputChart::refresh);
    connect(m_chart, &ThroughputChart::rangeChanged, this, [this] { m_chartTimer->start(m_chart->refreshMs()); });
    connect(m_chart, &ThroughputChart::problem, this, &ConsolePage::problem);
    connect(m_running, &RunningCampaigns::openCampaign, this, &ConsolePage::openCampaign);
    connect(m_running, &RunningCampaigns::newCampaign, this, [this] { Q_EMIT openComposer(0); });
    connect(m_accounts, &AccountHealthList::openAccounts, this, [this] { Q_EMIT openPage(QStringLiteral("accounts")); });
}

QWidget* OverviewPage::makeContent()
{
    auto* content = new QWidget(this);
    setRole(content, "page");
    auto* heading = new QLabel(tr("Overview"), content);
    setRole(heading, "title");
    m_chart = new ThroughputChart(services().overview, m_clock, content);
    m_chart->setMinimumHeight(236);
    m_running = new RunningCampaigns(content);
    m_accounts = new AccountHealthList(content);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(Theme::PageMargin, Theme::Space, Theme::PageMargin, Theme::PageMargin);
    grid->setSpacing(Theme::Space);
    grid->addWidget(heading, 0, 0, 1, 2);
    grid->addWidget(makeFigures(content), 1, 0, 1, 2);
    grid->addWidget(m_chart, 2, 0, 1, 2);
    grid->addWidget(m_running, 3, 0);
    grid->addWidget(m_accounts, 3, 1);
    grid->addWidget(makeProblems(content), 4, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(2, 3);
    grid->setRowStretch(3, 2);
    return content;
}

QWidget* OverviewPage::makeFigures(QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::Space);
    const auto add = [&](KeyFigure*& figure, const char* name, const QString& title) {
        figure = new KeyFigure(title, row);
        figure->setObjectName(QString::fromLatin1(name));
        layout->addWidget(figure, 1);
    };
    add(m_sent, "figureSent", tr("Sent today"));
    add(m_failed, "figureFailed", tr("Failed today"));
    add(m_queued, "figureQueued", tr("In the queue"));
    add(m_uncertain, "figureUncertain", tr("Uncertain"));
    add(m_contacts, "figureContacts", tr("Contacts"));
    return row;
}

QWidget* OverviewPage::makeProblems(QWidget* parent)
{
    auto* card = new QFrame(parent);
    setRole(card, "card");
    auto* heading = new QLabel(tr("Latest problems"), card);
    setRole(heading, "heading");
    m_problems = new LogModel(card);
    m_problemTable = new DataTable(card);
    m_problemTable->setObjectName(QStringLiteral("problemTable"));
    m_problemTable->setAccessibleName(tr("Latest problems"));
    m_problemTable->setModel(m_problems);
    m_problemTable->setItemDelegateForColumn(LogModel::TypeColumn, new StateBadgeDelegate(m_problemTable));
    m_problemTable->setColumnWidths({110, 130, 0});
    m_problemTable->setMinimumHeight(220);
    m_problemTable->setFrameShape(QFrame::NoFrame);
    setRole(m_problemTable, "bare");
    connect(m_problemTable, &DataTable::opened, this, [this](int row) {
        const LogEntry& entry = m_problems->entry(row);
        Q_EMIT openDeliveries(entry.campaignId > 0 ? u"status:failed campaign:%1"_qs.arg(entry.campaignId)
                                                   : QStringLiteral("status:failed"));
    });
    auto* none = new QLabel(tr("No delivery has failed. Failures appear here with the provider\u2019s own words."), card);
    setRole(none, "muted");
    m_noProblems = none;
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(heading);
    layout->addWidget(m_problemTable);
    layout->addWidget(none);
    return card;
}

void OverviewPage::activate()
{
    ConsolePage::activate();
    m_chart->refresh();
    m_chartTimer->start(m_chart->refreshMs());
}

void OverviewPage::hideEvent(QHideEvent* event)
{
    m_chartTimer->stop();
    ConsolePage::hideEvent(event);
}

void OverviewPage::refresh()
{
    if (std::exchange(m_asked, true)) {
        m_pacer->nudge();
        return;
    }
    whenReady(services().overview.now(), this, [this](const Result<Overview>& overview) {
        m_asked = false;
        if (overview)
            show(*overview);
        else
            Q_EMIT problem(overview.error());
    });
}

void OverviewPage::show(const Overview& overview)
{
    m_sent->setValue(countText(overview.sentToday), tr("since midnight"));
    const double all = static_cast<double>(overview.sentToday + overview.failedToday);
    const QString share = tr("%1 of all").arg(percentText(static_cast<double>(overview.failedToday), all));
    m_failed->setValue(countText(overview.failedToday), overview.failedToday > 0 ? share : tr("none"),
                       overview.failedToday > 0 ? Tone::Bad : Tone::Neutral);
    m_queued->setValue(countText(overview.queued), tr("%1 on the wire").arg(countText(overview.sending)));
    m_uncertain->setValue(countText(overview.uncertain),
                          overview.uncertain > 0 ? tr("need a decision") : tr("nothing to decide"),
                          overview.uncertain > 0 ? Tone::Warning : Tone::Neutral);
    m_contacts->setValue(countText(overview.contacts), tr("in this workspace"));
    m_running->setCampaigns(overview.running, m_clock.now());
    m_accounts->setAccounts(overview.accounts, m_clock.now());
    m_problems->setEntries(overview.problems);
    m_problemTable->setVisible(!overview.problems.isEmpty());
    m_noProblems->setVisible(overview.problems.isEmpty());
}

} // namespace carillon::ui
