// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/ContentCache.h"
#include "engine/service/TriggerService.h"

#include <QTcpServer>
#include <QThread>

#include <memory>
#include <vector>

namespace carillon {

// The platform of the probe: takes every request, in a thread of its own, and says when its first byte came.
class Listener : public QTcpServer {
    Q_OBJECT

public:
    // Call it in the thread that it lives in; the port.
    quint16 begin();

Q_SIGNALS:
    void arrived(qint64 ns); // steady

private:
    void takeConnection();
};

// Sends triggers, one after the other, and measures each from the call until the first byte of its message is at the
// platform. Has its own thread, as the HTTP server that calls the service has.
class TriggerProbe : public QObject {
    Q_OBJECT

public:
    TriggerProbe(Store& store, const Clock& clock, Dispatch& dispatch, QString topicKey, int count);
    ~TriggerProbe() override;

    quint16 port() const { return m_port; }
    void begin();

Q_SIGNALS:
    // Milliseconds, shortest first.
    void done(const QList<double>& delays);

private:
    void next();
    void take(qint64 ns);

    ContentCache m_cache;
    TriggerService m_service;
    TriggerRequest m_request;
    size_t m_left;
    qint64 m_calledAt = 0; // steady, ns
    QList<double> m_delays;
    QThread m_thread;
    QThread m_listenerThread;
    std::unique_ptr<Listener> m_listener;
    quint16 m_port = 0;
};

} // namespace carillon
