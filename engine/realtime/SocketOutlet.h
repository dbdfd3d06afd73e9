// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>

namespace carillon {

class Clock;

// The sending side of one client: writes whole frames, and knows when too much waits.
//
// Frames go to the TCP socket under the QWebSocket, which writes whole frames of its own there (pings, closes): both in one
// thread, so they do not mix. Straight to the kernel where nothing waits before, which is several times cheaper than arming
// Qt's notifier for each small write.
class SocketOutlet : public QObject {
    Q_OBJECT

public:
    // Beyond highWater it is stalled, until lowWater is reached again. `tcp` belongs to its QWebSocket.
    SocketOutlet(QTcpSocket* tcp, const Clock& clock, qint64 highWater, qint64 lowWater, QObject* parent);

    void send(const QByteArray& frames);

    // Too much waits: give it nothing but what must be said.
    bool isStalled() const { return m_stalled; }
    // How long a stalled client has taken nothing, in milliseconds.
    qint64 stalledFor() const;
    // More waits than any client that reads at all can reach.
    bool isOverfull() const;
    qint64 sentBytes() const { return m_sentBytes; }

Q_SIGNALS:
    // Not stalled any more.
    void drained();

private:
    void wrote();

    QPointer<QTcpSocket> m_tcp;
    const Clock& m_clock;
    qint64 m_highWater;
    qint64 m_lowWater;
    qint64 m_progressAt = 0; // steady: when the client last took something
    qint64 m_sentBytes = 0;
    bool m_stalled = false;
};

} // namespace carillon
