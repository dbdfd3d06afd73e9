// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DryRunner.h"

#include "engine/content/CompiledContent.h"
#include "engine/dispatch/Planner.h"
#include "engine/model/Channel.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/ContactRepository.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

constexpr int dryRunPage = 2000;

QString tr(const char* text)
{
    return QCoreApplication::translate("CampaignService", text);
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

} // namespace

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

Status checkCompiles(const PlanSource& source)
{
    for (const CompileProblem& problem : source.content->problems()) {
        const bool routed = std::any_of(source.routes.begin(), source.routes.end(), [&](const PlanRoute& route) {
            return templateChannels(route.channel).contains(problem.channel);
        });
        if (problem.scope == TemplateScope::Topic && routed)
            return fail(ErrorCode::Conflict,
                        tr("The content for %1 does not compile: %2, line %3, column %4: %5")
                            .arg(problem.channel, problem.part)
                            .arg(problem.problem.line)
                            .arg(problem.problem.column)
                            .arg(problem.problem.message),
                        QStringLiteral("content"));
    }
    return {};
}

// Stops at the first contact that would get something, so it is cheap where it matters.
Status checkReachable(Connection& connection, const Campaign& campaign, qint64 now)
{
    bool reachable = false;
    Status compiles;
    const Status walked = walk(connection, campaign, now, [&](const PlannedPage& page, const PlanSource& source) {
        reachable = !page.deliveries.isEmpty();
        compiles = checkCompiles(source);
        return compiles && !reachable;
    });
    if (!walked)
        return walked;
    if (!compiles)
        return compiles;
    if (!reachable)
        return fail(ErrorCode::Conflict, tr("Nobody would get this campaign. The dry run says why."),
                    QStringLiteral("audience"));
    return {};
}

} // namespace carillon
