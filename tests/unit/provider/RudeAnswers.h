// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ScriptedServer.h"

#include <QMap>

namespace carillon {

// What a server may do to a request, by name: every class of status, silence and hanging up at each stage, and answers that
// are no answers.
struct RudeAnswer {
    QByteArray write;
    bool close = false;
    bool hangUp = false; // before reading anything
    bool echo = false; // everything that was sent, as the body of a 400

    void play(ScriptedServer& server) const
    {
        server.setHangUp(hangUp);
        server.setScript([rude = *this](QTcpSocket* socket, const ScriptedServer::Request& request) {
            socket->write(rude.echo ? ScriptedServer::answer("400 Bad", request.head + request.body) : rude.write);
            if (rude.close)
                socket->disconnectFromHost();
        });
    }

    // Those after which only a time-out helps have names that begin with "hang".
    static QMap<QString, RudeAnswer> all();
};

inline QMap<QString, RudeAnswer> RudeAnswer::all()
{
    QMap<QString, RudeAnswer> all;
    for (int status : {200, 201, 202, 204, 299, 301, 302, 304, 400, 401, 403, 404, 408, 409,
                       410, 413, 422, 425, 429, 451, 500, 501, 502, 503, 504, 599, 999})
        all.insert(
            u"status %1"_qs.arg(status),
            {ScriptedServer::answer(QByteArray::number(status) + " Word", status == 204 || status == 304 ? "" : "{}")});
    all.insert(u"redirect elsewhere"_qs,
               {ScriptedServer::answer("307 Temporary Redirect", {}, "Location: http://127.0.0.1:1/\r\n")});
    all.insert(u"hang before the answer"_qs, {{}});
    all.insert(u"hang in the status line"_qs, {"HTTP/1.1 2"});
    all.insert(u"hang in the headers"_qs, {"HTTP/1.1 500 Oops\r\nContent-Le"});
    all.insert(u"hang in the body"_qs, {"HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nx"});
    all.insert(u"close before the answer"_qs, {{}, true});
    all.insert(u"close in the headers"_qs, {"HTTP/1.1 200 OK\r\nContent-Le", true});
    all.insert(u"close in the body"_qs, {"HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nx", true});
    all.insert(u"close before the request"_qs, {{}, true, true});
    all.insert(u"garbage"_qs, {QByteArrayLiteral("\0\xff\x01 not http at all \r\n\r\n"), true});
    all.insert(u"garbage as JSON"_qs, {ScriptedServer::answer("400 Bad", QByteArray("[[[[{\xff\xfe\"a\":", 12))});
    all.insert(u"deep JSON"_qs, {ScriptedServer::answer("400 Bad", QByteArray(60'000, '['))});
    all.insert(u"huge answer"_qs, {"HTTP/1.1 400 Bad\r\nContent-Length: 99999999\r\n\r\n" + QByteArray(500'000, 'y')});
    all.insert(u"wild headers"_qs,
               {ScriptedServer::answer("429 Slow", "{}", "Retry-After: -1e999\r\nRetry-After: soon\r\n: x\r\n")});
    all.insert(u"echo"_qs, {{}, false, false, true});
    return all;
}

} // namespace carillon
