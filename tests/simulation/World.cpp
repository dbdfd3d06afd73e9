// SPDX-License-Identifier: GPL-3.0-or-later
#include "World.h"

#include "engine/store/Connection.h"

#include <QCoreApplication>

namespace carillon::simulation {

World::World(QString path, ManualClock& clock, Random& random, Platform& platform, FaultyDisk& disk)
    : m_path(std::move(path))
    , m_clock(clock)
    , m_random(random)
    , m_disk(disk)
    , m_hookKey(*HookKey::fromSecret(Secret(QByteArray(HookKey::MinKeyBytes, 'k'))))
    , m_cache(clock)
{
    (void)m_registry.add(std::make_unique<SimulatedProvider>(platform)); // the first of its name
}

World::~World()
{
    crash();
}

Status World::start(std::function<void(qint64)> heard)
{
    Result<std::unique_ptr<Store>> store = Store::open(m_path, m_clock, StoreThreads::None);
    if (!store)
        return fail(store.error());
    m_store = std::move(*store);
    Result<std::unique_ptr<Connection>> reader = Connection::open(m_path, Connection::Access::Read);
    if (!reader)
        return fail(reader.error());
    m_reader = std::move(*reader);
    QObject::connect(m_store.get(), &Store::committed, m_store.get(), std::move(heard));
    const QString lease = QStringLiteral("run %1").arg(++m_run);
    m_dispatch = std::make_unique<Dispatch>(*m_store, m_clock, m_random, m_registry, m_vault, lease,
                                            [](const Delivery&, const Brand&) { return QString(); });
    m_campaigns = std::make_unique<CampaignService>(*m_store, m_clock, *m_dispatch, m_cache);
    m_deliveries = std::make_unique<DeliveryService>(*m_store, m_clock, *m_dispatch);
    m_triggers = std::make_unique<TriggerService>(*m_store, m_clock, *m_dispatch, m_cache);
    m_receipts = std::make_unique<ReceiptService>(*m_store, m_clock, m_registry, m_vault, *m_dispatch, m_hookKey);
    m_dispatch->start();
    return {};
}

void World::crash()
{
    m_disk.failAfter(0, FaultyDisk::Fault::Broken); // a dead process writes nothing more
    m_dispatch.reset();
    m_campaigns.reset();
    m_deliveries.reset();
    m_triggers.reset();
    m_receipts.reset();
    m_reader.reset();
    m_store.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_disk.heal();
}

} // namespace carillon::simulation
