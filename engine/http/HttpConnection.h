// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/RequestParser.h"

#include <QObject>

#include <optional>

class QTcpSocket;

namespace carillon {

class HttpServer;

// One client's connection: reads one request at a time, waits for its answer, writes it, and goes on with the next.
//
// Nothing is read ahead of the request at hand: a head is looked at in the socket and taken out only when it is whole, a
// body as far as it goes. What a client sends early stays in the socket's bounded buffer and then in its own; and a
// WebSocket handshake is handed over untouched. Belongs to the server, which deletes it after closed().
class HttpConnection : public QObject {
    Q_OBJECT

public:
    HttpConnection(HttpServer& server, QTcpSocket* socket);
    ~HttpConnection() override;

    // Acts on what is overdue at `now` (steady).
    void checkDeadline(qint64 now);
    // Answers what is asked already, then closes.
    void closeWhenAnswered();

Q_SIGNALS:
    void closed();

private:
    enum class State { Head, Body, Answering, Writing, Closing };

    void attach();
    void advance();
    void readHead();
    bool refuseHead(qsizetype size, QByteArrayView seen);
    void readBody();
    void dispatch();
    bool handOver();
    void answer(quint64 request, HttpResponse response);
    void refuse(int status, const QString& reason);
    void write(HttpResponse response);
    void wrote();
    void nextRequest();
    void linger();
    void enter(State state, qint64 withinMs);

    HttpServer& m_server;
    QTcpSocket* m_socket; // null once it was handed over
    std::optional<RequestParser> m_parser;
    State m_state = State::Head;
    qint64 m_deadline = 0; // steady
    quint64 m_request = 0; // which one: a late answer to an earlier one is dropped
    bool m_begun = false; // the first octet of this request's head is there
    bool m_keepAlive = true;
    bool m_headOnly = false;
    bool m_http10 = false;
};

} // namespace carillon
