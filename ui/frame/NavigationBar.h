// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace carillon::ui {

// The pages at the left: icon and word, with Ctrl+1 to Ctrl+9 in their order; below them what concerns the whole window.
class NavigationBar : public QFrame {
    Q_OBJECT

public:
    explicit NavigationBar(QWidget* parent = nullptr);

    void addPage(const QString& id, const QString& title, const QString& iconName);
    void setCurrent(const QString& id);
    // A button at the bottom, for a menu.
    QToolButton* addFootButton(const QString& title, const QString& iconName);

Q_SIGNALS:
    void chosen(const QString& id);

private:
    QToolButton* makeButton(const QString& title, const QString& iconName);

    QButtonGroup* m_group;
    QVBoxLayout* m_pages;
    QVBoxLayout* m_foot;
    int m_count = 0;
};

} // namespace carillon::ui
