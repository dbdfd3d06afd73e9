// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Dispatcher.h"

#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/content/ContentReader.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 deferAgainMs = 1'000;
constexpr qint64 readAgainMs = 1'000;

} // namespace

// What a campaign needs to be sent, read in one moment.
struct Dispatcher::Activation {
    Campaign campaign;
    ContentSet content;
    QList<qint64> accounts;
};

Dispatcher::Dispatcher(Store& store, Clock& clock, Random& random, SenderFactory& factory, QString lease,
                       UnsubscribeLink unsubscribeLink, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_random(random)
    , m_factory(factory)
    , m_policy(random)
    , m_recorder(store, clock)
    , m_queue(store, clock, this)
    , m_lease(std::move(lease))
    , m_unsubscribeLink(std::move(unsubscribeLink))
    , m_triggerContent(std::make_shared<ContentCache>(clock))
{
}

void Dispatcher::activate(qint64 campaignId)
{
    m_activating.insert(campaignId);
    whenReady(m_store.read([campaignId](Connection& connection) -> Result<Activation> {
        const std::optional<Campaign> campaign = CampaignRepository(connection).find(campaignId);
        if (!campaign)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(campaignId));
        Result<ContentSet> content = contentOf(connection, *campaign);
        if (!content)
            return fail(content.error());
        Activation activation{*campaign, *std::move(content), {}};
        activation.accounts = DeliveryRepository(connection).waitingAccounts(campaignId);
        return activation;
    }),
              this, [this, campaignId](const Result<Activation>& activation) {
                  if (!m_activating.contains(campaignId))
                      return; // deactivated meanwhile: what was read is old
                  if (activation)
                      return start(*activation);
                  setProblem(activation.error().message);
                  m_clock.after(readAgainMs, this, [this, campaignId] { activate(campaignId); });
              });
}

void Dispatcher::start(const Activation& activation)
{
    const Campaign& campaign = activation.campaign;
    if (campaign.state != CampaignState::Sending)
        return;
    ActiveCampaign& active = m_active[campaign.id];
    active.campaign = campaign;
    active.isRefused = false;
    active.topic = activation.content.topic;
    active.brand = activation.content.brand;
    active.composer = std::make_shared<Composer>(activation.content, campaign.data);
    active.times.emplace(campaign.schedule, active.topic, active.brand.timeZone);
    setThrottle(active, campaign.control.perMinute / 60);
    for (const qint64 account : activation.accounts)
        laneOf(active, account).mayHaveMore();
    for (auto& [account, lane] : active.lanes)
        lane.move.isInVain = false; // the topic's routes may be others now
    pump();
    checkIdle(campaign.id);
}

void Dispatcher::setThrottle(ActiveCampaign& active, double perSecond)
{
    const qint64 now = m_clock.steady();
    const bool isNew = active.lanes.empty();
    if (!isNew && active.throttle.perSecond() == perSecond)
        return;
    if (isNew) // it has just begun: what its throttle allows at once is there
        active.throttle = TokenBucket(perSecond, 0, now);
    else
        active.throttle.setRate(perSecond, 0, now);
    active.sent = ActiveCampaign().sent; // measured anew: what it did before says nothing of what it does now
    active.since = now;
}

void Dispatcher::deactivate(qint64 campaignId)
{
    m_activating.remove(campaignId);
    m_allowances.erase(campaignId);
    const auto found = m_active.find(campaignId);
    if (found == m_active.end())
        return;
    QList<qint64> claimed;
    for (const auto& [account, lane] : found->second.lanes) {
        for (const ReadyDelivery& ready : lane.ready + lane.parked.all())
            claimed << ready.delivery.id;
    }
    m_active.erase(found);
    m_queue.release(claimed);
    m_queue.forget(campaignId);
}

// Back to the queue, to be due later.
void Dispatcher::defer(qint64 campaignId, qint64 accountId, const Deferrals& deferrals)
{
    if (deferrals.isEmpty())
        return;
    ++m_writing;
    whenReady(m_recorder.defer(deferrals), this, [this, campaignId, accountId, deferrals](const Status& deferred) {
        if (deferred) {
            for (const QList<qint64>& ids : deferrals)
                m_queue.release(ids);
            lookAgain(campaignId, accountId);
        } else {
            m_clock.after(deferAgainMs, this,
                          [this, campaignId, accountId, deferrals] { defer(campaignId, accountId, deferrals); });
        }
        written();
    });
}

// Claimed for a lane that is gone: whoever has its place now may have looked for them in vain.
void Dispatcher::putBack(qint64 campaignId, qint64 accountId, const QList<qint64>& ids)
{
    m_queue.release(ids);
    if (!ids.isEmpty())
        lookAgain(campaignId, accountId);
}

// Something of a lane may wait in the queue that its last claim did not see.
void Dispatcher::lookAgain(qint64 campaignId, qint64 accountId)
{
    if (Lane* lane = findLane(campaignId, accountId))
        lane->mayHaveMore();
    pump();
}

void Dispatcher::setAllowance(qint64 campaignId, std::optional<qint64> remaining)
{
    if (remaining)
        m_allowances[campaignId] = *remaining;
    else
        m_allowances.erase(campaignId);
    if (const auto active = m_active.find(campaignId); active != m_active.end()) {
        for (auto& [account, lane] : active->second.lanes)
            lane.mayHaveMore();
    }
    pump();
}

void Dispatcher::stop()
{
    m_stopping = true;
    while (!m_active.empty())
        deactivate(m_active.begin()->first);
    for (auto& [account, line] : m_lines)
        line->drain();
    ++m_writing;
    written();
}

// One write has been answered; while stopping, the last one is the end.
void Dispatcher::written()
{
    --m_writing;
    if (m_stopping && m_writing == 0 && m_inFlight.isEmpty())
        Q_EMIT stopped();
}

void Dispatcher::reloadAccount(qint64 accountId)
{
    const auto found = m_lines.find(accountId);
    if (found != m_lines.end())
        found->second->reload();
}

void Dispatcher::setProblem(const QString& problem)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged(m_problem);
}

} // namespace carillon
