// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "tests/unit/provider/SmtpWire.h"

#include <QTest>

#include <algorithm>

using namespace carillon;

// The session against servers that cut their words anywhere, or say anything at all.
class SmtpAnyReplyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A conversation with everything in it, cut at every octet: the session must say and decide the same.

    void oneOctetAtATimeIsTheSame()
    {
        const QByteArrayList turns{"220 hello\r\n",
                                   "250-host\r\n250-PIPELINING\r\n250 SIZE 1000\r\n",
                                   accepted,
                                   "250 ok\r\n250 ok\r\n550 5.1.1 no\r\n354 go\r\n",
                                   "554 none\r\n" + accepted,
                                   "451-4.3.0 try\r\n451 4.3.0 later\r\n" + accepted,
                                   "250 2.0.0 queued as Z\r\n"};
        const auto converse = [&](qsizetype step) {
            Wire wire(plainSettings());
            QByteArray said;
            qint64 next = 1;
            for (const QByteArray& turn : turns) {
                for (qsizetype at = 0; at < turn.size(); at += step) {
                    said += wire.say(turn.mid(at, step));
                    while (wire.session.wantsJob() && next <= 4)
                        said += wire.submit(job(next++));
                }
            }
            return std::pair(said, wire.told());
        };
        const auto slow = converse(1);
        QCOMPARE(slow.second, QStringLiteral("1:sent 2:refused 3:retry 4:sent"));
        for (const qsizetype step : {qsizetype(2), qsizetype(7), qsizetype(1'000)})
            QCOMPARE(converse(step), slow);
    }

    // Whatever a server says: no crash, and each message comes back exactly once, as an outcome or unsent.

    void everyMessageComesBackOnceWhateverTheServerSays()
    {
        SeededRandom random(5);
        const QByteArrayList scraps{"220 hi\r\n",
                                    "250 ok\r\n",
                                    "250 ok\r\n",
                                    "250-host\r\n250 PIPELINING\r\n",
                                    "354 go\r\n",
                                    "354 go\r\n",
                                    "550 5.1.1 no\r\n",
                                    "450 4.2.1 slow\r\n",
                                    "555 5.5.4 SIZE\r\n",
                                    "421 bye\r\n",
                                    "334 abc\r\n",
                                    "235 in\r\n",
                                    "250-",
                                    "\r\n",
                                    QByteArray("\0\xff", 2),
                                    "999 x\r\n",
                                    "2"};
        int sent = 0;
        for (int round = 0; round < 20'000; ++round) {
            Wire wire(plainSettings());
            if (random.below(2) > 0)
                wire.login("250-host\r\n250-SIZE 1000\r\n250 PIPELINING\r\n");
            int given = 0;
            for (int turn = 0; turn < 20; ++turn) {
                wire.say(scraps[qsizetype(random.below(turn < 12 ? 6 : quint64(scraps.size())))]);
                if (wire.session.wantsJob())
                    wire.submit(job(++given));
            }
            wire.session.lost(smtpLost(QStringLiteral("gone")), qint64(random.below(40)));
            wire.say("250 too late\r\n");
            QList<qint64> all = wire.back;
            for (const Outcome& outcome : wire.outcomes) {
                all += outcome.deliveryId;
                sent += outcome.kind == OutcomeKind::Sent;
            }
            std::sort(all.begin(), all.end());
            QList<qint64> expected;
            for (int id = 1; id <= given; ++id)
                expected += id;
            QCOMPARE(all, expected);
        }
        QVERIFY2(sent > 300, qPrintable(QString::number(sent))); // or the scraps test nothing
    }
};

QTEST_GUILESS_MAIN(SmtpAnyReplyTest)
#include "SmtpAnyReplyTest.moc"
