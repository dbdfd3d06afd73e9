// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QWidget>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QMenu;
class QPushButton;

namespace carillon::ui {

// The accounts that a topic goes out through, in fallback order: moved by dragging or with Alt+Up and Alt+Down, each with an
// address of its own where it does not go to the contact's. Belongs to its parent.
class RoutesEditor : public QWidget {
    Q_OBJECT

public:
    explicit RoutesEditor(QWidget* parent = nullptr);

    void setAccounts(const QList<Account>& accounts);
    void setRoutes(const QList<Route>& routes);
    QList<Route> routes() const; // with their positions as they stand
    // Takes over the ids that the service gave when it saved.
    void adopt(const QList<Route>& stored);

Q_SIGNALS:
    void changed();

private:
    void append(const Route& route);
    void fillMenu();
    void move(int step);
    void removeCurrent();
    void showCurrent();
    void setDestination(const QString& destination);
    void describe(QListWidgetItem* item) const;

    QList<Account> m_accounts;
    QListWidget* m_list;
    QLineEdit* m_destination;
    QPushButton* m_add;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_remove;
    QMenu* m_menu;
};

} // namespace carillon::ui
