// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/StateBadge.h"

#include <QApplication>
#include <QPainter>

namespace carillon::ui {

namespace {

constexpr int Padding = 8;
constexpr int Dot = 6;
constexpr int Gap = 6;

int badgeWidth(const QFontMetrics& metrics, const QString& text)
{
    return Padding + Dot + Gap + metrics.horizontalAdvance(text) + Padding;
}

void paintBadge(QPainter& painter, const QRect& space, const QPalette& palette, const QFont& font, const QString& text,
                Tone tone)
{
    const QFontMetrics metrics(font);
    const int width = std::min(badgeWidth(metrics, text), space.width());
    const int height = metrics.height() + 4;
    const QRect badge(space.left(), space.center().y() - height / 2 + 1, width, height);
    const QColor colour = toneColour(palette, tone);
    QColor soft = colour;
    soft.setAlphaF(0.12F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(soft);
    painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(badge.left() + Padding, badge.center().y() - Dot / 2.0 + 0.5, Dot, Dot));
    painter.setFont(font);
    painter.setPen(colour);
    const QRect words = badge.adjusted(Padding + Dot + Gap, 0, -Padding / 2, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, words.width()));
}

// Background, selection and focus as every other cell has them, without text.
void paintCell(QPainter* painter, QStyleOptionViewItem option)
{
    option.text.clear();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
}

} // namespace

void StateBadgeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = option.text;
    paintCell(painter, option);
    const QVariant tone = index.data(ToneRole);
    if (text.isEmpty() || !tone.isValid())
        return;
    painter->save();
    paintBadge(*painter, option.rect.adjusted(8, 0, -4, 0), option.palette, option.font, text,
               static_cast<Tone>(tone.toInt()));
    painter->restore();
}

QSize StateBadgeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {badgeWidth(option.fontMetrics, index.data().toString()) + 12, size.height()};
}

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = option.text;
    paintCell(painter, option);
    const QVariant progress = index.data(ProgressRole);
    if (!progress.isValid())
        return;
    const ThemeColours& colours = themeColours(option.palette);
    const int textWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + 8;
    const QRect space = option.rect.adjusted(8, 0, -8, 0);
    QRectF bar(space.left(), space.center().y() - 2.0, std::max(0, space.width() - textWidth), 6);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.border);
    painter->drawRoundedRect(bar, 3, 3);
    bar.setWidth(bar.width() * std::clamp(progress.toDouble(), 0.0, 1.0));
    painter->setBrush(colours.accent);
    painter->drawRoundedRect(bar, 3, 3);
    painter->setPen(colours.muted);
    painter->setFont(option.font);
    painter->drawText(space, Qt::AlignRight | Qt::AlignVCenter, text);
    painter->restore();
}

StateBadge::StateBadge(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateBadge::setState(const QString& text, Tone tone)
{
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    return {m_text.isEmpty() ? 0 : badgeWidth(fontMetrics(), m_text), fontMetrics().height() + 6};
}

void StateBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_text.isEmpty())
        paintBadge(painter, rect(), palette(), font(), m_text, m_tone);
}

} // namespace carillon::ui
