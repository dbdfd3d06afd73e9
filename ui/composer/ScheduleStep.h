// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDateTimeEdit;
class QLabel;
class QRadioButton;

namespace carillon::ui {

// When a campaign goes out: at once, or at a time, said in the time zone of this machine and in UTC. Belongs to its parent.
class ScheduleStep : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleStep(QWidget* parent = nullptr);

    void setTime(qint64 at); // UTC milliseconds; 0: now
    qint64 time() const;
    QString problem() const; // empty when the time can be used

Q_SIGNALS:
    void changed();

private:
    void update();

    QRadioButton* m_now;
    QRadioButton* m_later;
    QDateTimeEdit* m_at;
    QLabel* m_zone;
    QLabel* m_problem;
};

} // namespace carillon::ui
