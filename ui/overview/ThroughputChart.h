// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/OverviewService.h"

#include <QFrame>

class QButtonGroup;

namespace carillon {
class Clock;
}

namespace carillon::ui {

class LineChart;

// Sent, failed and put off per second, over the last minute, five minutes, hour or day.
class ThroughputChart : public QFrame {
    Q_OBJECT

public:
    // A stretch of time that can be chosen, and the buckets in which it is counted.
    struct Range {
        const char* title;
        qint64 spanMs;
        qint64 bucketMs;
    };
    static const QList<Range>& ranges();

    ThroughputChart(const OverviewService& overview, const Clock& clock, QWidget* parent = nullptr);

    // Asks again; while an answer is on its way this does nothing.
    void refresh();
    // How often a refresh shows anything new, in milliseconds.
    int refreshMs() const;

Q_SIGNALS:
    void rangeChanged();
    void problem(const carillon::Error& error);

private:
    void take(const QList<ThroughputPoint>& points, const Range& range, qint64 to);

    const OverviewService& m_overview;
    const Clock& m_clock;
    LineChart* m_chart;
    QButtonGroup* m_ranges;
    bool m_asked = false;
    bool m_again = false;
};

} // namespace carillon::ui
