// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QTimer;

namespace carillon::ui {

// A field to search or filter with: says so a moment after the last key, at once on Enter, and Escape empties it.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    static constexpr int PauseMs = 250;

    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

    // Marks what was typed as wrong and says why in the tooltip and to screen readers; empty: it is right.
    void setProblem(const QString& problem);

Q_SIGNALS:
    void searched(const QString& text); // trimmed; only when it has changed

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void search();

    QTimer* m_pause;
    QString m_last;
};

} // namespace carillon::ui
