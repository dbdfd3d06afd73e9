// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/TokenBucket.h"
#include "engine/base/Random.h"

#include <QList>
#include <QTest>

#include <cmath>
#include <limits>

using namespace carillon;

class TokenBucketTest : public QObject {
    Q_OBJECT

private:
    struct Taken {
        qint64 at = 0;
        int count = 0;
    };

    // In every span that begins and ends with a take: no more than the rate and one burst.
    static bool holds(const QList<Taken>& taken, double perSecond, int burst)
    {
        for (qsizetype first = 0; first < taken.size(); ++first) {
            qint64 sum = 0;
            for (qsizetype last = first; last < taken.size(); ++last) {
                sum += taken.at(last).count;
                const double allowed = perSecond * double(taken.at(last).at - taken.at(first).at) / 1'000 + burst;
                if (double(sum) > allowed * (1 + 1e-12))
                    return false;
            }
        }
        return true;
    }

private Q_SLOTS:
    void withoutALimitThereIsAlwaysMore()
    {
        TokenBucket bucket;
        QVERIFY(!bucket.isLimited());
        QCOMPARE(bucket.available(5), std::numeric_limits<int>::max());
        bucket.take(1'000'000, 5);
        QCOMPARE(bucket.nextAt(5), 5);
    }

    void beginsFullAndFillsAtItsRate()
    {
        TokenBucket bucket(10, 3, 1'000);
        QCOMPARE(bucket.available(1'000), 3);
        bucket.take(3, 1'000);
        QCOMPARE(bucket.available(1'000), 0);
        QCOMPARE(bucket.nextAt(1'000), 1'100);
        QCOMPARE(bucket.available(1'099), 0);
        QCOMPARE(bucket.available(1'100), 1);
        QCOMPARE(bucket.available(1'000'000), 3);
    }

    void burstIsOneSecondsWorthAndAtLeastOne()
    {
        QCOMPARE(TokenBucket(14.7, 0, 0).available(0), 14);
        QCOMPARE(TokenBucket(0.2, 0, 0).available(0), 1);
    }

    void aSlowRateIsExact()
    {
        TokenBucket bucket(0.2, 0, 0);
        bucket.take(1, 0);
        QCOMPARE(bucket.nextAt(0), 5'000);
        QCOMPARE(bucket.nextAt(4'999), 5'000);
        QCOMPARE(bucket.available(4'999), 0);
        QCOMPARE(bucket.available(5'000), 1);
    }

    void rareAndFastRatesDoNotOverflow()
    {
        constexpr qint64 year = 365LL * 86'400'000;
        TokenBucket rare(1e-9, 0, 0);
        rare.take(1, 0);
        QCOMPARE(rare.available(10 * year), 0);
        TokenBucket fast(1e12, 0, 0); // as the fastest there is
        QCOMPARE(fast.perSecond(), 1'000'000.0);
        fast.take(1'000'000, 0);
        QCOMPARE(fast.available(1), 1'000);
        QCOMPARE(fast.available(100 * year), 1'000'000);
    }

    void timeThatGoesBackGivesNothing()
    {
        TokenBucket bucket(1, 1, 10'000);
        bucket.take(1, 10'000);
        QCOMPARE(bucket.available(5'000), 0);
        QCOMPARE(bucket.nextAt(5'000), 11'000);
    }

    void whatIsGivenBackIsThereAgain()
    {
        TokenBucket bucket(1, 2, 0);
        bucket.take(2, 0);
        bucket.giveBack(1, 0);
        QCOMPARE(bucket.available(0), 1);
        bucket.giveBack(100, 0);
        QCOMPARE(bucket.available(0), 2);
    }

    void anotherRateKeepsWhatIsThere()
    {
        TokenBucket bucket(10, 10, 0);
        bucket.take(4, 0);
        bucket.setRate(5, 8, 0);
        QCOMPARE(bucket.available(0), 6);
        bucket.setRate(2, 2, 0);
        QCOMPARE(bucket.available(0), 2);
        bucket.setRate(0, 0, 0);
        QVERIFY(!bucket.isLimited());
        bucket.setRate(2, 2, 50); // nobody knows what went while there was no limit
        QCOMPARE(bucket.available(50), 0);
        QCOMPARE(bucket.nextAt(50), 550);
    }

    void neverGivesMoreThanItsRate_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 60; ++seed)
            QTest::addRow("seed %d", int(seed)) << seed;
    }
    void neverGivesMoreThanItsRate()
    {
        QFETCH(quint64, seed);
        SeededRandom random(seed);
        const double perSecond = double(1 + random.below(1'000'000)) / double(1 + random.below(10'000));
        const int burst = int(random.below(20));
        const int capacity = burst > 0 ? burst : qMax(1, int(std::floor(perSecond)));
        qint64 now = qint64(random.below(1'000'000));
        TokenBucket bucket(perSecond, burst, now);
        QList<Taken> taken;
        for (int step = 0; step < 400; ++step) {
            const int available = bucket.available(now);
            QVERIFY(available >= 0 && available <= capacity);
            const qint64 next = bucket.nextAt(now);
            if (available > 0) {
                QCOMPARE(next, now);
                const int count = 1 + int(random.below(quint64(available)));
                bucket.take(count, now);
                taken << Taken{now, count};
            } else {
                // The very moment: not one millisecond earlier.
                QVERIFY(next > now);
                QVERIFY(bucket.available(next) >= 1);
                QCOMPARE(bucket.available(next - 1), 0);
            }
            now = random.below(3) == 0 ? bucket.nextAt(now) : now + qint64(random.below(quint64(3'000 / perSecond) + 2));
        }
        QVERIFY(taken.size() > 50);
        QVERIFY(holds(taken, perSecond, capacity));
    }

    void givesAllOfItsRateToWhoComesAtTheMoment()
    {
        for (const double perSecond : {0.3, 1.0, 7.0, 14.0, 333.0}) {
            TokenBucket bucket(perSecond, 1, 0);
            qint64 now = 0;
            int count = 0;
            while ((now = bucket.nextAt(now)) < 1'000'000) {
                bucket.take(1, now);
                ++count;
            }
            // A burst of one keeps no part of a token over, and a clock has whole milliseconds.
            QVERIFY2(count >= int(1'000'000 / std::ceil(1'000 / perSecond)), qPrintable(QString::number(perSecond)));
        }
    }
};

QTEST_GUILESS_MAIN(TokenBucketTest)
#include "TokenBucketTest.moc"
