// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ManualClock.h"

#include <QTest>

using namespace carillon;

class ClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void callsInOrderOfDueTimeAtTheirOwnTime()
    {
        ManualClock clock(1'000);
        QObject context;
        QList<qint64> seen;
        clock.after(20, &context, [&] { seen << clock.now(); });
        clock.after(10, &context, [&] { seen << clock.now(); });
        clock.advance(15);
        QCOMPARE(seen, QList<qint64>{1'010});
        clock.advance(5);
        QCOMPARE(seen, (QList<qint64>{1'010, 1'020}));
        QCOMPARE(clock.untilNext(), -1);
    }

    void forgetsCallsOfDeadContexts()
    {
        ManualClock clock(0);
        bool called = false;
        {
            QObject context;
            clock.after(1, &context, [&] { called = true; });
        }
        clock.advance(10);
        QVERIFY(!called);
    }

    void aJumpOfWallTimeWakesNobody()
    {
        ManualClock clock(0);
        QObject context;
        bool called = false;
        clock.after(100, &context, [&] { called = true; });
        clock.jump(1'000'000);
        QVERIFY(!called);
        QCOMPARE(clock.steady(), 0);
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "ClockTest.moc"
