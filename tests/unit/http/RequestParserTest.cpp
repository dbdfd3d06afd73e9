// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/RequestParser.h"
#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

namespace {

// Feeds a whole message at once; the status it failed with, 0 when it was taken, -1 when it was not complete.
int outcomeOf(const QByteArray& message, RequestLimits limits = {})
{
    RequestParser parser(limits);
    const qsizetype head = parser.findHead(message);
    if (parser.failure() != 0)
        return parser.failure();
    if (head == 0)
        return -1;
    if (!parser.takeHead(QByteArrayView(message).first(head)))
        return parser.failure();
    for (qsizetype at = head; !parser.complete() && at < message.size();) {
        const qsizetype used = parser.takeBody(QByteArrayView(message).sliced(at));
        if (parser.failure() != 0)
            return parser.failure();
        if (used == 0)
            return -1;
        at += used;
    }
    return parser.complete() ? 0 : -1;
}

} // namespace

class RequestParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARequest()
    {
        const QByteArray head
            = "POST /u/a%20b?x=1&y=%C3%A9 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nX-One:  1 \r\nx-one: 2\r\n\r\n";
        RequestParser parser({});
        QCOMPARE(parser.findHead(QByteArray(head + "abcGET")), head.size());
        QVERIFY(parser.takeHead(head));
        QVERIFY(!parser.complete());
        QCOMPARE(parser.takeBody(QByteArrayView("abcGET")), 3);
        QVERIFY(parser.complete());
        QVERIFY(parser.keepAlive());
        const HttpRequest request = parser.takeRequest();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.path, u"/u/a b"_qs);
        QCOMPARE(request.query.queryItemValue(u"y"_qs), u"é"_qs);
        QCOMPARE(request.header("X-ONE"), "1");
        QCOMPARE(headerCount(request.headers, "x-one"), 2);
        QCOMPARE(request.body, "abc");
    }

    void readsAChunkedBodyInAnyPieces_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("chunks") << QByteArray("3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")
                                << QByteArray("abc0123456789");
        QTest::newRow("nothing") << QByteArray("0\r\n\r\n") << QByteArray();
        QTest::newRow("nothing but a trailer") << QByteArray("0\r\nTrailer: x\r\n\r\n") << QByteArray();
    }

    void readsAChunkedBodyInAnyPieces()
    {
        QFETCH(QByteArray, body);
        const QByteArray head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (qsizetype piece = 1; piece <= body.size(); ++piece) {
            RequestParser parser({});
            QVERIFY(parser.takeHead(head));
            QByteArray seen;
            for (qsizetype at = 0; at < body.size();) {
                const qsizetype shown = qMin(piece, body.size() - at);
                seen += body.mid(at, shown);
                at += shown;
                for (qsizetype used = 1; used > 0 && !seen.isEmpty() && !parser.complete();) {
                    used = parser.takeBody(seen);
                    QCOMPARE(parser.failure(), 0);
                    seen.remove(0, used);
                }
            }
            QVERIFY2(parser.complete(), qPrintable(u"pieces of %1"_qs.arg(piece)));
            QTEST(parser.takeRequest().body, "content");
        }
    }

    void refusesWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("status");
        const auto row
            = [](const char* name, const QByteArray& message, int status) { QTest::newRow(name) << message << status; };
        row("garbage", "\x16\x03\x01\x02 hello\r\n\r\n", 400);
        row("bare LF", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400);
        row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        row("no host in 1.0", "GET / HTTP/1.0\r\n\r\n", 0);
        row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 505);
        row("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("space in field name", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("NUL in value", QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29), 400);
        row("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400);
        row("negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400);
        row("length and chunked", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400);
        row("gzip coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501);
        row("xchunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501);
        row("no coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n", 501);
        row("length beside no coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,\r\nContent-Length: 1\r\n\r\nx",
            400);
        row("the same length twice", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400);
        row("a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", 400);
        row("length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", 400);
        row("length in hex", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx", 400);
        row("chunked twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("chunked with a parameter", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
            501);
        row("chunk that ends with LF", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n",
            400);
        row("chunk longer than it says",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", 400);
        row("folded coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n gzip\r\nContent-Length: 1\r\n\r\nx", 400);
        row("blank before a field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400);
        row("chunked in 1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
        row("bad chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400);
        row("chunk too long", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n", 413);
        row("endless chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n",
            400);
        row("body too long", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413);
        row("odd expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\nx", 417);
        row("dot segments", "GET /assets/../x HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("hidden dot segments", "GET /assets/%2e%2E/x HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("broken escape", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("not UTF-8", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("escaped NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("long target", "GET /" + QByteArray(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        row("long fields", "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(17'000, 'a') + "\r\n\r\n", 431);
        row("incomplete", "GET / HTTP/1.1\r\nHost: a\r\n", -1);
    }

    void refusesWhatIsWrong()
    {
        QFETCH(QByteArray, message);
        QFETCH(int, status);
        QCOMPARE(outcomeOf(message), status);
    }

    // Any bytes give an answer, never a crash or an endless loop; seeds are fixed so that a failure repeats.
    void survivesMutations()
    {
        const QByteArray whole
            = "POST /u/abc?x=%20 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
              "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n";
        SeededRandom random(7);
        int taken = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray message = whole;
            for (quint64 change = random.below(4); change > 0; --change) {
                const auto at = qsizetype(random.below(quint64(message.size())));
                switch (random.below(3)) {
                case 0: message[at] = char(random.below(256)); break;
                case 1: message.remove(at, qsizetype(random.below(5))); break;
                default: message.insert(at, message.mid(qsizetype(random.below(60)), 7)); break;
                }
            }
            const int status = outcomeOf(message);
            QVERIFY2(status == 0 || status == -1 || (status >= 400 && status < 600), message.constData());
            taken += status == 0 ? 1 : 0;
        }
        QVERIFY(taken > 1'000 && taken < 20'000);
    }
};

QTEST_GUILESS_MAIN(RequestParserTest)
#include "RequestParserTest.moc"
