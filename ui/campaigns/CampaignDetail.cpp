// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignDetail.h"

#include "engine/base/Future.h"
#include "ui/campaigns/CampaignActions.h"
#include "ui/campaigns/CampaignDeliveries.h"
#include "ui/campaigns/CampaignFigures.h"
#include "ui/campaigns/CampaignLog.h"
#include "ui/campaigns/CampaignPace.h"
#include "ui/campaigns/CampaignWords.h"
#include "ui/campaigns/LeftOutView.h"
#include "ui/campaigns/ThrottleControl.h"
#include "ui/composer/DryRunFunnel.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/Pacer.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace carillon::ui {

namespace {

constexpr int ReceptionMs = 3'000;

bool isPlanned(const CampaignSummary& campaign)
{
    return campaign.total > 0 || campaign.leftOut > 0;
}

bool canBeThrottled(CampaignState state)
{
    return state == CampaignState::Scheduled || state == CampaignState::Planning || state == CampaignState::Sending
        || state == CampaignState::Paused;
}

} // namespace

CampaignDetail::CampaignDetail(const Services& services, const Caller& caller, Prompts& prompts, CampaignActions* actions,
                               QWidget* parent)
    : QFrame(parent)
    , m_services(services)
    , m_caller(caller)
    , m_actions(actions)
    , m_receptionPacer(new Pacer(ReceptionMs, this))
    , m_name(new QLabel(this))
    , m_state(new StateBadge(this))
    , m_facts(makeLabel({}, "muted", this))
    , m_notice(new ToneLabel(this))
    , m_progress(new QLabel(this))
    , m_counts(new StackedBar(this))
    , m_pace(new CampaignPace(this))
    , m_throttle(new ThrottleControl(this))
    , m_tabs(new QTabWidget(this))
    , m_funnel(new FunnelView(this))
    , m_funnelNote(makeLabel({}, "muted", this))
    , m_deliveries(new CampaignDeliveries(services, caller, prompts, this))
    , m_leftOut(new LeftOutView(services.campaigns, this))
    , m_log(new CampaignLog(services.deliveries, this))
{
    setObjectName(QStringLiteral("campaignDetail"));
    setRole(this, "card");
    m_notice->setObjectName(QStringLiteral("campaignNotice"));
    m_progress->setObjectName(QStringLiteral("campaignProgress"));
    m_throttle->setWritable(caller.require(Role::Operator).has_value());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(m_notice);
    layout->addWidget(makeButtons());
    layout->addWidget(m_progress);
    layout->addWidget(m_counts);
    layout->addWidget(m_pace);
    layout->addWidget(m_throttle);
    layout->addWidget(makeTabs(), 1);
    connectParts();
}

void CampaignDetail::connectParts()
{
    connect(m_receptionPacer, &Pacer::due, this, &CampaignDetail::loadReception);
    connect(m_funnel, &FunnelView::chosen, this, &CampaignDetail::showBehind);
    connect(m_throttle, &ThrottleControl::throttleAsked, this, &CampaignDetail::setThrottle);
    connect(m_leftOut, &LeftOutView::openContact, this, &CampaignDetail::openContact);
    connect(m_leftOut, &LeftOutView::problem, this, &CampaignDetail::problem);
    connect(m_leftOut, &LeftOutView::counted, this, [this](const QList<ReasonCount>& reasons) {
        m_leftOutCounts = reasons;
        showFunnel();
    });
    connect(m_leftOut, &LeftOutView::dryRunMade, this, [this](const DryRun& run) {
        m_funnel->setLines(funnelOf(run));
        m_funnelNote->setText(tr("As it would be sent now."));
    });
    connect(m_deliveries, &CampaignDeliveries::openDeliveries, this, &CampaignDetail::openDeliveries);
    connect(m_deliveries, &CampaignDeliveries::changed, this, &CampaignDetail::changed);
    connect(m_deliveries, &CampaignDeliveries::notice, this, &CampaignDetail::notice);
    connect(m_deliveries, &CampaignDeliveries::problem, this, &CampaignDetail::problem);
    connect(m_log, &CampaignLog::problem, this, &CampaignDetail::problem);
}

QWidget* CampaignDetail::makeHead()
{
    auto* head = new QWidget(this);
    m_name->setObjectName(QStringLiteral("campaignName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("campaignFacts"));
    m_facts->setTextFormat(Qt::PlainText);
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
                            m_actions->duplicate(), m_actions->missed(), m_actions->cancel(), m_actions->remove()}) {
        const bool danger = action == m_actions->cancel() || action == m_actions->remove();
        const bool first = action == m_actions->resume() || action == m_actions->edit() || action == m_actions->unschedule();
        layout->addWidget(new ActionButton(action, ActionButton::WhenDisabled::Hide, row,
                                           danger      ? "danger"
                                               : first ? "primary"
                                                       : nullptr));
    }
    layout->addStretch();
    return row;
}

QWidget* CampaignDetail::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("campaignTabs"));
    m_tabs->addTab(makeFunnel(), tr("&Funnel"));
    m_tabs->addTab(m_deliveries, tr("Deli&veries"));
    m_tabs->addTab(m_leftOut, tr("Left &out"));
    m_tabs->addTab(m_log, tr("Lo&g"));
    return m_tabs;
}

QWidget* CampaignDetail::makeFunnel()
{
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    setRole(page, "page");
    m_funnel->setObjectName(QStringLiteral("campaignFunnel"));
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, Theme::SmallSpace, 8, 0);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(m_funnel);
    layout->addWidget(m_funnelNote);
    layout->addStretch();
    scroll->setWidget(page);
    return scroll;
}

void CampaignDetail::setCampaign(const CampaignSummary& campaign, qint64 now)
{
    const bool other = campaign.campaign.id != m_campaign.campaign.id;
    if (other) {
        m_forecast = {};
        m_reception = {};
        m_leftOutCounts.clear();
        m_throttle->reset();
        m_funnel->setLines({});
        m_tabs->setCurrentIndex(0);
    }
    m_campaign = campaign;
    m_actions->setCampaign(campaign, now);
    m_name->setText(campaign.campaign.name);
    m_state->setState(titleOf(campaign.campaign.state), toneOf(campaign.campaign.state));
    showFacts();
    showNow(now);
    m_progress->setText(progressText(campaign));
    m_progress->setVisible(isPlanned(campaign));
    m_counts->setParts(statePartsOf(campaign));
    m_counts->setVisible(campaign.total > 0);
    m_throttle->setThrottle(campaign.campaign.control.perMinute);
    m_throttle->setVisible(canBeThrottled(campaign.campaign.state));
    m_deliveries->setCampaign(campaign);
    m_leftOut->setCampaign(campaign);
    m_log->setCampaign(campaign.campaign.id);
    m_log->refresh();
    if (isPlanned(campaign))
        showFunnel();
    if (other)
        loadReception();
    else
        m_receptionPacer->nudge();
}

void CampaignDetail::showEvent(QShowEvent* event)
{
    m_receptionPacer->start();
    QFrame::showEvent(event);
}

void CampaignDetail::hideEvent(QHideEvent* event)
{
    m_receptionPacer->stop();
    QFrame::hideEvent(event);
}

// One at a time: of a campaign to millions it takes seconds.
void CampaignDetail::loadReception()
{
    const qint64 id = m_campaign.campaign.id;
    if (!isPlanned(m_campaign))
        return;
    if (std::exchange(m_receptionAsked, true))
        return m_receptionPacer->nudge();
    whenReady(m_services.campaigns.reception(id), this, [this, id](const Result<CampaignReception>& reception) {
        m_receptionAsked = false;
        if (id != m_campaign.campaign.id)
            return loadReception();
        if (!reception) {
            Q_EMIT problem(reception.error());
            return;
        }
        m_reception = *reception;
        showFunnel();
    });
}

void CampaignDetail::setForecast(const CampaignForecast& forecast, qint64 now)
{
    m_forecast = forecast;
    m_deliveries->setForecast(forecast, now);
    showNow(now);
}

void CampaignDetail::showNow(qint64 now)
{
    const Saying saying = noticeOf(m_campaign, m_forecast, now);
    m_notice->say(saying.text, saying.tone);
    m_notice->setVisible(!saying.text.isEmpty());
    m_pace->show(m_campaign, m_forecast, now);
}

void CampaignDetail::showFacts()
{
    const Campaign& campaign = m_campaign.campaign;
    QStringList facts{m_campaign.topicName};
    if (campaign.origin.missedOf > 0)
        facts.append(tr("to those whom campaign %1 missed").arg(campaign.origin.missedOf));
    if (campaign.origin.seriesId > 0)
        facts.append(tr("one of the series %1").arg(campaign.origin.seriesId));
    if (campaign.startedAt > 0)
        facts.append(tr("started %1").arg(timeText(campaign.startedAt)));
    else if (campaign.scheduledAt > 0 && campaign.state != CampaignState::Draft)
        facts.append(tr("scheduled for %1").arg(timeText(campaign.scheduledAt)));
    if (campaign.finishedAt > 0)
        facts.append(tr("finished %1").arg(timeText(campaign.finishedAt)));
    facts.removeAll(QString());
    m_facts->setText(facts.join(QStringLiteral("  \u00b7  ")));
}

void CampaignDetail::showFunnel()
{
    m_funnel->setLines(funnelOf(m_campaign, m_leftOutCounts, m_reception));
    m_funnelNote->setText(receptionNote(m_campaign, m_reception));
}

void CampaignDetail::showBehind(const QString& line)
{
    if (const QString reason = leftOutReasonOf(line); !reason.isEmpty()) {
        m_leftOut->showReason(reason);
        m_tabs->setCurrentWidget(m_leftOut);
    } else if (const QString group = deliveryGroupOf(line); !group.isEmpty()) {
        m_deliveries->showGroup(group);
        m_tabs->setCurrentWidget(m_deliveries);
    }
}

void CampaignDetail::setThrottle(double perMinute)
{
    whenReady(m_services.campaigns.setThrottle(m_caller, m_campaign.campaign.id, perMinute), this,
              [this, id = m_campaign.campaign.id](const Status& set) {
                  if (id == m_campaign.campaign.id && set)
                      m_throttle->acknowledge();
                  else if (id == m_campaign.campaign.id)
                      m_throttle->refuse(set.error().message);
                  if (!set)
                      Q_EMIT problem(set.error());
                  Q_EMIT changed();
              });
}

} // namespace carillon::ui
