// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Front.h"

#include "engine/http/DashboardRoutes.h"
#include "engine/http/SocketRoute.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

SocketServerOptions socketOptions(const Store& store, const FrontOptions& options)
{
    SocketServerOptions sockets;
    sockets.epoch = store.workspaceId();
    sockets.origins = options.origins;
    return sockets;
}

} // namespace

Front::Front(Store& store, Clock& clock, Random& random, const JwtKey& key, const FrontOptions& options, Unsubscriber unsubscribe)
    : m_options(options)
    , m_source(store)
    , m_feed(m_source, clock)
    , m_sockets(m_feed, clock, random, key, socketOptions(store, options))
    , m_http(clock, {})
{
    addDashboardRoutes(m_http);
    addSocketRoute(m_http, m_sockets);
    addUnsubscribeRoutes(m_http, std::move(unsubscribe));
    connect(&m_sockets, &SocketServer::clientCountChanged, this, &Front::clientCountChanged);
}

Front::~Front()
{
    m_sockets.stop(1001, QStringLiteral("shutdown"), 3);
    m_http.stop();
}

Result<quint16> Front::listen()
{
    Result<quint16> port = m_http.listen(m_options.address, m_options.port);
    if (!port && m_options.anyPort && m_options.port != 0)
        port = m_http.listen(m_options.address, 0);
    return port;
}

} // namespace carillon
