// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QDate;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace carillon::ui {

// How often something recurs: one of the usual rules, which are named by the first day ("every week on Tuesday"), or a rule
// of one's own (RFC 5545), and after how many times it ends. Belongs to its parent.
class RepeatForm : public QWidget {
    Q_OBJECT

public:
    explicit RepeatForm(QWidget* parent = nullptr);

    void setFirstDay(const QDate& day);
    void setRule(const QString& rule);
    QString rule() const; // "FREQ=WEEKLY;COUNT=3"

Q_SIGNALS:
    void changed();

private:
    bool isOwn() const;
    void touch();

    QComboBox* m_choice;
    QLineEdit* m_own;
    QWidget* m_end;
    QSpinBox* m_times;
};

} // namespace carillon::ui
