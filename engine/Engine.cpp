// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Engine.h"

#include "engine/EngineVault.h"
#include "engine/FrontOperations.h"
#include "engine/ProviderLog.h"
#include "engine/WorkspaceKeys.h"
#include "engine/base/Clock.h"
#include "engine/base/Random.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/ProviderFolder.h"
#include "engine/provider/SmtpProvider.h"
#include "engine/service/AccountService.h"
#include "engine/service/CampaignService.h"
#include "engine/service/ContactService.h"
#include "engine/service/DashboardService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/DeviceService.h"
#include "engine/service/LogDigests.h"
#include "engine/service/NotificationService.h"
#include "engine/service/OverviewService.h"
#include "engine/service/ReceiptService.h"
#include "engine/service/TemplateService.h"
#include "engine/service/TopicService.h"
#include "engine/service/TriggerService.h"
#include "engine/service/WorkspaceService.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Store.h"
#include "engine/store/WorkspaceGuard.h"

#include <QDir>
#include <QFileInfo>
#include <QThread>

#include <optional>

namespace carillon {

namespace {

// The link in marketing mail, when the brand has an address that the world can reach.
UnsubscribeLink linkMaker(const UnsubscribeKey& key)
{
    return [key](const Delivery& delivery, const Brand& brand) -> QString {
        if (brand.publicUrl.isEmpty())
            return {};
        const Result<QByteArray> token = key.make({delivery.channel, delivery.address, delivery.id});
        if (!token)
            return {};
        return brand.publicUrl + (brand.publicUrl.endsWith(u'/') ? QStringLiteral("u/") : QStringLiteral("/u/"))
            + QString::fromLatin1(*token);
    };
}

// Runs `work` in the thread of `context` and waits for it.
template <typename Work>
void runIn(QObject* context, Work work)
{
    QMetaObject::invokeMethod(context, std::move(work), Qt::BlockingQueuedConnection);
}

} // namespace

struct Engine::Rooms {
    Clock& clock;
    Random& random;
    std::unique_ptr<Store> store;
    std::unique_ptr<WorkspaceGuard> guard;
    std::optional<ContentCache> contentCache;
    ProviderRegistry registry;
    std::unique_ptr<ProviderFolder> providerFolder;
    std::unique_ptr<VaultProxy> vault;
    std::unique_ptr<Dispatch> dispatch;
    std::unique_ptr<Front> front;
    QThread engineThread;
    QThread frontThread;
    QObject engineContext; // each lives in its thread
    QObject frontContext;
    QUrl address;
    QStringList warnings;

    std::optional<TopicService> topics;
    std::optional<TemplateService> templates;
    std::optional<ContactService> contacts;
    std::optional<AccountService> accounts;
    std::optional<CampaignService> campaigns;
    std::optional<DeliveryService> deliveries;
    std::optional<TriggerService> triggers;
    std::optional<DeviceService> devices;
    std::optional<ReceiptService> receipts;
    std::optional<OverviewService> overview;
    std::optional<DashboardService> dashboards;
    std::unique_ptr<LogDigests> live;
    std::optional<NotificationService> notifications;
    std::optional<WorkspaceService> workspace;
    std::optional<Services> services;

    Rooms(Clock& theClock, Random& theRandom)
        : clock(theClock)
        , random(theRandom)
    {
    }

    Status open(const EngineOptions& options);
    void addProviders(std::shared_ptr<HttpTransport> http);
    void watchProviders();
    void startSending();
    void startThreads();
    void makeServices(const WorkspaceKeys& keys);
    void serve(const EngineOptions& options, const WorkspaceKeys& keys);
    QStringList publicHosts(const EngineOptions& options);
    void close();
};

Status Engine::Rooms::open(const EngineOptions& options)
{
    Result<std::unique_ptr<Store>> opened = Store::open(options.path, clock);
    if (!opened)
        return fail(opened.error());
    store = std::move(*opened);
    guard = std::make_unique<WorkspaceGuard>(*store, clock, options.stateFolder);
    if (const Status checked = guard->check(); !checked)
        warnings << checked.error().message;
    addProviders(options.http);
    Result<std::unique_ptr<VaultProxy>> made = makeVault(options, clock, random);
    if (!made)
        return fail(made.error());
    vault = std::move(*made);
    startThreads();
    vault->move(&engineThread);
    const WorkspaceKeys keys = workspaceKeys(*vault, store->workspaceId(), random);
    if (!keys.warning.isEmpty() && options.vault != VaultKind::Memory)
        warnings << keys.warning;
    dispatch
        = std::make_unique<Dispatch>(*store, clock, random, registry, *vault, random.hex(8), linkMaker(keys.unsubscribe));
    dispatch->setHookKey(keys.hooks);
    dispatch->moveToThread(&engineThread);
    watchProviders();
    makeServices(keys);
    notifications.emplace(*store, clock, keys.tokens);
    if (options.serve)
        serve(options, keys);
    dashboards.emplace(clock, keys.tokens, address);
    services.emplace(Services{*topics, *templates, *contacts, *accounts, *campaigns, *deliveries, *overview, *dashboards,
                              *live, *notifications, *triggers, *workspace, *devices});
    if (options.send)
        startSending();
    return {};
}

// A held workspace sends nothing until it is released.
void Engine::Rooms::startSending()
{
    if (guard->held()) {
        live->setProblem(guard->sentence());
        connect(guard.get(), &WorkspaceGuard::released, live.get(), [this] {
            live->setProblem({});
            startSending();
        });
        return;
    }
    live->setRunning(true);
    receipts->forgetOld(); // with its own entry in the log
    QMetaObject::invokeMethod(dispatch.get(), &Dispatch::start, Qt::QueuedConnection);
}

// The compiled-in kinds of accounts, and those in the folder "providers" beside the workspace.
void Engine::Rooms::addProviders(std::shared_ptr<HttpTransport> http)
{
    if (!http)
        http = std::make_shared<HttpTransport>();
    http->moveToThread(&engineThread); // where the senders are: its answers come in its own thread
    // Nothing is sent, and so nothing told, before there are services.
    const ReceiptSink told
        = [this](qint64 accountId, const QByteArray& json) { return receipts->receiveInside(accountId, json); };
    const ProviderServices services{
        .clock = clock, .http = std::move(http), .outbox = nullptr, .store = store.get(), .receipts = told};
    QList<Error> errors = addBuiltInProviders(registry, services);
    if (const Status added = registry.add(std::make_unique<SmtpProvider>(clock)); !added)
        errors << added.error();
    for (const Error& error : std::as_const(errors))
        warnings << error.message;
    const QString folder = QFileInfo(store->path()).dir().filePath(QStringLiteral("providers"));
    providerFolder = std::make_unique<ProviderFolder>(registry, folder, services);
    warnings += providerFolder->read().refused;
    providerFolder->moveToThread(&engineThread);
}

void Engine::Rooms::watchProviders()
{
    runIn(&engineContext, [this] {
        followProviders(*providerFolder, *store, clock, *dispatch);
        providerFolder->watch();
    });
}

void Engine::Rooms::startThreads()
{
    engineThread.setObjectName(QStringLiteral("engine"));
    frontThread.setObjectName(QStringLiteral("front"));
    engineThread.start();
    frontThread.start();
    engineContext.moveToThread(&engineThread);
    frontContext.moveToThread(&frontThread);
}

void Engine::Rooms::makeServices(const WorkspaceKeys& keys)
{
    topics.emplace(*store, clock);
    templates.emplace(*store, clock);
    contacts.emplace(*store, clock);
    accounts.emplace(*store, clock, registry, *vault, *dispatch, keys.hooks);
    receipts.emplace(*store, clock, registry, *vault, *dispatch, keys.hooks);
    contentCache.emplace(clock);
    campaigns.emplace(*store, clock, *dispatch, *contentCache);
    deliveries.emplace(*store, clock, *dispatch);
    triggers.emplace(*store, clock, *dispatch, *contentCache);
    devices.emplace(*store, clock, keys.tokens);
    overview.emplace(*store, clock, *dispatch);
    live = std::make_unique<LogDigests>(*store, clock);
    workspace.emplace(*store, clock, *guard);
    connect(dispatch.get(), &Dispatch::problemChanged, live.get(), &LogDigests::setProblem);
}

void Engine::Rooms::serve(const EngineOptions& options, const WorkspaceKeys& keys)
{
    Result<quint16> port = fail(ErrorCode::Internal, {});
    runIn(&frontContext, [&] {
        front = std::make_unique<Front>(
            *store, clock, random, keys.tokens,
            FrontOptions{options.address, options.port, options.anyPort, options.origins, publicHosts(options)},
            handlersFor({*contacts, *triggers, *deliveries, *notifications, *devices, *receipts}, keys.unsubscribe));
        port = front->listen();
    });
    if (!port) {
        warnings << tr("The web dashboard is off: %1").arg(port.error().message);
        return;
    }
    address = QUrl(QStringLiteral("http://%1:%2/")
                       .arg(options.address.isLoopback() ? QStringLiteral("127.0.0.1") : options.address.toString())
                       .arg(*port));
    connect(front.get(), &Front::clientCountChanged, live.get(), &LogDigests::setClients);
}

// The names by which a reverse proxy on this machine hands on what comes to the brands' public addresses. A server that is
// reached from elsewhere answers to any.
QStringList Engine::Rooms::publicHosts(const EngineOptions& options)
{
    if (!options.address.isLoopback())
        return {};
    const Result<QList<Brand>> brands
        = store->read([](Connection& connection) -> Result<QList<Brand>> { return BrandRepository(connection).all(); })
              .result();
    QStringList hosts;
    for (const Brand& brand : brands.value_or(QList<Brand>())) {
        if (const QString host = QUrl(brand.publicUrl).host(); !host.isEmpty())
            hosts << host;
    }
    return hosts;
}

void Engine::Rooms::close()
{
    live.reset();
    if (front)
        runIn(&frontContext, [this] { front.reset(); });
    if (dispatch)
        dispatch->stop().waitForFinished();
    if (guard)
        (void)guard->remember(); // whatever kept it from being written was said at opening
    // Operations that are under way go on in the store's threads, and tell the dispatcher: they end while it is there.
    if (store)
        store->stop();
    if (dispatch) {
        runIn(&engineContext, [this] {
            providerFolder.reset();
            dispatch.reset();
        });
    }
    frontThread.quit();
    engineThread.quit();
    frontThread.wait();
    engineThread.wait();
    guard.reset();
    store.reset();
}

Engine::Engine(std::unique_ptr<Rooms> rooms)
    : m_rooms(std::move(rooms))
{
}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options, Clock& clock, Random& random)
{
    std::unique_ptr<Engine> engine(new Engine(std::make_unique<Rooms>(clock, random)));
    if (Status opened = engine->m_rooms->open(options); !opened)
        return fail(opened.error());
    return engine;
}

Engine::~Engine()
{
    m_rooms->close();
}

const Services& Engine::services() const
{
    return *m_rooms->services;
}

QUrl Engine::address() const
{
    return m_rooms->address;
}

QStringList Engine::warnings() const
{
    return m_rooms->warnings;
}

} // namespace carillon
