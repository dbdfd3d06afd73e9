// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/provider/SmtpWire.h"

#include <QTest>

using namespace carillon;

namespace {

// What is to happen to message 1, 2, 3, ... of the dialogue.
enum class Fate {
    Taken,
    TakenInTwoLines,
    SenderRefused,
    RecipientRefused,
    RecipientRefusedDataTaken,
    DataRefused,
    BodyRefused,
    Closed
};

// The other end: obeys the fates, and knows what it took, and where in the two streams each message was decided.
class ModelServer {
public:
    struct Decision {
        QString kind;
        qint64 saidAt = 0; // octets of the replies up to the end of the one that decides
    };

    ModelServer(QList<Fate> fates, bool pipelining)
        : m_fates(std::move(fates))
        , m_pipelining(pipelining)
    {
        say("220 hello\r\n");
    }

    // Reads on; replies() grows.
    void receive(QByteArrayView octets)
    {
        for (const char c : octets) {
            ++m_read;
            m_line += c;
            if (c == '\n')
                answer(std::exchange(m_line, {}));
        }
    }

    const QByteArray& replies() const { return m_replies; }
    QMap<qint64, Decision> decisions;
    QMap<qint64, qint64> dotAt; // octets read up to the end of a message's closing dot
    QList<qint64> taken;

private:
    Fate fate() const { return m_fates.value(qsizetype(m_current) - 1); }

    void say(const QByteArray& reply) { m_replies += reply; }
    void decide(const QByteArray& reply, const QString& kind)
    {
        say(reply);
        if (!decisions.contains(m_current))
            decisions.insert(m_current, {kind, m_replies.size()});
    }

    void answer(const QByteArray& line)
    {
        if (m_closed)
            return;
        if (m_inBody)
            return body(line);
        if (line.startsWith("EHLO"))
            say(m_pipelining ? "250-host\r\n250-PIPELINING\r\n250 DSN\r\n" : "250 host\r\n");
        else if (line.startsWith("MAIL"))
            mail();
        else if (line.startsWith("RCPT"))
            recipient();
        else if (line.startsWith("DATA"))
            data();
        else
            say(line.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
    }

    void mail()
    {
        ++m_current;
        m_spoiled = fate() == Fate::SenderRefused;
        m_spoiled ? decide("550 5.7.1 not you\r\n", QStringLiteral("refused")) : say("250 ok\r\n");
    }

    void recipient()
    {
        if (fate() == Fate::Closed) {
            say("421 4.7.0 too much\r\n");
            m_closed = true;
            return;
        }
        const bool refuse = fate() == Fate::RecipientRefused || fate() == Fate::RecipientRefusedDataTaken;
        if (refuse)
            decide("450-4.2.0 grey\r\n450 4.2.0 later\r\n", QStringLiteral("retry"));
        else
            say(m_spoiled ? "503 MAIL first\r\n" : "250 ok\r\n");
        m_spoiled |= refuse;
    }

    void data()
    {
        if (fate() == Fate::DataRefused)
            return decide("451 4.3.0 later\r\n", QStringLiteral("retry"));
        if (m_spoiled && fate() != Fate::RecipientRefusedDataTaken)
            return say("503 RCPT first\r\n");
        m_inBody = true;
        say("354 go\r\n");
    }

    void body(const QByteArray& line)
    {
        if (line != ".\r\n")
            return;
        m_inBody = false;
        if (m_spoiled)
            return say("554 nobody\r\n");
        dotAt.insert(m_current, m_read);
        if (fate() == Fate::BodyRefused)
            return decide("554 5.7.1 spam\r\n", QStringLiteral("refused"));
        taken += m_current;
        decide(fate() == Fate::TakenInTwoLines ? "250-2.0.0 ok\r\n250 2.0.0 queued as X\r\n" : "250 ok\r\n",
               QStringLiteral("sent"));
    }

    const QList<Fate> m_fates;
    const bool m_pipelining;
    QByteArray m_replies;
    QByteArray m_line;
    qint64 m_read = 0;
    qint64 m_current = 0;
    bool m_inBody = false;
    bool m_spoiled = false;
    bool m_closed = false;
};

// One dialogue over a connection that carries the first `there` octets to the server and the first `back` octets to us.
struct Dialogue {
    Dialogue(const QList<Fate>& fates, bool pipelining, qint64 there, qint64 back)
        : server(fates, pipelining)
    {
        Wire wire(plainSettings());
        qint64 heard = 0;
        while (true) {
            while (wire.session.wantsJob() && given < fates.size())
                wire.session.submit(job(++given, "Subject: x\r\n\r\n.dots\r\n"));
            said += wire.say({});
            if (given == fates.size() && !quit && wire.session.isReady()) {
                wire.session.quit();
                quit = true;
                continue;
            }
            const qint64 arrived = qMin<qint64>(said.size(), there);
            server.receive(QByteArrayView(said).sliced(read, arrived - read));
            read = arrived;
            const qint64 coming = qMin<qint64>(server.replies().size(), back);
            if (coming == heard)
                break;
            said += wire.say(server.replies().mid(heard, coming - heard));
            heard = coming;
        }
        const qint64 unwritten = said.size() - read;
        wire.session.lost(smtpLost(QStringLiteral("gone")), unwritten);
        wire.say({});
        for (const Outcome& outcome : wire.outcomes)
            results[outcome.deliveryId] += nameOf(outcome.kind);
        for (const qint64 id : wire.back)
            results[id] += QStringLiteral("back");
    }

    ModelServer server;
    QByteArray said;
    qint64 read = 0;
    qint64 given = 0;
    bool quit = false;
    QMap<qint64, QStringList> results;
};

const QList<Fate> everything{
    Fate::Taken, Fate::RecipientRefused, Fate::TakenInTwoLines, Fate::BodyRefused, Fate::RecipientRefusedDataTaken,
    Fate::Taken, Fate::SenderRefused,    Fate::DataRefused,     Fate::Taken};

} // namespace

// The connection may die at any octet, in either direction: each message must come to exactly the right one end. A mail that
// the server has taken is never given back, one that it cannot have taken is never called uncertain.
class SmtpCutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCut_data()
    {
        QTest::addColumn<bool>("pipelining");
        QTest::addColumn<QList<int>>("fates");
        QTest::newRow("pipelined") << true << numbers(everything);
        QTest::newRow("one by one") << false << numbers(everything);
        const QList<Fate> closed{Fate::Taken, Fate::Taken, Fate::Closed, Fate::Taken};
        QTest::newRow("pipelined, 421 in the middle") << true << numbers(closed);
        QTest::newRow("one by one, 421 in the middle") << false << numbers(closed);
    }

    void everyCut()
    {
        QFETCH(bool, pipelining);
        QFETCH(QList<int>, fates);
        m_fates.clear();
        for (const int fate : fates)
            m_fates += Fate(fate);
        m_pipelining = pipelining;
        m_whole.emplace(m_fates, pipelining, all, all);
        const qint64 there = m_whole->said.size();
        const qint64 back = m_whole->server.replies().size();
        check(all, all);
        for (qint64 cut = 0; cut <= there; ++cut)
            check(cut, all);
        for (qint64 cut = 0; cut <= back; ++cut)
            check(all, cut);
        for (qint64 cut = 0; cut <= there; cut += 3) { // both ways at once
            for (qint64 other = 0; other <= back; other += 7)
                check(cut, other);
        }
    }

    void theWholeDialogueIsWhatItShouldBe()
    {
        const Dialogue dialogue(everything, true, all, all);
        QCOMPARE(dialogue.server.taken, (QList<qint64>{1, 3, 6, 9}));
        const QStringList expected{QStringLiteral("sent"),    QStringLiteral("retry"), QStringLiteral("sent"),
                                   QStringLiteral("refused"), QStringLiteral("retry"), QStringLiteral("sent"),
                                   QStringLiteral("refused"), QStringLiteral("retry"), QStringLiteral("sent")};
        for (qint64 id = 1; id <= 9; ++id)
            QCOMPARE(dialogue.results.value(id), QStringList{expected[id - 1]});
    }

private:
    static constexpr qint64 all = 1'000'000;

    static QList<int> numbers(const QList<Fate>& fates)
    {
        QList<int> list;
        for (const Fate fate : fates)
            list += int(fate);
        return list;
    }

    void check(qint64 there, qint64 back)
    {
        if (QTest::currentTestFailed()) // one place is enough
            return;
        const Dialogue cut(m_fates, m_pipelining, there, back);
        const QByteArray where = "cut at " + QByteArray::number(there) + " and " + QByteArray::number(back);
        QVERIFY2(m_whole->said.startsWith(cut.said), where.constData()); // or the positions would mean nothing
        QCOMPARE(cut.results.size(), cut.given);
        for (qint64 id = 1; id <= cut.given; ++id) {
            const QString ended = cut.results.value(id).join(u' ');
            const QString right = rightEnd(cut, id, back);
            if (ended != right)
                QFAIL(qPrintable(QStringLiteral("%1, message %2: %3 instead of %4")
                                     .arg(QString::fromLatin1(where), QString::number(id), ended, right)));
        }
    }

    QString rightEnd(const Dialogue& cut, qint64 id, qint64 back) const
    {
        const auto decision = cut.server.decisions.find(id);
        if (decision != cut.server.decisions.end() && decision->saidAt <= back)
            return decision->kind;
        const qint64 dot = m_whole->server.dotAt.value(id, all);
        return cut.read >= dot ? QStringLiteral("uncertain") : QStringLiteral("back");
    }

    QList<Fate> m_fates;
    bool m_pipelining = false;
    std::optional<Dialogue> m_whole;
};

QTEST_GUILESS_MAIN(SmtpCutTest)
#include "SmtpCutTest.moc"
