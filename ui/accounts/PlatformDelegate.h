// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace carillon::ui {

// A platform in a list: its name, and under it, muted and whole, what it is for. For a tree of one column that is as wide as
// its view, which lays its items out again when its width changes.
class PlatformDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int HelpRole = Qt::UserRole + 2; // a sentence or two; without it an item is drawn as any other

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace carillon::ui
