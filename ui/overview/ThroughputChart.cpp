// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/ThroughputChart.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "ui/widgets/LineChart.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace carillon::ui {

const QList<ThroughputChart::Range>& ThroughputChart::ranges()
{
    constexpr qint64 Second = 1'000;
    constexpr qint64 Minute = 60 * Second;
    static const QList<Range> all{{QT_TR_NOOP("1 min"), Minute, Second},
                                  {QT_TR_NOOP("5 min"), 5 * Minute, Second},
                                  {QT_TR_NOOP("1 h"), 60 * Minute, 10 * Second},
                                  {QT_TR_NOOP("24 h"), 24 * 60 * Minute, Minute}};
    return all;
}

ThroughputChart::ThroughputChart(const OverviewService& overview, const Clock& clock, QWidget* parent)
    : QFrame(parent)
    , m_overview(overview)
    , m_clock(clock)
    , m_chart(new LineChart({{tr("Sent"), Tone::Info}, {tr("Failed"), Tone::Bad}, {tr("Retried"), Tone::Warning}}, this))
    , m_ranges(new QButtonGroup(this))
{
    setRole(this, "card");
    m_chart->setObjectName(QStringLiteral("throughputChart"));
    m_chart->setAccessibleName(tr("Deliveries sent, failed and retried per second"));
    auto* heading = new QLabel(tr("Deliveries per second"), this);
    setRole(heading, "heading");
    auto* head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(heading, 1);
    for (qsizetype i = 0; i < ranges().size(); ++i) {
        auto* button = new QPushButton(tr(ranges().at(i).title), this);
        button->setObjectName(u"range%1"_qs.arg(i));
        button->setAccessibleName(tr("Show the last %1").arg(button->text()));
        button->setCheckable(true);
        button->setChecked(i == 0);
        setRole(button, "quiet");
        m_ranges->addButton(button, static_cast<int>(i));
        head->addWidget(button);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(Theme::SmallSpace);
    layout->addLayout(head);
    layout->addWidget(m_chart, 1);
    connect(m_ranges, &QButtonGroup::idClicked, this, [this] {
        refresh();
        Q_EMIT rangeChanged();
    });
}

int ThroughputChart::refreshMs() const
{
    return static_cast<int>(ranges().at(m_ranges->checkedId()).bucketMs);
}

void ThroughputChart::refresh()
{
    if (m_asked) {
        m_again = true;
        return;
    }
    m_asked = true;
    const Range range = ranges().at(m_ranges->checkedId());
    // The bucket of this moment is not full yet: its rate would look like a drop.
    const qint64 to = m_clock.now() / range.bucketMs * range.bucketMs;
    const auto future = m_overview.throughput(to - range.spanMs, to, range.bucketMs);
    whenReady(future, this, [this, range, to](const Result<QList<ThroughputPoint>>& points) {
        m_asked = false;
        if (points)
            take(*points, range, to);
        else
            Q_EMIT problem(points.error());
        if (std::exchange(m_again, false))
            refresh();
    });
}

void ThroughputChart::take(const QList<ThroughputPoint>& points, const Range& range, qint64 to)
{
    if (range.spanMs != ranges().at(m_ranges->checkedId()).spanMs)
        return;
    QList<QList<QPointF>> lines(3);
    const double perSecond = 1'000.0 / static_cast<double>(range.bucketMs);
    for (const ThroughputPoint& point : points) {
        const auto time = static_cast<double>(point.time);
        lines[0].append({time, static_cast<double>(point.sent) * perSecond});
        lines[1].append({time, static_cast<double>(point.failed) * perSecond});
        lines[2].append({time, static_cast<double>(point.retried) * perSecond});
    }
    m_chart->setPoints(lines, to - range.spanMs, to - range.bucketMs);
}

} // namespace carillon::ui
