// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TriggerService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/service/TriggerWrite.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

bool isToken(const Caller& caller)
{
    return caller.actor.startsWith(QStringLiteral("token:"));
}

} // namespace

TriggerService::TriggerService(Store& store, const Clock& clock, Dispatch& dispatch, ContentCache& cache)
    : m_store(store)
    , m_clock(clock)
    , m_dispatch(dispatch)
    , m_cache(cache)
{
}

Future<TriggerAnswer> TriggerService::trigger(const Caller& caller, const TriggerRequest& request)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<TriggerAnswer>(fail(allowed.error()));
    if (const Status good = check(request); !good)
        return readyFuture<TriggerAnswer>(fail(good.error()));
    return m_store
        .writeUrgent([caller, request, &cache = m_cache, lease = m_dispatch.urgentLease(),
                      now = m_clock.now()](Connection& connection) -> Result<WrittenTrigger> {
            return TriggerWrite(connection, cache, caller, lease, now).run(request);
        })
        .then([&dispatch = m_dispatch](const Result<WrittenTrigger>& written) -> Result<TriggerAnswer> {
            if (!written)
                return fail(written.error());
            if (!written->batch.deliveries.isEmpty())
                dispatch.sendNow(written->batch);
            if (written->waits)
                dispatch.triggered(written->answer.triggerId);
            return written->answer;
        });
}

Future<TriggerDetail> TriggerService::get(const Caller& caller, qint64 id) const
{
    if (const Status allowed = caller.require(Role::Viewer); !allowed)
        return readyFuture<TriggerDetail>(fail(allowed.error()));
    return m_store.read([caller, id](Connection& connection) -> Result<TriggerDetail> {
        Result<TriggerDetail> detail = readTrigger(connection, id);
        if (detail && isToken(caller) && detail->trigger.actor != caller.actor)
            return fail(noSuchTrigger(id));
        return detail;
    });
}

} // namespace carillon
