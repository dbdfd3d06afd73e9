// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace carillon::ui {

// A button that shows and triggers an action: its word, icon, tooltip and state follow the action's.
class ActionButton : public QPushButton {
    Q_OBJECT

public:
    enum class WhenDisabled { Grey, Hide };

    explicit ActionButton(QAction* action, WhenDisabled whenDisabled = WhenDisabled::Grey, QWidget* parent = nullptr,
                          const char* role = nullptr);

private:
    void follow();

    QAction* m_action;
    WhenDisabled m_whenDisabled;
};

} // namespace carillon::ui
