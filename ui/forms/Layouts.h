// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QWidget;

namespace carillon::ui {

// The few arrangements that all pages share, so that they look alike.

// The page's title at the left and its buttons at the right, the most important last.
QWidget* makePageHeader(const QString& title, const QList<QWidget*>& controls, QWidget* parent);

// A list at the left and what is chosen in it at the right.
QSplitter* makeListAndDetail(QWidget* list, QWidget* detail, const QList<int>& sizes, QWidget* parent);

// A card that scrolls, with a line of buttons under it that stays.
QWidget* makeEditorCard(QWidget* content, const QList<QWidget*>& buttons, QWidget* parent);

QPushButton* makeButton(const QString& text, const QString& objectName, QWidget* parent, const char* role = nullptr);
QLabel* makeLabel(const QString& text, const char* role, QWidget* parent);

} // namespace carillon::ui
