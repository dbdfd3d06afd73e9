// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/WorkspaceService.h"

#include "engine/base/Clock.h"
#include "engine/service/Audit.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Store.h"
#include "engine/store/WorkspaceGuard.h"

namespace carillon {

WorkspaceService::WorkspaceService(Store& store, const Clock& clock, WorkspaceGuard& guard)
    : m_store(store)
    , m_clock(clock)
    , m_guard(guard)
{
}

Future<WorkspaceHold> WorkspaceService::hold() const
{
    if (!m_guard.held())
        return readyFuture<WorkspaceHold>(WorkspaceHold{});
    return m_store.read([sentence = m_guard.sentence()](Connection& connection) -> Result<WorkspaceHold> {
        const QMap<DeliveryState, qint64> open = DeliveryRepository(connection).openCounts();
        CampaignRepository campaigns(connection);
        return WorkspaceHold{true, sentence, open.value(DeliveryState::Queued) + open.value(DeliveryState::Retrying),
                             campaigns.count({}, {CampaignState::Scheduled, CampaignState::Planning})};
    });
}

Future<void> WorkspaceService::release(const Caller& caller)
{
    if (const Status allowed = caller.require(Role::Administrator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    if (!m_guard.held())
        return readyFuture<void>({});
    return m_store
        .write([this, caller, now = m_clock.now()](Connection& connection) -> Status {
            m_guard.takePlace(connection, now);
            audit(connection, caller, QStringLiteral("workspace.released"), now,
                  {{QStringLiteral("reason"), m_guard.sentence()}});
            return {};
        })
        .then([this](const Status& written) {
            if (written)
                m_guard.markReleased();
            return written;
        });
}

} // namespace carillon
