// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Campaign.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QDateTimeEdit;
class QFormLayout;
class QLabel;

namespace carillon::ui {

class DurationField;
class RepeatForm;
class WindowForm;

// When a campaign goes out: at once, at a time, by each contact's own clock, or again and again with the next dates shown;
// in which hours, how long it can be undone, and what becomes of it when its hour is missed. Belongs to its parent.
class ScheduleStep : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleStep(QWidget* parent = nullptr);

    void setCampaign(const Campaign& campaign);
    // Puts into the campaign what is chosen here: its schedule, its hold time, and for one moment scheduledAt.
    void fill(Campaign& campaign) const;
    QString problem() const; // empty when it can be used
    bool isNow() const;
    qint64 nextDate() const; // UTC milliseconds; 0: now
    // What CampaignService::occurrences() says of the campaign as it stands.
    void showNextDates(const Result<QList<qint64>>& dates);

Q_SIGNALS:
    void changed();

private:
    enum Choice { Now, At, ContactZone, Recurring };

    QWidget* makeWhen();
    QWidget* makeMore();
    void connectParts();
    Choice choice() const;
    void touch();
    void arrange();
    QString zoneProblem() const;

    QButtonGroup* m_choices;
    QDateTimeEdit* m_at;
    QLabel* m_zoneNote;
    QWidget* m_repeatBox;
    RepeatForm* m_repeat;
    QComboBox* m_zone;
    QLabel* m_dates;
    QLabel* m_problem;
    WindowForm* m_window;
    QFormLayout* m_more = nullptr;
    QComboBox* m_holdChoice;
    DurationField* m_hold;
    QComboBox* m_missed;
    DurationField* m_within;
    DurationField* m_expires;
    Result<QList<qint64>> m_next;
};

} // namespace carillon::ui
