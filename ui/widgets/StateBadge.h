// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QStyledItemDelegate>
#include <QWidget>

namespace carillon::ui {

// What a cell gives beside its text so that the delegates here can draw it.
enum CellRole {
    ToneRole = Qt::UserRole + 100, // int(Tone), for a badge
    ProgressRole, // double, 0 to 1, for a progress cell
};

// Paints a cell's text as a badge: a dot and the word in the colour of its tone, never told by colour alone.
class StateBadgeDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// Paints a cell as a thin bar with its text at the right: "62 %".
class ProgressDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// The same badge as a widget.
class StateBadge : public QWidget {
    Q_OBJECT

public:
    explicit StateBadge(QWidget* parent = nullptr);

    void setState(const QString& text, Tone tone);
    QString text() const { return m_text; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Neutral;
};

} // namespace carillon::ui
