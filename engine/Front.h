// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/http/DeviceRoutes.h"
#include "engine/http/HttpServer.h"
#include "engine/http/InboxRoutes.h"
#include "engine/http/ReceiptRoutes.h"
#include "engine/http/TriggerRoutes.h"
#include "engine/http/UnsubscribeRoutes.h"
#include "engine/realtime/SocketServer.h"
#include "engine/realtime/StoreLogSource.h"
#include "engine/security/Jwt.h"

namespace carillon {

struct FrontOptions {
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 8025;
    bool anyPort = true;
    QStringList origins;
    QStringList hosts; // public names, beside those of this machine
};

// What of the operations is called from the network.
struct FrontHandlers {
    Unsubscriber unsubscribe;
    TriggerHandlers triggers;
    InboxHandlers inboxes;
    DeviceHandlers devices;
    HookReceiver receipts;
};

// What faces the network: the feed, the socket server and the HTTP server, in one thread, in which it is made and destroyed.
class Front : public QObject {
    Q_OBJECT

public:
    Front(Store& store, Clock& clock, Random& random, const JwtKey& key, const FrontOptions& options,
          FrontHandlers handlers);
    ~Front() override;

    // The port, or why there is none.
    Result<quint16> listen();

Q_SIGNALS:
    void clientCountChanged(int count);

private:
    void refreshStats();

    Store& m_store;
    Clock& m_clock;
    FrontOptions m_options;
    StoreLogSource m_source;
    Feed m_feed;
    SocketServer m_sockets;
    HttpServer m_http;
    bool m_refreshing = false;
    bool m_statsStale = false; // something was committed since the last count
};

} // namespace carillon
