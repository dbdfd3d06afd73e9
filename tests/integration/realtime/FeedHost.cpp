// SPDX-License-Identifier: GPL-3.0-or-later
#include "../../unit/realtime/MemoryLog.h"

#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/http/DashboardRoutes.h"
#include "engine/http/HttpServer.h"
#include "engine/http/SocketRoute.h"
#include "engine/realtime/SocketServer.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace carillon;

// A web server with the page, the socket and a scripted log, for tests that are other programs.
//
//     FeedHost [port]
//
// Says {"port":..,"token":..} on standard output, then obeys lines on standard input and exits at its end:
//     append COUNT [SECONDS-AGO]   deliveries, three entries each: queued, sending, and sent or (each tenth) failed
//     entry TYPE CAMPAIGN DATA     one entry with a JSON object
//     stats DATA                   a snapshot
//     token SECONDS                prints another token
//     bye CODE                     as when the engine stops
// Equal commands make an equal log, so that a second host can stand in for the first.
class FeedHost : public QObject {
public:
    int start(quint16 port)
    {
        addDashboardRoutes(m_http);
        addSocketRoute(m_http, m_sockets);
        const auto bound = m_http.listen(QHostAddress::LocalHost, port);
        if (!bound) {
            std::fprintf(stderr, "%s\n", qPrintable(bound.error().message));
            return 1;
        }
        say({{QStringLiteral("port"), *bound}, {QStringLiteral("token"), token(3'600)}});
        connect(&m_input, &QSocketNotifier::activated, this, &FeedHost::read);
        return QCoreApplication::exec();
    }

private:
    static JwtKey key() { return *JwtKey::fromSecret(Secret(QByteArray(32, 'k'))); }

    static SocketServerOptions options()
    {
        SocketServerOptions options;
        options.epoch = QStringLiteral("w-scripted");
        return options;
    }

    static void say(const QJsonObject& object)
    {
        std::printf("%s\n", compactJson(object).constData());
        std::fflush(stdout);
    }

    QString token(qint64 seconds) const
    {
        JwtClaims claims;
        claims.subject = QStringLiteral("test");
        claims.scopes = {QStringLiteral("feed:read")};
        claims.expiresAt = m_clock.now() + seconds * 1'000;
        return QString::fromLatin1(*key().sign(claims));
    }

    void read()
    {
        char piece[4'096];
        const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
        if (size <= 0) {
            m_input.setEnabled(false);
            QCoreApplication::quit();
            return;
        }
        m_line.append(piece, size);
        for (qsizetype end = m_line.indexOf('\n'); end >= 0; end = m_line.indexOf('\n')) {
            obey(m_line.left(end));
            m_line.remove(0, end + 1);
        }
        m_log.announce();
    }

    void obey(const QByteArray& line)
    {
        const QList<QByteArray> words = line.split(' ');
        if (words[0] == "append")
            append(words.value(1).toInt(), words.value(2).toLongLong());
        else if (words[0] == "entry")
            m_log.append(entry(QString::fromUtf8(words.value(1)), words.value(2).toLongLong(), words.mid(3).join(' ')));
        else if (words[0] == "stats")
            m_sockets.setStats(parseJsonObject(words.mid(1).join(' ')).value_or(QJsonObject()));
        else if (words[0] == "token")
            say({{QStringLiteral("token"), token(words.value(1).toLongLong())}});
        else if (words[0] == "bye")
            m_sockets.stop(words.value(1).toUShort(), QStringLiteral("restart"), 0);
    }

    LogEntry entry(const QString& type, qint64 campaign, const QByteArray& data) const
    {
        LogEntry entry;
        entry.time = m_clock.now();
        entry.type = type;
        entry.actor = QStringLiteral("engine");
        entry.campaignId = campaign;
        entry.data = parseJsonObject(data).value_or(QJsonObject());
        return entry;
    }

    void append(int count, qint64 secondsAgo)
    {
        static const QStringList names{u"anna.lindqvist"_qs, u"b.okafor"_qs, u"chen.wei"_qs, u"daria.novak"_qs,
                                       u"e.marchetti"_qs};
        for (int i = 0; i < count; ++i) {
            const bool fails = ++m_delivery % 10 == 0;
            for (const QString& state : {u"queued"_qs, u"sending"_qs, fails ? u"failed"_qs : u"sent"_qs}) {
                LogEntry made = entry(u"delivery."_qs + state, 7, {});
                made.time -= secondsAgo * 1'000;
                made.deliveryId = m_delivery;
                made.contactId = m_delivery;
                made.accountId = 1;
                made.channel = m_delivery % 7 == 0 ? u"slack"_qs : u"email"_qs;
                made.data.insert(u"address", u"%1.%2@example.org"_qs.arg(names[m_delivery % names.size()]).arg(m_delivery));
                if (state == u"failed")
                    made.data.insert(u"reason", u"550 5.1.1 No such user"_qs);
                m_log.append(made);
            }
        }
    }

    SystemClock m_clock;
    SystemRandom m_random;
    MemoryLog m_log;
    Feed m_feed{m_log, m_clock};
    SocketServer m_sockets{m_feed, m_clock, m_random, key(), options()};
    HttpServer m_http{m_clock, {}};
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    QByteArray m_line;
    qint64 m_delivery = 0;
};

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    FeedHost host;
    return host.start(argc > 1 ? QByteArray(argv[1]).toUShort() : 0);
}
