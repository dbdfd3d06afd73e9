// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CampaignService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/dispatch/Planner.h"
#include "engine/service/Audit.h"
#include "engine/service/CampaignSummaries.h"
#include "engine/service/PreviewMaker.h"
#include "engine/service/RehearsalRunner.h"
#include "engine/store/AudienceRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

constexpr int maxRows = 1000;
constexpr int dryRunPage = 2000;

QString tr(const char* text)
{
    return QCoreApplication::translate("CampaignService", text);
}

Status checkCampaign(const Campaign& campaign)
{
    if (campaign.name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The campaign needs a name."), QStringLiteral("name"));
    if (campaign.topicId == 0)
        return fail(ErrorCode::InvalidInput, tr("The campaign needs a topic."), QStringLiteral("topic"));
    return {};
}

// Walks the whole audience as planning does; `take` sees each page and says whether to go on.
template <typename Take>
Status walk(Connection& connection, const Campaign& campaign, qint64 now, Take take)
{
    const Result<PlanSource> source = readPlanSource(connection, campaign);
    if (!source)
        return fail(source.error());
    Planner planner(*source);
    qint64 cursor = 0;
    for (;;) {
        const PlannedPage page = planner.page(connection, cursor, dryRunPage, now);
        cursor = page.lastContactId;
        if (!take(page, *source) || page.end)
            return {};
    }
}

QList<ReasonCount> sorted(const QMap<QString, qint64>& counts)
{
    QList<ReasonCount> reasons;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        reasons << ReasonCount{count.key(), LeftOutReason::sentence(count.key()), count.value()};
    std::sort(reasons.begin(), reasons.end(), [](const ReasonCount& a, const ReasonCount& b) { return a.count > b.count; });
    return reasons;
}

Result<DryRun> countDry(Connection& connection, const Campaign& campaign, qint64 now)
{
    DryRun run;
    QHash<qint64, qint64> byAccount;
    QMap<QString, qint64> reasons;
    QHash<qint64, QString> names;
    const Status walked = walk(connection, campaign, now, [&](const PlannedPage& page, const PlanSource& source) {
        run.audience += page.contacts;
        run.willSend += page.deliveries.size();
        for (const Delivery& delivery : page.deliveries)
            ++byAccount[delivery.accountId];
        for (const LeftOut& leftOut : page.leftOut)
            ++reasons[leftOut.reason];
        for (const PlanRoute& route : source.routes)
            names.insert(route.accountId, route.accountName);
        return true;
    });
    if (!walked)
        return fail(walked.error());
    for (auto count = byAccount.cbegin(); count != byAccount.cend(); ++count)
        run.byAccount.insert(names.value(count.key()), count.value());
    run.leftOut = sorted(reasons);
    return run;
}

Page<LeftOutContact> withContacts(Connection& connection, const QList<LeftOut>& leftOut, qint64 total)
{
    Page<LeftOutContact> page;
    page.total = total;
    for (const LeftOut& one : leftOut) {
        if (const std::optional<Contact> contact = ContactRepository(connection).find(one.contactId))
            page.rows << LeftOutContact{*contact, one.reason};
    }
    return page;
}

Result<Page<LeftOutContact>> leftOutOfDryRun(Connection& connection, const Campaign& campaign, const QString& reason,
                                             const PageRequest& request, qint64 now)
{
    QList<LeftOut> wanted;
    qint64 matching = 0;
    const Status walked = walk(connection, campaign, now, [&](const PlannedPage& page, const PlanSource&) {
        for (const LeftOut& leftOut : page.leftOut) {
            if (!reason.isEmpty() && leftOut.reason != reason)
                continue;
            if (matching >= request.offset && wanted.size() < request.limit)
                wanted << leftOut;
            ++matching;
        }
        return true;
    });
    if (!walked)
        return fail(walked.error());
    return withContacts(connection, wanted, matching);
}

Page<LeftOutContact> leftOutAsRecorded(Connection& connection, qint64 id, const QString& reason, const PageRequest& request)
{
    CampaignRepository campaigns(connection);
    qint64 total = 0;
    const QMap<QString, qint64> counts = campaigns.leftOutCounts(id);
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        total += reason.isEmpty() || reason == count.key() ? count.value() : 0;
    return withContacts(connection, campaigns.leftOut(id, reason, request.offset, request.limit), total);
}

LogEntry about(qint64 campaignId)
{
    LogEntry entry;
    entry.campaignId = campaignId;
    return entry;
}

Result<Campaign> findDraft(CampaignRepository& campaigns, qint64 id)
{
    const std::optional<Campaign> campaign = campaigns.find(id);
    if (!campaign)
        return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(id));
    if (campaign->state != CampaignState::Draft)
        return fail(ErrorCode::Conflict, tr("Only a draft can be changed. Duplicate the campaign instead."));
    return *campaign;
}

} // namespace

CampaignService::CampaignService(Store& store, const Clock& clock, Dispatch& dispatch)
    : m_store(store)
    , m_clock(clock)
    , m_dispatch(dispatch)
{
}

Future<Page<CampaignSummary>> CampaignService::page(const CampaignQuery& query, const PageRequest& request) const
{
    return m_store.read([query, request](Connection& connection) -> Result<Page<CampaignSummary>> {
        CampaignRepository campaigns(connection);
        Page<CampaignSummary> page;
        page.total = campaigns.count(query.search, query.states);
        for (const Campaign& campaign :
             campaigns.page(query.search, query.states, request.offset, qBound(1, request.limit, maxRows)))
            page.rows << summarise(connection, campaign);
        return page;
    });
}

Future<CampaignSummary> CampaignService::get(qint64 id) const
{
    return m_store.read([id](Connection& connection) -> Result<CampaignSummary> {
        const std::optional<Campaign> campaign = CampaignRepository(connection).find(id);
        if (!campaign)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(id));
        return summarise(connection, *campaign);
    });
}

Future<qint64> CampaignService::save(const Caller& caller, const Campaign& campaign)
{
    Status allowed = caller.require(Role::Operator);
    if (allowed)
        allowed = checkCampaign(campaign);
    if (!allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([caller, campaign, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        CampaignRepository campaigns(connection);
        if (campaign.id != 0) {
            if (const Result<Campaign> draft = findDraft(campaigns, campaign.id); !draft)
                return fail(draft.error());
        }
        if (!TopicRepository(connection).find(campaign.topicId))
            return fail(ErrorCode::InvalidInput, tr("The topic does not exist any more. Choose another."),
                        QStringLiteral("topic"));
        Campaign saved = campaign;
        saved.createdAt = now;
        saved.updatedAt = now;
        const qint64 id = campaigns.save(saved);
        audit(connection, caller, QStringLiteral("campaign.saved"), now, {{QStringLiteral("name"), saved.name}}, about(id));
        return id;
    });
}

Future<qint64> CampaignService::duplicate(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        CampaignRepository campaigns(connection);
        const std::optional<Campaign> original = campaigns.find(id);
        if (!original)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(id));
        Campaign copy;
        copy.name = tr("%1 (copy)").arg(original->name);
        copy.topicId = original->topicId;
        copy.audience = original->audience;
        copy.data = original->data;
        copy.createdAt = now;
        copy.updatedAt = now;
        const qint64 copyId = campaigns.save(copy);
        audit(connection, caller, QStringLiteral("campaign.saved"), now,
              {{QStringLiteral("name"), copy.name}, {QStringLiteral("copy_of"), id}}, about(copyId));
        return copyId;
    });
}

Future<void> CampaignService::remove(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        CampaignRepository campaigns(connection);
        const Result<Campaign> draft = findDraft(campaigns, id);
        if (!draft)
            return fail(draft.error());
        campaigns.remove(id);
        audit(connection, caller, QStringLiteral("campaign.removed"), now, {{QStringLiteral("name"), draft->name}},
              about(id));
        return {};
    });
}

Future<DryRun> CampaignService::dryRun(const Campaign& campaign) const
{
    return m_store.read(
        [campaign, now = m_clock.now()](Connection& connection) { return countDry(connection, campaign, now); });
}

Future<Page<LeftOutContact>> CampaignService::leftOut(const Campaign& campaign, const QString& reason,
                                                      const PageRequest& request) const
{
    PageRequest bounded = request;
    bounded.limit = qBound(1, request.limit, maxRows);
    return m_store.read(
        [campaign, reason, bounded, now = m_clock.now()](Connection& connection) -> Result<Page<LeftOutContact>> {
            const std::optional<Campaign> stored = CampaignRepository(connection).find(campaign.id);
            if (stored && stored->planned)
                return leftOutAsRecorded(connection, campaign.id, reason, bounded);
            return leftOutOfDryRun(connection, campaign, reason, bounded, now);
        });
}

std::unique_ptr<RehearsalRun> CampaignService::rehearse(const RehearsalRequest& request) const
{
    auto run = std::make_unique<RehearsalRunner>(m_store, m_clock, request);
    run->start();
    return run;
}

Future<Preview> CampaignService::preview(const PreviewRequest& request) const
{
    return m_store.read(
        [request, workspace = m_store.workspaceId(), now = m_clock.now()](Connection& connection) -> Result<Preview> {
            return makePreview(connection, request, workspace, now);
        });
}

Future<Outcome> CampaignService::testSend(const Caller& caller, const PreviewRequest& request, const QString& address)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<Outcome>(fail(allowed.error()));
    return m_store
        .read([request, address, workspace = m_store.workspaceId(),
               now = m_clock.now()](Connection& connection) -> Result<TestSend> {
            return makeTestSend(connection, request, address, workspace, now);
        })
        .then([this](const Result<TestSend>& test) -> Future<Outcome> {
            if (!test)
                return readyFuture<Outcome>(fail(test.error()));
            return m_dispatch.sendOnce(test->accountId, test->message);
        })
        .unwrap();
}

Future<void> CampaignService::schedule(const Caller& caller, qint64 id, qint64 at)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return notify(id, m_store.write([caller, id, at, now = m_clock.now()](Connection& connection) -> Status {
        CampaignRepository campaigns(connection);
        const std::optional<Campaign> campaign = campaigns.find(id);
        if (!campaign)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(id));
        if (const Status reachable = checkReachable(connection, *campaign, now); !reachable)
            return reachable;
        campaigns.setScheduledAt(id, qMax(at, now));
        const Result<Campaign> changed = campaigns.change(id, CampaignVerb::Schedule, caller.actor, now);
        return changed ? Status() : fail(changed.error());
    }));
}

// Stops at the first contact that would get something, so it is cheap where it matters.
Status CampaignService::checkReachable(Connection& connection, const Campaign& campaign, qint64 now)
{
    bool reachable = false;
    const Status walked = walk(connection, campaign, now, [&](const PlannedPage& page, const PlanSource&) {
        reachable = !page.deliveries.isEmpty();
        return !reachable;
    });
    if (!walked)
        return walked;
    if (!reachable)
        return fail(ErrorCode::Conflict, tr("Nobody would get this campaign. The dry run says why."),
                    QStringLiteral("audience"));
    return {};
}

Future<void> CampaignService::unschedule(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Unschedule);
}

Future<void> CampaignService::pause(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Pause);
}

Future<void> CampaignService::resume(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Resume);
}

Future<void> CampaignService::cancel(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Cancel);
}

Future<void> CampaignService::act(const Caller& caller, qint64 id, CampaignVerb verb)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return notify(id, m_store.write([caller, id, verb, now = m_clock.now()](Connection& connection) -> Status {
        const Result<Campaign> changed = CampaignRepository(connection).change(id, verb, caller.actor, now);
        return changed ? Status() : fail(changed.error());
    }));
}

Future<void> CampaignService::notify(qint64 id, Future<void> written)
{
    return written.then([this, id](const Status& status) {
        if (status)
            m_dispatch.campaignChanged(id);
        return status;
    });
}

} // namespace carillon
