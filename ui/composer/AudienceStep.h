// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QRadioButton;

namespace carillon::ui {

// Who a campaign is for: everyone, or the contacts on some lists. Belongs to its parent.
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
    void fill();
    void update();

    QList<ContactList> m_lists;
    Audience m_audience;
    QRadioButton* m_everyone;
    QRadioButton* m_onLists;
    QListWidget* m_choice;
    QLabel* m_count;
    bool m_filling = false;
};

} // namespace carillon::ui
