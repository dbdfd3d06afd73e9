// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CampaignService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/service/Audit.h"
#include "engine/service/CampaignHours.h"
#include "engine/service/CampaignSummaries.h"
#include "engine/service/DryRunner.h"
#include "engine/service/PreviewMaker.h"
#include "engine/service/RehearsalRunner.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr int maxRows = 1000;

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
    return checkWords(campaign);
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

CampaignService::CampaignService(Store& store, const Clock& clock, Dispatch& dispatch, ContentCache& cache)
    : m_store(store)
    , m_clock(clock)
    , m_dispatch(dispatch)
    , m_cache(cache)
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

Future<CampaignReception> CampaignService::reception(qint64 id) const
{
    return m_store.read([id](Connection& connection) -> Result<CampaignReception> {
        const QMap<DeliveryState, qint64> read = EngagementRepository(connection).readCounts(id);
        const qint64 confirmed = DeliveryRepository(connection).counts(id).value(DeliveryState::Delivered);
        const qint64 unconfirmed = read.value(DeliveryState::Sent);
        return CampaignReception{confirmed + unconfirmed, read.value(DeliveryState::Delivered) + unconfirmed};
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
        copy.schedule = original->schedule;
        copy.control = original->control;
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

PreviewTools CampaignService::previewTools() const
{
    return {m_cache, m_dispatch.unsubscribeLink(), m_store.workspaceId(), m_clock.now()};
}

Future<Preview> CampaignService::preview(const PreviewRequest& request) const
{
    return m_store.read([request, tools = previewTools()](Connection& connection) -> Result<Preview> {
        return makePreview(connection, request, tools);
    });
}

Future<Outcome> CampaignService::testSend(const Caller& caller, const PreviewRequest& request, const QString& address)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<Outcome>(fail(allowed.error()));
    return m_store
        .read([request, address, tools = previewTools()](Connection& connection) -> Result<TestSend> {
            return makeTestSend(connection, request, address, tools);
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
    return notify(id, m_store.write([caller, id, at, now = m_clock.now()](Connection& connection) {
        return scheduleCampaign(connection, caller, id, at, now);
    }));
}

Future<void> CampaignService::unschedule(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return notify(id, m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        const Result<Campaign> changed
            = CampaignRepository(connection).change(id, CampaignVerb::Unschedule, caller.actor, now);
        if (!changed)
            return fail(changed.error());
        TemplateRepository(connection).unpin(id);
        return {};
    }));
}

Future<QList<qint64>> CampaignService::occurrences(const Campaign& campaign, int count) const
{
    const Status right = checkWords(campaign);
    if (!right)
        return readyFuture<QList<qint64>>(fail(right.error()));
    return m_store.read([campaign, count, now = m_clock.now()](Connection& connection) {
        return hoursOf(connection, campaign, count, now);
    });
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
