// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/OverviewService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/service/CampaignSummaries.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <QDateTime>

namespace carillon {

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 maxPoints = 2'000;
constexpr int maxProblems = 20;

const QStringList problemTypes
    = {QStringLiteral("delivery.failed"), QStringLiteral("delivery.bounced"), QStringLiteral("delivery.uncertain")};

qint64 startOfDay(qint64 now)
{
    return QDateTime::fromMSecsSinceEpoch(now).date().startOfDay().toMSecsSinceEpoch();
}

bool isFailure(const QString& type)
{
    return type == QStringLiteral("delivery.failed") || type == QStringLiteral("delivery.bounced");
}

void countOutcomes(Connection& connection, qint64 now, Overview& overview)
{
    LogRepository log(connection);
    for (const auto& count : log.outcomes(startOfDay(now), now + 1, now + 1)) {
        if (count.type == QStringLiteral("delivery.sent"))
            overview.sentToday += count.count;
        else if (isFailure(count.type))
            overview.failedToday += count.count;
    }
    for (const auto& count : log.outcomes(now - minuteMs, now + 1, now + 1)) {
        for (AccountHealth& account : overview.accounts) {
            if (account.accountId != count.accountId)
                continue;
            if (count.type == QStringLiteral("delivery.sent"))
                account.sentLastMinute += count.count;
            else if (isFailure(count.type))
                account.failedLastMinute += count.count;
        }
    }
}

void describe(const AccountCondition& condition, AccountHealth& account)
{
    account.checkedAt = condition.checkedAt;
    account.checkError = condition.checkError;
    if (condition.state == QStringLiteral("starting"))
        return;
    account.state = condition.state;
    account.detail = condition.detail;
    account.breaker = condition.breaker;
    account.waitsUntil = condition.waitsUntil;
    account.perSecond = condition.perSecond;
    account.limitPerSecond = condition.limitPerSecond;
    account.inFlight = condition.inFlight;
    account.inFlightLimit = condition.inFlightLimit;
    account.slowDestinations = condition.slowDestinations;
}

Overview readOverview(Connection& connection, qint64 now)
{
    Overview overview;
    overview.contacts = ContactRepository(connection).count({}, 0);
    const QMap<DeliveryState, qint64> open = DeliveryRepository(connection).openCounts();
    overview.queued = open.value(DeliveryState::Queued) + open.value(DeliveryState::Retrying);
    overview.sending = open.value(DeliveryState::Sending);
    overview.uncertain = open.value(DeliveryState::Uncertain);
    for (const Campaign& campaign :
         CampaignRepository(connection)
             .inState({CampaignState::Scheduled, CampaignState::Planning, CampaignState::Sending, CampaignState::Paused}))
        overview.running << summarise(connection, campaign);
    for (const Account& account : AccountRepository(connection).all())
        overview.accounts << AccountHealth{account.id,
                                           account.name,
                                           account.channel,
                                           account.enabled ? QStringLiteral("ok") : QStringLiteral("disabled"),
                                           {},
                                           0,
                                           0};
    countOutcomes(connection, now, overview);
    LogFilter problems;
    problems.types = problemTypes;
    overview.problems = LogRepository(connection).latest(problems, maxProblems);
    std::reverse(overview.problems.begin(), overview.problems.end());
    return overview;
}

} // namespace

OverviewService::OverviewService(Store& store, const Clock& clock, Dispatch& dispatch)
    : m_store(store)
    , m_clock(clock)
    , m_dispatch(dispatch)
{
}

Future<Overview> OverviewService::now() const
{
    return m_dispatch.conditions()
        .then([this](const Result<QHash<qint64, AccountCondition>>& conditions) {
            return m_store.read([conditions, now = m_clock.now()](Connection& connection) -> Result<Overview> {
                Overview overview = readOverview(connection, now);
                for (AccountHealth& account : overview.accounts) {
                    if (conditions && conditions->contains(account.accountId))
                        describe(conditions->value(account.accountId), account);
                }
                return overview;
            });
        })
        .unwrap();
}

Future<QList<ThroughputPoint>> OverviewService::throughput(qint64 from, qint64 to, qint64 bucketMs) const
{
    const qint64 bucket = qMax<qint64>(bucketMs, 1);
    const qint64 begin = qMax(from, to - bucket * maxPoints);
    return m_store.read([begin, to, bucket](Connection& connection) -> Result<QList<ThroughputPoint>> {
        QList<ThroughputPoint> points;
        for (qint64 time = begin; time < to; time += bucket)
            points << ThroughputPoint{time, 0, 0, 0};
        for (const auto& count : LogRepository(connection).outcomes(begin, to, bucket)) {
            const qsizetype index = qsizetype((count.bucket - begin) / bucket);
            if (index < 0 || index >= points.size())
                continue;
            if (count.type == QStringLiteral("delivery.sent"))
                points[index].sent += count.count;
            else if (isFailure(count.type))
                points[index].failed += count.count;
            else
                points[index].retried += count.count;
        }
        return points;
    });
}

} // namespace carillon
