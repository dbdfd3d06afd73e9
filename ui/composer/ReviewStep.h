// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"
#include "ui/composer/RehearsalKeeper.h"
#include "ui/widgets/Theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace carillon {
class ContactService;
}

namespace carillon::ui {

class FunnelView;
class RehearsalView;
class ReviewContacts;
class ToneLabel;

// The last look before a campaign goes out: the dry run as a funnel and a rehearsal of every message, each with the contacts
// behind what they say, what stands in the way, a test send, and the button that sends. It asks the engine for the rehearsal
// and for contacts alone. Belongs to its parent.
class ReviewStep : public QWidget {
    Q_OBJECT

public:
    ReviewStep(CampaignService& campaigns, ContactService& contacts, QWidget* parent = nullptr);

    void setCampaign(const Campaign& campaign); // the one whose left-out contacts are shown
    void showCounting();
    void showDryRun(const DryRun& run);
    void showDryRunError(const Error& error);
    // What stands in the way of sending; empty: nothing.
    void setProblems(const QStringList& problems);
    void setScheduled(bool later); // what the button says
    // Has every message made, unless that was done of the same content and audience.
    void rehearse(const RehearsalRequest& request);
    void stopRehearsing(); // nobody looks any more
    void showTestAnswer(const QString& text, Tone tone);
    void setBusy(bool busy); // while it is being sent off

    // Where the page wants it.
    QPushButton* sendButton() const { return m_send; }
    const DryRun& dryRun() const { return m_run; }
    // Messages that cannot be made, as far as it is known; they are not sent.
    qint64 failing() const;
    bool isRehearsed() const; // wholly

Q_SIGNALS:
    void sendAsked();
    void testAsked(const QString& address);
    void openContact(qint64 id);
    void openPreview(const carillon::Contact& contact); // what does he get?
    void rehearsed(const carillon::RehearsalReport& report); // whole
    void failed(const carillon::Error& error);

private:
    QWidget* makeTest();
    void connectContacts();
    void showReason(const QString& reason, const QString& sentence);
    void showFinding(const RehearsalFinding& finding);
    void takeRehearsal();
    void updateButton();

    CampaignService& m_campaigns;
    ContactService& m_contacts;
    Campaign m_campaign;
    DryRun m_run;
    QStringList m_blocking;
    RehearsalKeeper* m_rehearsal;
    FunnelView* m_funnel;
    ReviewContacts* m_leftOut;
    RehearsalView* m_rehearsalView;
    ReviewContacts* m_found;
    QLabel* m_problems;
    QLineEdit* m_address = nullptr;
    QPushButton* m_test = nullptr;
    ToneLabel* m_answer = nullptr;
    QPushButton* m_send;
    bool m_counted = false;
    bool m_later = false;
    bool m_busy = false;
};

} // namespace carillon::ui
