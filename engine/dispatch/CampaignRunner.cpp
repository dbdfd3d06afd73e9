// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/CampaignRunner.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/CanaryRules.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/dispatch/Planner.h"
#include "engine/dispatch/Scheduler.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Store.h"

#include <utility>

namespace carillon {

namespace {

// Wall time may jump (suspend, NTP, daylight saving), so a schedule is looked at anew at least this often.
constexpr qint64 longestSleepMs = 30'000;
constexpr qint64 againMs = 1'000;

const QString actor = QStringLiteral("engine");

struct Starts {
    QList<Campaign> started;
    std::optional<qint64> next; // when the next one is due
};

// One page of planning. True when there is more to plan.
Result<bool> planOnePage(Connection& connection, qint64 campaignId, Planner& planner, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> campaign = campaigns.find(campaignId);
    if (!campaign || campaign->state != CampaignState::Planning)
        return false; // paused or cancelled meanwhile
    const PlannedPage page = planner.page(connection, campaign->planCursor, CampaignRunner::PageSize, now);
    DeliveryRepository(connection).insertQueued(page.deliveries, actor);
    for (const LeftOut& leftOut : page.leftOut)
        campaigns.insertLeftOut(leftOut);
    campaigns.setPlanCursor(campaignId, page.lastContactId, page.end, now);
    if (!page.end)
        return true;
    if (const Result<Campaign> sending = campaigns.change(campaignId, CampaignVerb::StartSending, actor, now); !sending)
        return fail(sending.error());
    return false;
}

} // namespace

CampaignRunner::CampaignRunner(Store& store, Clock& clock, Dispatcher& dispatcher, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_dispatcher(dispatcher)
{
    connect(&dispatcher, &Dispatcher::idle, this, &CampaignRunner::finish);
    connect(&dispatcher, &Dispatcher::refused, this, &CampaignRunner::look);
    connect(&dispatcher, &Dispatcher::recorded, this, [this](qint64 campaignId) {
        if (m_cancelled.contains(campaignId))
            sweep(campaignId);
        judgeCanary(campaignId);
    });
}

void CampaignRunner::start()
{
    whenReady(m_store.read([](Connection& connection) -> Result<QList<Campaign>> {
        QList<Campaign> campaigns
            = CampaignRepository(connection)
                  .inState({CampaignState::Planning, CampaignState::Sending, CampaignState::Cancelled});
        campaigns.removeIf([&](const Campaign& campaign) {
            return campaign.state == CampaignState::Cancelled && !DeliveryRepository(connection).hasOpen(campaign.id);
        });
        return campaigns;
    }),
              this, [this](const Result<QList<Campaign>>& campaigns) {
                  if (!campaigns) {
                      m_clock.after(againMs, this, [this] { start(); });
                      return;
                  }
                  for (const Campaign& campaign : *campaigns)
                      takeUp(campaign);
                  startDue();
              });
}

void CampaignRunner::look(qint64 campaignId)
{
    whenReady(m_store.read([campaignId](Connection& connection) -> Result<Campaign> {
        const std::optional<Campaign> campaign = CampaignRepository(connection).find(campaignId);
        if (!campaign)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(campaignId));
        return *campaign;
    }),
              this, [this, campaignId](const Result<Campaign>& campaign) {
                  if (campaign)
                      takeUp(*campaign);
                  else if (campaign.error().code != ErrorCode::NotFound)
                      again(campaignId);
              });
}

void CampaignRunner::takeUp(const Campaign& campaign)
{
    switch (campaign.state) {
    case CampaignState::Scheduled: return startDue();
    case CampaignState::Planning: return plan(campaign);
    case CampaignState::Sending: return send(campaign);
    case CampaignState::Cancelled:
        stop(campaign.id);
        m_cancelled.insert(campaign.id);
        return sweep(campaign.id);
    case CampaignState::Draft:
    case CampaignState::AwaitingApproval:
    case CampaignState::Paused:
    case CampaignState::Finished: return stop(campaign.id);
    }
}

void CampaignRunner::stop(qint64 campaignId)
{
    m_canaries.remove(campaignId);
    m_dispatcher.deactivate(campaignId);
}

void CampaignRunner::startDue()
{
    const int number = ++m_wakeNumber;
    whenReady(m_store.write([now = m_clock.now()](Connection& connection) -> Result<Starts> {
        Scheduler scheduler(connection, now);
        const QList<Campaign> started = scheduler.startDue();
        return Starts{started, scheduler.nextStart()};
    }),
              this, [this, number](const Result<Starts>& starts) {
                  for (const Campaign& campaign : starts ? starts->started : QList<Campaign>())
                      plan(campaign);
                  if (!starts) // a full disk
                      wakeIn(againMs, number);
                  else if (starts->next)
                      wakeIn(qBound<qint64>(1, *starts->next - m_clock.now(), longestSleepMs), number);
              });
}

// Unless somebody looks before.
void CampaignRunner::wakeIn(qint64 ms, int number)
{
    m_clock.after(ms, this, [this, number] {
        if (number == m_wakeNumber)
            startDue();
    });
}

void CampaignRunner::plan(const Campaign& campaign)
{
    if (m_planning.contains(campaign.id))
        return;
    m_planning.insert(campaign.id);
    whenReady(m_store.read(
                  [campaign](Connection& connection) -> Result<PlanSource> { return readPlanSource(connection, campaign); }),
              this, [this, id = campaign.id](const Result<PlanSource>& source) {
                  m_planning.remove(id);
                  if (!source)
                      return again(id);
                  planPage(id, std::make_shared<Planner>(*source));
              });
}

void CampaignRunner::planPage(qint64 campaignId, const std::shared_ptr<Planner>& planner)
{
    m_planning.insert(campaignId);
    whenReady(m_store.write([campaignId, planner, now = m_clock.now()](Connection& connection) -> Result<bool> {
        return planOnePage(connection, campaignId, *planner, now);
    }),
              this, [this, campaignId, planner](const Result<bool>& more) {
                  m_planning.remove(campaignId);
                  if (!more)
                      return again(campaignId); // a full disk: what was planned is kept
                  if (*more)
                      return planPage(campaignId, planner);
                  look(campaignId);
              });
}

void CampaignRunner::send(const Campaign& campaign)
{
    if (!awaitsCanary(campaign)) {
        m_canaries.remove(campaign.id);
        m_dispatcher.setAllowance(campaign.id, std::nullopt);
    } else if (!m_canaries.contains(campaign.id)) {
        return beginCanary(campaign);
    } else if (!m_canaries.value(campaign.id).counted) {
        return; // it is activated once it is counted
    }
    m_dispatcher.activate(campaign.id);
}

// Also after a crash or a pause: what was begun before counts. Counted by a reader, for there may be a million; nothing of
// the campaign is on its way yet.
void CampaignRunner::beginCanary(const Campaign& campaign)
{
    const int number = ++m_canaryNumber;
    m_canaries.insert(campaign.id, {number});
    whenReady(m_store.read([campaign](Connection& connection) -> Result<CanaryCount> {
        return countCanary(connection, campaign.id, canarySize(connection, campaign));
    }),
              this, [this, id = campaign.id, number](const Result<CanaryCount>& count) {
                  if (m_canaries.value(id).number != number)
                      return; // stopped meanwhile, and perhaps begun anew
                  if (count)
                      return runCanary(id, number, *count);
                  m_canaries.remove(id);
                  again(id);
              });
}

void CampaignRunner::runCanary(qint64 campaignId, int number, const CanaryCount& count)
{
    whenReady(m_store.write([campaignId](Connection& connection) -> Status {
        CampaignRepository(connection).setCanary(campaignId, CanaryState::Running);
        return {};
    }),
              this, [this, campaignId, number, count](const Status& written) {
                  if (m_canaries.value(campaignId).number != number)
                      return;
                  if (!written) {
                      m_canaries.remove(campaignId);
                      return again(campaignId);
                  }
                  m_canaries.insert(campaignId, {number, count.size, true});
                  m_dispatcher.setAllowance(campaignId, qMax<qint64>(0, count.size - count.begun));
                  m_dispatcher.activate(campaignId);
                  judgeCanary(campaignId);
              });
}

void CampaignRunner::judgeCanary(qint64 campaignId)
{
    const auto watch = m_canaries.find(campaignId);
    if (watch == m_canaries.end() || !watch->counted)
        return;
    if (std::exchange(watch->judging, true)) {
        watch->again = true;
        return;
    }
    whenReady(m_store.read([campaignId, size = watch->size](Connection& connection) -> Result<bool> {
        const std::optional<Campaign> campaign = CampaignRepository(connection).find(campaignId);
        return campaign
            && carillon::judgeCanary(campaign->control.canary, countCanary(connection, campaignId, size))
            != CanaryVerdict::Waits;
    }),
              this, [this, campaignId](const Result<bool>& decided) {
                  const auto judged = m_canaries.find(campaignId);
                  if (judged == m_canaries.end())
                      return;
                  judged->judging = false;
                  if (!decided)
                      m_clock.after(againMs, this, [this, campaignId] { judgeCanary(campaignId); });
                  else if (*decided)
                      settleCanary(campaignId);
                  else if (std::exchange(judged->again, false))
                      judgeCanary(campaignId);
              });
}

void CampaignRunner::settleCanary(qint64 campaignId)
{
    const qint64 size = m_canaries.value(campaignId).size;
    whenReady(m_store.write([campaignId, size, now = m_clock.now()](Connection& connection) {
        return carillon::settleCanary(connection, campaignId, size, now);
    }),
              this, [this, campaignId](const Result<CanaryVerdict>& verdict) {
                  if (!verdict) { // a full disk; nothing more may be recorded that would ask for a verdict
                      m_clock.after(againMs, this, [this, campaignId] { judgeCanary(campaignId); });
                      return;
                  }
                  if (*verdict == CanaryVerdict::Failed)
                      stop(campaignId);
                  look(campaignId);
              });
}

void CampaignRunner::again(qint64 campaignId)
{
    m_clock.after(againMs, this, [this, campaignId] { look(campaignId); });
}

void CampaignRunner::finish(qint64 campaignId)
{
    const qint64 canary = m_canaries.value(campaignId).size;
    whenReady(m_store.write([campaignId, canary, now = m_clock.now()](Connection& connection) -> Result<bool> {
        CampaignRepository campaigns(connection);
        const std::optional<Campaign> campaign = campaigns.find(campaignId);
        if (!campaign || campaign->state != CampaignState::Sending || DeliveryRepository(connection).hasOpen(campaignId))
            return false;
        // The canary was the whole of it: judged all the same.
        if (const Result<CanaryVerdict> judged = carillon::settleCanary(connection, campaignId, canary, now); !judged)
            return fail(judged.error());
        if (const Result<Campaign> finished = campaigns.change(campaignId, CampaignVerb::Finish, actor, now); !finished)
            return fail(finished.error());
        return true;
    }),
              this, [this, campaignId](const Result<bool>& finished) {
                  if (!finished)
                      return again(campaignId);
                  if (*finished)
                      stop(campaignId);
              });
}

void CampaignRunner::sweep(qint64 campaignId)
{
    if (m_sweeping.contains(campaignId))
        return;
    m_sweeping.insert(campaignId);
    whenReady(m_store.write([campaignId, now = m_clock.now()](Connection& connection) -> Result<bool> {
        DeliveryRepository deliveries(connection);
        const QList<Delivery> waiting = deliveries.waiting(campaignId, SweepSize);
        for (Delivery delivery : waiting)
            deliveries.change(delivery, {DeliveryState::Cancelled, false, 0, {}, {}, actor, {}}, now);
        return waiting.size() == SweepSize;
    }),
              this, [this, campaignId](const Result<bool>& more) {
                  m_sweeping.remove(campaignId);
                  if (!more)
                      return again(campaignId);
                  if (*more)
                      sweep(campaignId);
              });
}

} // namespace carillon
