// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/StackedBar.h"

#include "ui/widgets/Words.h"

#include <QPainter>
#include <QPainterPath>

#include <numeric>

namespace carillon::ui {

namespace {

constexpr int BarHeight = 10;
constexpr int LegendGap = 18;

QString legendText(const StackedBar::Part& part)
{
    return u"%1 %2"_qs.arg(part.name, countText(part.count));
}

} // namespace

StackedBar::StackedBar(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void StackedBar::setParts(const QList<Part>& parts)
{
    QList<Part> some;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(some), [](const Part& part) { return part.count > 0; });
    if (some == m_parts)
        return;
    m_parts = some;
    QStringList words;
    for (const Part& part : m_parts)
        words.append(legendText(part));
    setAccessibleName(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize StackedBar::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 320))};
}

int StackedBar::heightForWidth(int width) const
{
    const QList<QRect> places = legendPlaces(width);
    return places.isEmpty() ? BarHeight : places.last().bottom() + 1;
}

QList<QRect> StackedBar::legendPlaces(int width) const
{
    QList<QRect> places;
    const int line = fontMetrics().height() + 4;
    QPoint at(0, BarHeight + 8);
    for (const Part& part : m_parts) {
        const int needed = 14 + fontMetrics().horizontalAdvance(legendText(part));
        if (at.x() > 0 && at.x() + needed > width)
            at = {0, at.y() + line};
        places.append(QRect(at, QSize(needed, line)));
        at.rx() += needed + LegendGap;
    }
    return places;
}

// What waits or was given up is pale; of neighbours with one tone the second is lighter.
QColor StackedBar::partColour(qsizetype index) const
{
    const Part& part = m_parts.at(index);
    QColor colour = toneColour(palette(), part.tone);
    if (part.tone == Tone::Neutral)
        colour.setAlphaF(0.35F);
    else if (index > 0 && m_parts.at(index - 1).tone == part.tone)
        colour.setAlphaF(0.6F);
    return colour;
}

void StackedBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColours& colours = themeColours(palette());
    QPainterPath shape;
    shape.addRoundedRect(QRectF(0, 0, width(), BarHeight), BarHeight / 2.0, BarHeight / 2.0);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(0, 0, width(), BarHeight, colours.border);
    const qint64 total = std::accumulate(m_parts.begin(), m_parts.end(), qint64(0),
                                         [](qint64 sum, const Part& part) { return sum + part.count; });
    double x = 0;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const Part& part = m_parts.at(i);
        const double wide = static_cast<double>(width()) * static_cast<double>(part.count) / static_cast<double>(total);
        painter.fillRect(QRectF(x, 0, std::max(wide, 2.0), BarHeight), partColour(i));
        x += wide;
        painter.fillRect(QRectF(x - 1, 0, 1, BarHeight), colours.surface); // parts of one tone stay apart
    }
    painter.restore();
    const QList<QRect> places = legendPlaces(width());
    for (qsizetype i = 0; i < places.size(); ++i) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(partColour(i));
        painter.drawEllipse(QRectF(places.at(i).left(), places.at(i).center().y() - 3.5, 8, 8));
        painter.setPen(colours.text);
        painter.drawText(places.at(i).adjusted(14, 0, 2, 0), Qt::AlignVCenter, legendText(m_parts.at(i)));
    }
}

} // namespace carillon::ui
