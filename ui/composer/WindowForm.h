// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Schedule.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QTimeEdit;
class QToolButton;

namespace carillon::ui {

// The hours and days in which a campaign may go out at all, if there are any. Belongs to its parent.
class WindowForm : public QWidget {
    Q_OBJECT

public:
    explicit WindowForm(QWidget* parent = nullptr);

    void setWindow(const std::optional<SendWindow>& window);
    std::optional<SendWindow> window() const;
    QString problem() const; // empty: it can be used

Q_SIGNALS:
    void changed();

private:
    QWidget* makeDays();
    void touch();

    QCheckBox* m_on;
    QWidget* m_fields;
    QTimeEdit* m_from;
    QTimeEdit* m_to;
    QList<QToolButton*> m_days; // Monday first
    QComboBox* m_zone;
};

} // namespace carillon::ui
