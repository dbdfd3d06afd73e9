// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "FaultyDisk.h"
#include "Platform.h"
#include "engine/base/ManualClock.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/security/MemoryVault.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/ReceiptService.h"
#include "engine/service/TriggerService.h"
#include "engine/store/Store.h"

namespace carillon::simulation {

// The engine's rooms as the engine puts them together, on a workspace's file, in one thread: born, killed and born again.
class World {
public:
    // `path`: of a workspace that nobody has open.
    World(QString path, ManualClock& clock, Random& random, Platform& platform, FaultyDisk& disk);
    ~World();
    Q_DISABLE_COPY_MOVE(World)

    // Opens the workspace and starts the dispatch room; `heard` is told of commits, within them.
    Status start(std::function<void(qint64)> heard);
    // Everything in memory is gone, what was committed stays.
    void crash();

    int run() const { return m_run; } // how often it was started
    Store& store() { return *m_store; }
    Dispatch& dispatch() { return *m_dispatch; }
    CampaignService& campaigns() { return *m_campaigns; }
    DeliveryService& deliveries() { return *m_deliveries; }
    TriggerService& triggers() { return *m_triggers; }
    ReceiptService& receipts() { return *m_receipts; }
    // The checker's own eyes.
    Connection& reader() { return *m_reader; }

private:
    const QString m_path;
    ManualClock& m_clock;
    Random& m_random;
    FaultyDisk& m_disk;
    ProviderRegistry m_registry;
    MemoryVault m_vault;
    const HookKey m_hookKey;
    ContentCache m_cache;
    int m_run = 0;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Dispatch> m_dispatch;
    std::unique_ptr<CampaignService> m_campaigns;
    std::unique_ptr<DeliveryService> m_deliveries;
    std::unique_ptr<TriggerService> m_triggers;
    std::unique_ptr<ReceiptService> m_receipts;
    std::unique_ptr<Connection> m_reader;
};

} // namespace carillon::simulation
