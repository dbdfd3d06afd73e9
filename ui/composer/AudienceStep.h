// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListWidget;
class QRadioButton;

namespace carillon::ui {

// Who a campaign is for: everyone, the contacts on some lists, or, where the draft was made for those, whom another campaign
// missed. Belongs to its parent.
class AudienceStep : public QWidget {
    Q_OBJECT

public:
    explicit AudienceStep(QWidget* parent = nullptr);

    void setLists(const QList<ContactList>& lists);
    void setEveryoneCount(qint64 count);
    void setAudience(const Audience& audience);
    Audience audience() const;
    // How many contacts that is, each counted once; -1 while it is being counted.
    void showCount(qint64 contacts);
    // In place of the count, when there is nothing to count yet.
    void showNotice(const QString& sentence);

Q_SIGNALS:
    void changed();

private:
    static QString missedText(const MissedAudience& missed);
    void fill();
    void update();

    QList<ContactList> m_lists;
    Audience m_audience;
    std::optional<MissedAudience> m_missed; // that the draft began with: can be chosen again
    QRadioButton* m_everyone;
    QRadioButton* m_onLists;
    QRadioButton* m_ofMissed;
    QListWidget* m_choice;
    QLabel* m_count;
    bool m_filling = false;
};

} // namespace carillon::ui
