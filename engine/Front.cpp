// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Front.h"

#include "engine/base/Clock.h"
#include "engine/http/DashboardRoutes.h"
#include "engine/http/SocketRoute.h"
#include "engine/insight/QueueSnapshot.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 statsIntervalMs = 1'000;

SocketServerOptions socketOptions(const Store& store, const FrontOptions& options)
{
    SocketServerOptions sockets;
    sockets.epoch = store.workspaceId();
    sockets.origins = options.origins;
    return sockets;
}

HttpServerOptions serverOptions(const FrontOptions& options)
{
    HttpServerOptions server;
    server.hosts = options.hosts;
    return server;
}

} // namespace

Front::Front(Store& store, Clock& clock, Random& random, const JwtKey& key, const FrontOptions& options,
             FrontHandlers handlers)
    : m_store(store)
    , m_clock(clock)
    , m_options(options)
    , m_source(store)
    , m_feed(m_source, clock)
    , m_sockets(m_feed, clock, random, key, socketOptions(store, options))
    , m_http(clock, serverOptions(options))
{
    addDashboardRoutes(m_http);
    addSocketRoute(m_http, m_sockets);
    addUnsubscribeRoutes(m_http, std::move(handlers.unsubscribe));
    addReceiptRoutes(m_http, std::move(handlers.receipts));
    addTriggerRoutes(m_http, ApiAccess(key, clock), std::move(handlers.triggers));
    addInboxRoutes(m_http, ApiAccess(key, clock), std::move(handlers.inboxes));
    addDeviceRoutes(m_http, ApiAccess(key, clock), std::move(handlers.devices));
    connect(&m_sockets, &SocketServer::clientCountChanged, this, &Front::clientCountChanged);
    connect(&m_sockets, &SocketServer::clientCountChanged, this, &Front::refreshStats);
    connect(&m_source, &LogSource::advanced, this, &Front::refreshStats);
}

Front::~Front()
{
    m_sockets.stop(1001, QStringLiteral("shutdown"), 3);
    m_http.stop();
}

// Counts while somebody looks, once a second at the most.
void Front::refreshStats()
{
    m_statsStale = true;
    if (m_refreshing || m_sockets.clientCount() == 0)
        return;
    m_refreshing = true;
    m_clock.after(statsIntervalMs, this, [this] {
        m_statsStale = false;
        whenReady(m_store.read([](Connection& connection) -> Result<QJsonObject> { return queueSnapshot(connection); }),
                  this, [this](const Result<QJsonObject>& stats) {
                      m_refreshing = false;
                      if (stats)
                          m_sockets.setStats(*stats);
                      if (!stats || m_statsStale) // a failed read is told by the feed, and tried again here
                          refreshStats();
                  });
    });
}

Result<quint16> Front::listen()
{
    Result<quint16> port = m_http.listen(m_options.address, m_options.port);
    if (!port && m_options.anyPort && m_options.port != 0)
        port = m_http.listen(m_options.address, 0);
    return port;
}

} // namespace carillon
