// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/LineChart.h"
#include "ui/widgets/NiceScale.h"

#include <QDateTime>
#include <QTest>

using namespace carillon::ui;

class ChartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksAreRoundNumbersThatHoldTheGreatestValue_data()
    {
        QTest::addColumn<double>("greatest");
        QTest::addColumn<double>("top");
        QTest::addColumn<double>("step");
        QTest::newRow("nothing") << 0.0 << 1.0 << 1.0;
        QTest::newRow("less than one") << 0.3 << 1.0 << 1.0;
        QTest::newRow("one") << 1.0 << 1.0 << 1.0;
        QTest::newRow("seven") << 7.0 << 8.0 << 2.0;
        QTest::newRow("exact") << 10.0 << 10.0 << 2.0;
        QTest::newRow("odd") << 499.0 << 500.0 << 100.0;
        QTest::newRow("just above") << 501.0 << 600.0 << 200.0;
        QTest::newRow("large") << 18'250.0 << 20'000.0 << 5'000.0;
    }

    void marksAreRoundNumbersThatHoldTheGreatestValue()
    {
        QFETCH(double, greatest);
        const NiceScale scale = NiceScale::upTo(greatest);
        QTEST(scale.top, "top");
        QTEST(scale.step, "step");
    }

    void timeMarksAreRoundAndFew()
    {
        const qint64 from = QDateTime(QDate(2026, 3, 4), QTime(10, 0, 7)).toMSecsSinceEpoch();
        const auto marks = timeMarks(from, from + 60'000, 6);
        QCOMPARE(marks.first().second, QStringLiteral("10:00:10"));
        QCOMPARE(marks.last().second, QStringLiteral("10:01:00"));
        QVERIFY(marks.size() <= 7);
        QCOMPARE(timeMarks(from, from + 24LL * 3'600'000, 8).first().second, QStringLiteral("12:00"));
    }

    void decimationKeepsPeaksAndOrder()
    {
        QList<QPointF> points;
        for (int i = 0; i < 50'000; ++i)
            points.append({static_cast<double>(i), i == 31'337 ? 900.0 : i == 40'000 ? -5.0 : 10.0});
        const QList<QPointF> few = LineChart::decimate(points, LineChart::MaxPoints);
        QVERIFY(few.size() <= LineChart::MaxPoints);
        QVERIFY(few.contains(QPointF(31'337, 900)));
        QVERIFY(few.contains(QPointF(40'000, -5)));
        QVERIFY(std::is_sorted(few.begin(), few.end(), [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); }));
        QCOMPARE(LineChart::decimate(few, LineChart::MaxPoints), few);
    }
};

QTEST_MAIN(ChartTest)
#include "ChartTest.moc"
