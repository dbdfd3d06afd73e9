// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Breaker.h"
#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

class BreakerTest : public QObject {
    Q_OBJECT

private:
    SeededRandom m_random{3};

private Q_SLOTS:
    void opensAfterThreeInARow()
    {
        Breaker breaker(m_random);
        breaker.down(0, 0);
        breaker.down(1, 0);
        breaker.answered();
        breaker.down(2, 0);
        breaker.down(3, 0);
        QVERIFY(breaker.isClosed());
        breaker.down(4, 0);
        QCOMPARE(breaker.state(), Breaker::State::Open);
        QCOMPARE(breaker.openSince(), 4);
        QVERIFY(!breaker.mayProbe(breaker.retryAt() - 1));
        QVERIFY(breaker.mayProbe(breaker.retryAt()));
    }

    void opensWhenHalfOfThemFail()
    {
        Breaker breaker(m_random);
        for (int i = 0; i < 40 && breaker.isClosed(); ++i) {
            breaker.answered();
            breaker.down(i, 0);
        }
        QCOMPARE(breaker.state(), Breaker::State::Open);
        Breaker lossy(m_random);
        for (int i = 0; i < 19; ++i)
            lossy.lost(i);
        QVERIFY(lossy.isClosed());
        lossy.lost(19);
        QVERIFY(!lossy.isClosed());
    }

    void obeysALongWaitAtOnce()
    {
        Breaker breaker(m_random);
        breaker.down(100, 900'000);
        QCOMPARE(breaker.state(), Breaker::State::Open);
        QCOMPARE(breaker.retryAt(), 900'100);
    }

    void anAnswerToTheProbeClosesIt()
    {
        Breaker breaker(m_random);
        for (int i = 0; i < 3; ++i)
            breaker.down(0, 0);
        breaker.beginProbe();
        QCOMPARE(breaker.state(), Breaker::State::HalfOpen);
        QVERIFY(!breaker.mayProbe(1'000'000));
        breaker.cancelProbe();
        QVERIFY(breaker.mayProbe(1'000'000));
        breaker.beginProbe();
        breaker.answered();
        QVERIFY(breaker.isClosed());
        QCOMPARE(breaker.openSince(), -1);
    }

    void waitsGrowAreScatteredAndBounded()
    {
        QSet<qint64> firstWaits;
        for (int run = 0; run < 50; ++run) {
            Breaker breaker(m_random);
            qint64 now = 0;
            for (int i = 0; i < 3; ++i)
                breaker.down(now, 0);
            firstWaits << breaker.retryAt();
            for (int probe = 0; probe < 20; ++probe) {
                const qint64 wait = breaker.retryAt() - now;
                QVERIFY(wait >= Breaker::FirstWaitMs && wait <= Breaker::LongestWaitMs);
                if (probe > 6)
                    QVERIFY(wait > Breaker::LongestWaitMs / 2);
                now = breaker.retryAt();
                breaker.beginProbe();
                breaker.down(now, 0);
                QCOMPARE(breaker.openSince(), 0); // still the same outage
            }
        }
        QVERIFY(firstWaits.size() > 40);
    }
};

QTEST_GUILESS_MAIN(BreakerTest)
#include "BreakerTest.moc"
