// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QPointF>
#include <QWidget>

#include <memory>

namespace carillon::ui {

// Lines over time, each from zero up: the first is filled, the others are lines. At most MaxPoints points of each are drawn
// (the greatest and the least of each stretch, so that no peak is lost). Marks are at round values and round local times,
// and the values under the mouse are shown in a line above the chart.
class LineChart : public QWidget {
    Q_OBJECT

public:
    static constexpr int MaxPoints = 1'000;

    struct Line {
        QString name;
        Tone tone = Tone::Info;
    };

    // At least one line.
    explicit LineChart(const QList<Line>& lines, QWidget* parent = nullptr);
    ~LineChart() override;

    // One list of points (UTC milliseconds, value) for each line, oldest first, and the stretch of time to show.
    void setPoints(const QList<QList<QPointF>>& points, qint64 from, qint64 to);

    // The greatest and the least of each stretch of `points`, in order: `atMost` points in all.
    static QList<QPointF> decimate(const QList<QPointF>& points, int atMost);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Drawn;

    void dress();
    void showAxes();
    void showLegend(qint64 at); // 0: the newest values

    std::unique_ptr<Drawn> m_drawn;
};

} // namespace carillon::ui
