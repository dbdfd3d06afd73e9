// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/HandChange.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Store.h"

#include <QSet>

#include <algorithm>

namespace carillon {

namespace {

// As many as one transaction changes within a few milliseconds.
constexpr int pageSize = 200;

// What one page came to.
struct Changed {
    qint64 count = 0;
    QSet<qint64> campaigns;
    qint64 trigger = 0; // one that has work again
};

// Changes deliveries in one transaction.
class PageChange {
public:
    PageChange(Connection& connection, const HandChange& change, qint64 now)
        : m_campaigns(connection)
        , m_deliveries(connection)
        , m_change(change)
        , m_now(now)
    {
    }

    Changed run(const QList<qint64>& ids)
    {
        for (const qint64 id : ids) {
            std::optional<Delivery> delivery = m_deliveries.find(id);
            if (!delivery || !m_change.from.contains(delivery->state) || !mayGoOn(delivery->campaignId)
                || !m_deliveries.change(*delivery, m_change.change, m_now))
                continue;
            ++m_changed.count;
            if (delivery->campaignId != 0)
                m_changed.campaigns.insert(delivery->campaignId);
            else if (delivery->triggerId != 0)
                m_changed.trigger = delivery->triggerId;
        }
        if (m_change.change.to == DeliveryState::Retrying)
            reopen();
        return m_changed;
    }

private:
    // Nothing of a cancelled campaign is put back to wait: it would be cancelled again.
    bool mayGoOn(qint64 campaignId)
    {
        if (campaignId == 0 || m_change.change.to != DeliveryState::Retrying)
            return true;
        auto known = m_states.constFind(campaignId);
        if (known == m_states.cend()) {
            const std::optional<Campaign> campaign = m_campaigns.find(campaignId);
            known = m_states.insert(campaignId, campaign ? campaign->state : CampaignState::Cancelled);
        }
        return *known != CampaignState::Cancelled;
    }

    void reopen()
    {
        for (const qint64 id : std::as_const(m_changed.campaigns)) {
            if (m_states.value(id) == CampaignState::Finished)
                (void)m_campaigns.change(id, CampaignVerb::Reopen, m_change.change.actor,
                                         m_now); // allowed from Finished, so it cannot be refused
        }
    }

    CampaignRepository m_campaigns;
    DeliveryRepository m_deliveries;
    const HandChange& m_change;
    const qint64 m_now;
    QHash<qint64, CampaignState> m_states;
    Changed m_changed;
};

// The whole of it; kept alive by the page that is under way.
class Run : public std::enable_shared_from_this<Run> {
public:
    Run(Store& store, const Clock& clock, Dispatch& dispatch, HandChange change)
        : m_store(store)
        , m_clock(clock)
        , m_dispatch(dispatch)
        , m_change(std::move(change))
    {
        m_promise.start();
    }

    Future<qint64> start()
    {
        const Future<qint64> answer = m_promise.future();
        next();
        return answer;
    }

private:
    void next()
    {
        if (!m_change.filter) {
            const QList<qint64> ids = m_change.ids.mid(m_taken, pageSize);
            m_taken += ids.size();
            return ids.isEmpty() ? finish() : take(ids);
        }
        m_store
            .read([filter = *m_change.filter, after = m_after](Connection& connection) -> Result<QList<qint64>> {
                return DeliveryRepository(connection).idsAfter(filter, after, pageSize);
            })
            .then([self = shared_from_this()](const Result<QList<qint64>>& ids) {
                if (!ids)
                    return self->finish(ids.error());
                if (ids->isEmpty())
                    return self->finish();
                self->m_after = ids->last();
                self->take(*ids);
            });
    }

    void take(const QList<qint64>& ids)
    {
        m_store
            .write([change = m_change, ids, now = m_clock.now()](Connection& connection) -> Result<Changed> {
                return PageChange(connection, change, now).run(ids);
            })
            .then([self = shared_from_this()](const Result<Changed>& changed) {
                if (!changed)
                    return self->finish(changed.error());
                self->m_count += changed->count;
                for (const qint64 campaign : changed->campaigns) {
                    if (!self->m_campaigns.contains(campaign))
                        self->m_dispatch.campaignChanged(campaign);
                    self->m_campaigns.insert(campaign);
                }
                if (changed->trigger != 0)
                    self->m_dispatch.triggered(changed->trigger);
                self->next();
            });
    }

    void tell()
    {
        for (const qint64 campaign : std::as_const(m_campaigns))
            m_dispatch.campaignChanged(campaign);
    }

    void finish()
    {
        tell();
        m_promise.addResult(Result<qint64>(m_count));
        m_promise.finish();
    }

    void finish(const Error& error)
    {
        tell();
        m_promise.addResult(Result<qint64>(fail(error)));
        m_promise.finish();
    }

    Store& m_store;
    const Clock& m_clock;
    Dispatch& m_dispatch;
    HandChange m_change;
    QPromise<Result<qint64>> m_promise;
    qsizetype m_taken = 0; // of the ids
    qint64 m_after = 0; // ids up to this one have been looked at
    qint64 m_count = 0;
    QSet<qint64> m_campaigns; // that were changed
};

} // namespace

Future<qint64> changeByHandInPages(Store& store, const Clock& clock, Dispatch& dispatch, const HandChange& change)
{
    HandChange bounded = change;
    if (bounded.filter && !bounded.filter->states.isEmpty())
        bounded.from.removeIf([&](DeliveryState state) { return !bounded.filter->states.contains(state); });
    if (bounded.filter)
        bounded.filter->states = bounded.from;
    if (bounded.from.isEmpty())
        return readyFuture<qint64>(0);
    return std::make_shared<Run>(store, clock, dispatch, bounded)->start();
}

} // namespace carillon
