// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/LineChart.h"

#include "ui/widgets/NiceScale.h"
#include "ui/widgets/Words.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QVBoxLayout>

namespace carillon::ui {

struct LineChart::Drawn {
    QList<Line> lines;
    QList<QList<QPointF>> points;
    qint64 from = 0;
    qint64 to = 0;
    QList<QLineSeries*> series;
    QLineSeries* ceiling = nullptr; // of the fill: the first line, without a pen of its own
    QLineSeries* floor = nullptr;
    QAreaSeries* area = nullptr;
    QCategoryAxis* across = nullptr;
    QCategoryAxis* up = nullptr;
    QChart* chart = nullptr;
    QChartView* view = nullptr;
    QLabel* legend = nullptr;
};

namespace {

constexpr int LabelMargin = 32; // half a label, in pixels

QCategoryAxis* makeAxis(QObject* parent)
{
    auto* axis = new QCategoryAxis(parent);
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setStartValue(0);
    return axis;
}

void clearLabels(QCategoryAxis* axis)
{
    for (const QString& label : axis->categoriesLabels())
        axis->remove(label);
}

double valueAt(const QList<QPointF>& points, qint64 time)
{
    const auto after = std::lower_bound(points.begin(), points.end(), time,
                                        [](const QPointF& point, qint64 at) { return point.x() < at; });
    if (after == points.end())
        return points.isEmpty() ? 0 : points.last().y();
    return after->y();
}

} // namespace

LineChart::LineChart(const QList<Line>& lines, QWidget* parent)
    : QWidget(parent)
    , m_drawn(std::make_unique<Drawn>())
{
    Drawn& drawn = *m_drawn;
    drawn.lines = lines;
    drawn.points.resize(lines.size());
    drawn.chart = new QChart;
    drawn.chart->legend()->hide();
    drawn.chart->setMargins({0, 8, 0, 0}); // half of the topmost label stands above its line
    drawn.chart->layout()->setContentsMargins(0, 0, 0, 0);
    drawn.chart->setBackgroundVisible(false);
    drawn.across = makeAxis(drawn.chart);
    drawn.up = makeAxis(drawn.chart);
    drawn.across->setGridLineVisible(false);
    drawn.up->setLineVisible(false);
    drawn.chart->addAxis(drawn.across, Qt::AlignBottom);
    drawn.chart->addAxis(drawn.up, Qt::AlignLeft);
    drawn.floor = new QLineSeries(drawn.chart);
    for (qsizetype i = 0; i < lines.size(); ++i)
        drawn.series.append(new QLineSeries(drawn.chart));
    drawn.ceiling = new QLineSeries(drawn.chart);
    drawn.area = new QAreaSeries(drawn.ceiling, drawn.floor);
    QList<QAbstractSeries*> all{drawn.area};
    all.append(QList<QAbstractSeries*>(drawn.series.begin(), drawn.series.end()));
    for (QAbstractSeries* series : all) {
        drawn.chart->addSeries(series);
        series->attachAxis(drawn.across);
        series->attachAxis(drawn.up);
    }
    drawn.view = new QChartView(drawn.chart, this);
    drawn.view->setRenderHint(QPainter::Antialiasing);
    drawn.view->setFrameShape(QFrame::NoFrame);
    drawn.view->setBackgroundBrush(Qt::NoBrush);
    drawn.view->setStyleSheet(QStringLiteral("background: transparent"));
    drawn.view->setMouseTracking(true);
    drawn.view->viewport()->setMouseTracking(true);
    drawn.view->viewport()->installEventFilter(this);
    drawn.view->setFocusPolicy(Qt::NoFocus);
    drawn.legend = new QLabel(this);
    drawn.legend->setTextFormat(Qt::RichText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(drawn.legend);
    layout->addWidget(drawn.view, 1);
    setMinimumHeight(160);
    dress();
}

LineChart::~LineChart() = default;

void LineChart::setPoints(const QList<QList<QPointF>>& points, qint64 from, qint64 to)
{
    Drawn& drawn = *m_drawn;
    drawn.points = points;
    drawn.points.resize(drawn.lines.size());
    drawn.from = from;
    drawn.to = std::max(to, from + 1);
    for (qsizetype i = 0; i < drawn.series.size(); ++i)
        drawn.series.at(i)->replace(decimate(drawn.points.at(i), MaxPoints));
    if (!drawn.series.isEmpty())
        drawn.ceiling->replace(drawn.series.first()->points());
    drawn.floor->replace({QPointF(static_cast<double>(from), 0), QPointF(static_cast<double>(drawn.to), 0)});
    showAxes();
    showLegend(0);
}

QList<QPointF> LineChart::decimate(const QList<QPointF>& points, int atMost)
{
    if (points.size() <= atMost || atMost < 2)
        return points;
    const qsizetype stretches = atMost / 2;
    QList<QPointF> few;
    few.reserve(atMost);
    for (qsizetype i = 0; i < stretches; ++i) {
        const auto first = points.begin() + i * points.size() / stretches;
        const auto last = points.begin() + (i + 1) * points.size() / stretches;
        const auto [low, high]
            = std::minmax_element(first, last, [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        few.append(std::min(low, high) == low ? *low : *high);
        if (low != high)
            few.append(low < high ? *high : *low);
    }
    return few;
}

void LineChart::showAxes()
{
    Drawn& drawn = *m_drawn;
    double greatest = 0;
    for (const QList<QPointF>& line : drawn.points) {
        for (const QPointF& point : line)
            greatest = std::max(greatest, point.y());
    }
    const NiceScale scale = NiceScale::upTo(greatest, height() < 220 ? 3 : 5);
    clearLabels(drawn.up);
    drawn.up->setRange(0, scale.top);
    for (double value = 0; value <= scale.top + scale.step / 2; value += scale.step)
        drawn.up->append(countText(qRound64(value)), value);
    clearLabels(drawn.across);
    drawn.across->setRange(static_cast<double>(drawn.from), static_cast<double>(drawn.to));
    // A label centred too near an end would be cut.
    const qint64 margin = (drawn.to - drawn.from) * LabelMargin / std::max(width(), LabelMargin);
    for (const auto& [time, label] : timeMarks(drawn.from, drawn.to, std::clamp(width() / 90, 2, 10))) {
        if (time >= drawn.from + margin && time <= drawn.to - margin)
            drawn.across->append(label, static_cast<double>(time));
    }
}

void LineChart::showLegend(qint64 at)
{
    const Drawn& drawn = *m_drawn;
    QStringList words;
    for (qsizetype i = 0; i < drawn.lines.size(); ++i) {
        const double value = valueAt(drawn.points.at(i), at > 0 ? at : drawn.to);
        words.append(u"<span style='color:%1'>\u25cf</span>&nbsp;%2&nbsp;<b>%3</b>"_qs.arg(
            toneColour(palette(), drawn.lines.at(i).tone).name(), drawn.lines.at(i).name.toHtmlEscaped(), rateText(value)));
    }
    QString text = words.join(QStringLiteral("&nbsp;&nbsp;&nbsp; "));
    if (at > 0)
        text += u"&nbsp;&nbsp;&nbsp; <span style='color:%1'>%2</span>"_qs.arg(themeColours(palette()).muted.name(),
                                                                              timeText(at));
    drawn.legend->setText(text);
}

void LineChart::dress()
{
    const ThemeColours& colours = themeColours(palette());
    for (QCategoryAxis* axis : {m_drawn->across, m_drawn->up}) {
        axis->setLabelsBrush(colours.muted);
        axis->setLabelsFont(font());
        axis->setGridLinePen(QPen(colours.grid, 1));
        axis->setLinePen(QPen(colours.border, 1));
    }
    for (qsizetype i = 0; i < m_drawn->series.size(); ++i)
        m_drawn->series.at(i)->setPen(QPen(toneColour(palette(), m_drawn->lines.at(i).tone), 1.6));
    if (!m_drawn->lines.isEmpty()) {
        QColor fill = toneColour(palette(), m_drawn->lines.first().tone);
        fill.setAlphaF(0.12F);
        m_drawn->area->setPen(Qt::NoPen);
        m_drawn->area->setBrush(fill);
    }
    showLegend(0);
}

void LineChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        dress();
}

bool LineChart::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
        const double time = m_drawn->chart->mapToValue(m_drawn->view->mapToScene(at), m_drawn->area).x();
        showLegend(std::clamp(static_cast<qint64>(time), m_drawn->from, m_drawn->to));
    } else if (event->type() == QEvent::Leave) {
        showLegend(0);
    }
    return QWidget::eventFilter(watched, event);
}

void LineChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showAxes();
}

} // namespace carillon::ui
