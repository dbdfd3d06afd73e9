// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/PlatformDelegate.h"

#include "ui/widgets/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QTreeView>

namespace carillon::ui {

namespace {

constexpr int Margin = 8;
constexpr int Above = 4; // and below

// The view asks for sizes without saying the width.
int wordsWidth(const QTreeView& view)
{
    return view.viewport()->width() - view.indentation() - 2 * Margin;
}

int helpHeight(const QFontMetrics& metrics, int width, const QString& help)
{
    return metrics.boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), Qt::TextWordWrap, help).height();
}

} // namespace

void PlatformDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString help = index.data(HelpRole).toString();
    if (help.isEmpty())
        return QStyledItemDelegate::paint(painter, option, index);
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString name = std::exchange(item.text, QString());
    item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QRect words = option.rect.adjusted(Margin, Above, -Margin, -Above);
    painter->save();
    painter->setPen(item.palette.color(QPalette::Text));
    painter->drawText(words, Qt::AlignTop | Qt::AlignLeft, name);
    painter->setPen(themeColours(item.palette).muted);
    painter->drawText(words.adjusted(0, item.fontMetrics.lineSpacing(), 0, 0),
                      Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, help);
    painter->restore();
}

QSize PlatformDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString help = index.data(HelpRole).toString();
    const auto* view = qobject_cast<const QTreeView*>(option.widget);
    if (help.isEmpty() || !view)
        return QStyledItemDelegate::sizeHint(option, index);
    const QFontMetrics& metrics = option.fontMetrics;
    return {0,
            metrics.lineSpacing() + helpHeight(metrics, wordsWidth(*view), help) + 2 * Above}; // the width is what is there
}

} // namespace carillon::ui
