// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QAction;
class QToolButton;

namespace carillon::ui {

// Where a secret of several lines is pasted: a private key in PEM form. What was saved is never shown in it. Belongs to its
// parent.
class SecretText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit SecretText(QWidget* parent = nullptr);

    // A button for the action in the upper corner, as a line edit has it.
    void addAtCorner(QAction* action);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButton();

    QToolButton* m_button = nullptr;
};

} // namespace carillon::ui
