// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/model/Contact.h"
#include "engine/service/Services.h"
#include "engine/service/TopicService.h"
#include "engine/service/TriggerService.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace carillon::ui {

class ContactPicker;
class FieldForm;

// "Send to someone now": one topic to one contact, or to one address of whomever, with data that is given here. What is
// wrong stays in the dialog, at its field; so does the reason when the recipient is left out. Belongs to its parent; deletes
// itself when closed.
//
//     auto* dialog = new SendNowDialog(services(), caller(), this);
//     dialog->setTopic(id);
//     connect(dialog, &SendNowDialog::sent, ...);
//     dialog->open();
class SendNowDialog : public QDialog {
    Q_OBJECT

public:
    SendNowDialog(const Services& services, const Caller& caller, QWidget* parent);

    // The topic that is chosen at first, once the topics are there.
    void setTopic(qint64 id) { m_first = id; }
    void setContact(const Contact& contact);

Q_SIGNALS:
    void sent(qint64 triggerId);

private:
    QWidget* makeRecipient();
    void load();
    void takeTopics(const QList<TopicSummary>& topics);
    void showTopic();
    void showKind();
    Result<TriggerRequest> request() const;
    TriggerRecipient recipient() const;
    void send();
    void take(const Result<TriggerAnswer>& answer);
    void showProblem(const Error& error);

    const Services& m_services;
    const Caller m_caller;
    qint64 m_first = 0;
    QList<TopicSummary> m_topics;
    FieldForm* m_form;
    QComboBox* m_topic;
    QComboBox* m_kind; // a contact, or an address of which channel
    QStackedWidget* m_who = nullptr;
    ContactPicker* m_contact;
    QLineEdit* m_address;
    QPlainTextEdit* m_data;
    QLabel* m_hold;
    QLabel* m_problem;
    QPushButton* m_send;
};

} // namespace carillon::ui
