// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/SocketOutlet.h"

#include "engine/base/Clock.h"

#include <QSslSocket>

#include <sys/socket.h>

namespace carillon {

namespace {

constexpr int KernelBuffer = 256 * 1024; // otherwise it grows to megabytes for each slow client
constexpr qint64 HardLimit = 4 * 1024 * 1024;

} // namespace

SocketOutlet::SocketOutlet(QTcpSocket* tcp, const Clock& clock, qint64 highWater, qint64 lowWater, QObject* parent)
    : QObject(parent)
    , m_tcp(tcp)
    , m_clock(clock)
    , m_highWater(highWater)
    , m_lowWater(lowWater)
{
    m_tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_tcp->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, KernelBuffer);
    connect(m_tcp, &QTcpSocket::bytesWritten, this, &SocketOutlet::wrote);
}

void SocketOutlet::send(const QByteArray& frames)
{
    if (!m_tcp)
        return;
    m_sentBytes += frames.size();
    qsizetype sent = 0;
    if (m_tcp->bytesToWrite() == 0 && !qobject_cast<QSslSocket*>(m_tcp)) {
        const int handle = int(m_tcp->socketDescriptor());
        sent = qMax<qsizetype>(0, ::send(handle, frames.constData(), size_t(frames.size()), MSG_DONTWAIT | MSG_NOSIGNAL));
    }
    if (sent < frames.size())
        m_tcp->write(frames.constData() + sent, frames.size() - sent);
    if (!m_stalled && m_tcp->bytesToWrite() > m_highWater) {
        m_stalled = true;
        m_progressAt = m_clock.steady();
    }
}

void SocketOutlet::wrote()
{
    m_progressAt = m_clock.steady();
    if (m_stalled && m_tcp->bytesToWrite() <= m_lowWater) {
        m_stalled = false;
        Q_EMIT drained();
    }
}

qint64 SocketOutlet::stalledFor() const
{
    return m_stalled ? m_clock.steady() - m_progressAt : 0;
}

bool SocketOutlet::isOverfull() const
{
    return m_tcp && m_tcp->bytesToWrite() > HardLimit;
}

} // namespace carillon
