// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/FieldCell.h"

#include <QEvent>
#include <QStyle>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int Spacing = 3;

int heightOf(const QWidget& line, int width)
{
    const int wanted = line.hasHeightForWidth() ? line.heightForWidth(width) : line.sizeHint().height();
    return std::clamp(wanted, line.minimumHeight(), line.maximumHeight());
}

int boundedWidth(const QWidget& line, int width)
{
    return std::clamp(width, line.minimumWidth(), line.maximumWidth());
}

} // namespace

void FieldCell::addLine(QWidget* line)
{
    line->setParent(this);
    m_lines << line;
    updateGeometry();
}

QSize FieldCell::sizeHint() const
{
    int width = 0;
    for (const QWidget* line : m_lines)
        width = std::max(width, boundedWidth(*line, line->sizeHint().width()));
    return {width, m_arranged ? minimumHeight() : heightFor(width)};
}

// Words are broken wherever they must be: a long address in them asks for no width.
QSize FieldCell::minimumSizeHint() const
{
    const QWidget* field = m_lines.value(0);
    return {field ? boundedWidth(*field, field->minimumSizeHint().width()) : 0, m_arranged ? minimumHeight() : 0};
}

int FieldCell::heightFor(int width) const
{
    int height = 0;
    for (const QWidget* line : m_lines)
        height += line->isHidden() ? 0 : heightOf(*line, width) + Spacing;
    return std::max(0, height - Spacing);
}

bool FieldCell::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize || event->type() == QEvent::Show)
        arrange();
    return done;
}

void FieldCell::arrange()
{
    int y = 0;
    for (QWidget* line : qAsConst(m_lines)) {
        if (line->isHidden())
            continue;
        const QSize size(boundedWidth(*line, width()), heightOf(*line, width()));
        line->setGeometry(QStyle::visualRect(layoutDirection(), QRect(0, y, width(), size.height()), QRect({0, y}, size)));
        y += size.height() + Spacing;
    }
    m_arranged = true;
    setFixedHeight(heightFor(width()));
}

} // namespace carillon::ui
