// SPDX-License-Identifier: GPL-3.0-or-later
// What is learned of a platform: the rate it bears, and what each destination does.
#include "engine/base/Random.h"
#include "engine/dispatch/AdaptiveRate.h"
#include "engine/dispatch/DestinationLimits.h"
#include "engine/dispatch/RateMeter.h"

#include <QTest>

using namespace carillon;

class LimitsTest : public QObject {
    Q_OBJECT

private:
    const QString m_gmail = QStringLiteral("gmail.com");
    const QString m_other = QStringLiteral("example.org");

    static AccountLimits perDestination(double perSecond, int burst = 0, int inFlight = 0)
    {
        AccountLimits limits;
        limits.destinationPerSecond = perSecond;
        limits.destinationBurst = burst;
        limits.destinationInFlight = inFlight;
        return limits;
    }

private Q_SLOTS:
    void aMeterKnowsTheLastTenSlots()
    {
        RateMeter meter(1'000);
        QCOMPARE(meter.perSecond(5'000), 0.0);
        meter.add(100, 5'000);
        QCOMPARE(meter.perSecond(5'500), 100.0); // over the one second that it has been at work
        meter.add(100, 6'000);
        QCOMPARE(meter.perSecond(6'500), 100.0);
        QCOMPARE(meter.count(14'999), 200);
        QCOMPARE(meter.count(15'000), 100);
        QCOMPARE(meter.count(1'000'000), 0);
    }

    void aComplaintHalvesOnce()
    {
        AdaptiveRate rate(100);
        QVERIFY(rate.complain(10'000, 100, 12'000));
        QCOMPARE(rate.perSecond(), 50.0);
        QVERIFY(!rate.complain(10'001, 100, 12'000)); // what was on the way still
        QVERIFY(!rate.complain(11'999, 100, 12'000));
        QCOMPARE(rate.perSecond(), 50.0);
        QVERIFY(rate.complain(12'000, 50, 12'000));
        QCOMPARE(rate.perSecond(), 25.0);
    }

    void whatWasUsedCountsNotWhatWasAllowed()
    {
        AdaptiveRate rate(1'000);
        rate.complain(0, 20, 0);
        QCOMPARE(rate.perSecond(), 10.0);
    }

    void successBringsTheLimitBack()
    {
        AdaptiveRate rate(60);
        rate.complain(0, 60, 0);
        QVERIFY(rate.isSlowed());
        int successes = 0;
        for (; rate.isSlowed() && successes < 100'000; ++successes)
            QVERIFY(rate.succeed(1));
        QCOMPARE(rate.perSecond(), 60.0);
        QVERIFY(successes > 60); // not at once
        QVERIFY(!rate.succeed(1));
        QCOMPARE(rate.perSecond(), 60.0); // nor beyond what is set
    }

    void withoutALimitTheFirstComplaintTeachesOne()
    {
        AdaptiveRate rate;
        QCOMPARE(rate.perSecond(), 0.0);
        QVERIFY(!rate.succeed(100));
        rate.complain(0, 80, 0);
        QCOMPARE(rate.perSecond(), 40.0);
        double before = rate.perSecond();
        for (int i = 0; i < 100'000 && rate.isSlowed(); ++i) {
            QVERIFY(rate.perSecond() >= before);
            before = rate.perSecond();
            rate.succeed(1);
        }
        QVERIFY(before > 150);
        QCOMPARE(rate.perSecond(), 0.0); // forgotten
    }

    void staysWithinItsBoundsWhateverHappens()
    {
        SeededRandom random(7);
        for (const double limit : {0.0, 0.01, 1.0, 500.0}) {
            AdaptiveRate rate(limit);
            qint64 now = 0;
            for (int i = 0; i < 5'000; ++i) {
                now += qint64(random.below(3'000));
                if (random.below(3) == 0)
                    rate.complain(now, double(random.below(1'000)), now + qint64(random.below(5'000)));
                else
                    rate.succeed(int(random.below(50)));
                QVERIFY(limit == 0 ? rate.perSecond() == 0 || rate.perSecond() >= AdaptiveRate::Least
                                   : rate.perSecond() <= limit && rate.perSecond() >= qMin(limit, AdaptiveRate::Least));
            }
        }
    }

    void anotherLimitKeepsWhatWasLearned()
    {
        AdaptiveRate rate(100);
        rate.complain(0, 100, 0);
        rate.setLimit(80);
        QCOMPARE(rate.perSecond(), 50.0);
        rate.setLimit(20);
        QCOMPARE(rate.perSecond(), 20.0);
        QVERIFY(!rate.isSlowed());
        rate.setLimit(30);
        QCOMPARE(rate.perSecond(), 30.0);
    }

    void destinationsWaitForThemselvesAlone()
    {
        DestinationLimits limits;
        limits.setLimits(perDestination(1), 0);
        QCOMPARE(limits.nextAt(m_gmail, 0), 0);
        limits.take(m_gmail, 0);
        QCOMPARE(limits.nextAt(m_gmail, 0), 1'000);
        QCOMPARE(limits.nextAt(m_other, 0), 0);
        QCOMPARE(limits.nextAt(m_gmail, 1'000), 1'000);
    }

    void tooManyInFlightWaitForAnAnswer()
    {
        DestinationLimits limits;
        limits.setLimits(perDestination(0, 0, 2), 0);
        limits.take(m_gmail, 0);
        limits.take(m_gmail, 0);
        QCOMPARE(limits.nextAt(m_gmail, 0), DestinationLimits::WithAnswer);
        limits.answered(m_gmail, true, 10);
        QCOMPARE(limits.nextAt(m_gmail, 10), 10);
        limits.take(m_gmail, 10);
        limits.giveBack(m_gmail, 10);
        QCOMPARE(limits.nextAt(m_gmail, 10), 10);
    }

    void aComplaintStopsThenSlows()
    {
        DestinationLimits limits;
        limits.setLimits({}, 0);
        for (int i = 0; i < 100; ++i)
            limits.take(m_gmail, 500);
        limits.complained(m_gmail, 60'000, 900);
        QCOMPARE(limits.slowCount(900), 1);
        QCOMPARE(limits.nextAt(m_gmail, 900), 60'900);
        QCOMPARE(limits.nextAt(m_other, 900), 900);
        QCOMPARE(limits.expectedPerSecond(m_gmail, 900), 50.0);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(limits.nextAt(m_gmail, 60'900), 60'900);
            limits.take(m_gmail, 60'900);
        }
        QCOMPARE(limits.nextAt(m_gmail, 60'900), 60'920); // a small burst to one that complained
    }

    void onesOwnRateIsObeyedWithoutAdapting()
    {
        AccountLimits fixed = perDestination(10, 1);
        fixed.adapt = false;
        DestinationLimits limits;
        limits.setLimits(fixed, 0);
        limits.take(m_gmail, 0);
        limits.complained(m_gmail, 5'000, 0);
        QCOMPARE(limits.nextAt(m_gmail, 0), 5'000); // what it asked for
        QCOMPARE(limits.expectedPerSecond(m_gmail, 0), 10.0); // and no more
    }

    void remembersABoundedNumber()
    {
        DestinationLimits limits(3);
        limits.setLimits(perDestination(0.001), 0);
        for (int i = 0; i < 100; ++i) {
            const QString destination = QString::number(i);
            limits.take(destination, i);
            limits.answered(destination, true, i);
        }
        QCOMPARE(limits.remembered(), 3);
        QVERIFY(limits.nextAt(QStringLiteral("99"), 100) > 100);
        QCOMPARE(limits.nextAt(QStringLiteral("0"), 100), 100); // forgotten: begins anew
    }

    void whatIsInFlightIsNotForgotten()
    {
        DestinationLimits limits(2);
        limits.setLimits(perDestination(0, 0, 1), 0);
        for (int i = 0; i < 10; ++i)
            limits.take(QString::number(i), 0);
        QCOMPARE(limits.remembered(), 10);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(limits.nextAt(QString::number(i), 0), DestinationLimits::WithAnswer);
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "LimitsTest.moc"
