// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Contact.h"
#include "engine/model/Page.h"
#include "engine/service/Rehearsal.h"

#include <QWidget>

#include <functional>

class QCompleter;
class QLineEdit;
class QMenu;
class QStringListModel;
class QTimer;
class QToolButton;

namespace carillon::ui {

// Chooses one contact out of any number: type to search, Down and Up (or the two buttons) walk to the next and the previous
// one of what the search found, a menu leads to the extremes that a rehearsal found. Who is chosen always stands in the
// field unless somebody is typing there. Window thread; belongs to its parent.
class ContactPicker : public QWidget {
    Q_OBJECT

public:
    using Search = std::function<Future<Page<Contact>>(const QString& text, const PageRequest& request)>;

    explicit ContactPicker(Search search, QWidget* parent = nullptr);

    qint64 contactId() const { return m_contact.id; } // 0: none chosen, or there is none
    const Contact& contact() const { return m_contact; }
    void setContact(const Contact& contact);
    // Takes the first contact there is, unless one is chosen already.
    void chooseFirst();
    // Somebody that others know of: a finding of a rehearsal, a contact behind a number.
    void choose(qint64 contactId, const QString& name);
    void goBack() { walk(-1); }
    void goOn() { walk(+1); }
    // None: the menu goes.
    void setWorstCases(const QList<WorstCase>& cases);

Q_SIGNALS:
    void chosen(const carillon::Contact& contact);
    void channelAsked(const QString& channel); // before chosen(): the one that a worst case is about
    void failed(const carillon::Error& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void showFound(quint64 request, const Result<Page<Contact>>& page);
    void take(int row);
    void walk(int step);
    void goTo(qint64 offset);

    Search m_search;
    QLineEdit* m_text;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_worst;
    QMenu* m_worstMenu;
    QCompleter* m_completer;
    QStringListModel* m_labels;
    QTimer* m_pause;
    QList<Contact> m_found; // in the open list
    Contact m_contact;
    QString m_query; // what the walk goes through
    qint64 m_offset = -1; // of the contact in the query's result; -1: not known
    quint64 m_request = 0; // answers to an older one are dropped
};

// "Longest message (Email): Zoë Müller · 1,204".
QString worstCaseText(const WorstCase& worst);

} // namespace carillon::ui
