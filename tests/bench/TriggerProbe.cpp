// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/TriggerProbe.h"

#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace carillon {

namespace {

constexpr int gapMs = 15; // between one trigger's arrival and the next one's call: they come at any moment of a commit

qint64 steadyNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Whether it is a whole request with a body.
bool isComplete(const QByteArray& request)
{
    const qsizetype end = request.indexOf("\r\n\r\n");
    const qsizetype field = request.toLower().indexOf("content-length:");
    if (end < 0 || field < 0)
        return false;
    const qsizetype from = field + qsizetype(sizeof("content-length:")) - 1;
    return request.size() - end - 4 >= request.mid(from, request.indexOf("\r\n", from) - from).trimmed().toLongLong();
}

} // namespace

quint16 Listener::begin()
{
    connect(this, &QTcpServer::newConnection, this, &Listener::takeConnection);
    return listen(QHostAddress::LocalHost) ? serverPort() : quint16(0);
}

void Listener::takeConnection()
{
    QTcpSocket* socket = nextPendingConnection();
    connect(socket, &QTcpSocket::readyRead, this, [this, socket, request = QByteArray()]() mutable {
        const qint64 now = steadyNs();
        if (request.isEmpty())
            Q_EMIT arrived(now);
        request += socket->readAll();
        if (!isComplete(request))
            return;
        request.clear();
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    });
}

TriggerProbe::TriggerProbe(Store& store, const Clock& clock, Dispatch& dispatch, QString topicKey, int count)
    : m_cache(clock)
    , m_service(store, clock, dispatch, m_cache)
    , m_left(size_t(count))
    , m_listener(std::make_unique<Listener>())
{
    m_request.topicKey = std::move(topicKey);
    m_request.recipients = {{{}, QStringLiteral("webhook"), QStringLiteral("https://example.org/alert"), {}, {}, {}}};
    m_request.data = {{QStringLiteral("order"), 12}};
    for (QThread* thread : {&m_thread, &m_listenerThread})
        thread->start();
    moveToThread(&m_thread);
    m_listener->moveToThread(&m_listenerThread);
    connect(m_listener.get(), &Listener::arrived, this, &TriggerProbe::take);
    QMetaObject::invokeMethod(
        m_listener.get(), [this] { m_port = m_listener->begin(); }, Qt::BlockingQueuedConnection);
}

TriggerProbe::~TriggerProbe()
{
    m_listener.release()->deleteLater();
    for (QThread* thread : {&m_thread, &m_listenerThread}) {
        thread->quit();
        thread->wait();
    }
}

void TriggerProbe::begin()
{
    QMetaObject::invokeMethod(this, [this] { next(); });
}

void TriggerProbe::next()
{
    m_calledAt = steadyNs();
    const Caller caller{QStringLiteral("bench"), Role::Operator};
    whenReady(m_service.trigger(caller, m_request), this, [](const Result<TriggerAnswer>& answer) {
        if (!answer || answer->recipients.value(0).deliveryIds.isEmpty())
            qFatal("A trigger was not taken: %s", answer ? "left out" : qPrintable(answer.error().message));
    });
}

void TriggerProbe::take(qint64 ns)
{
    m_delays << double(ns - m_calledAt) / 1e6;
    if (--m_left > 0)
        return QTimer::singleShot(gapMs, this, [this] { next(); });
    std::sort(m_delays.begin(), m_delays.end());
    Q_EMIT done(m_delays);
}

} // namespace carillon
