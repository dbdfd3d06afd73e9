// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"
#include "ui/widgets/Theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace carillon::ui {

class DataTable;
class FunnelView;
class PagedTableModel;
class ToneLabel;

// The last look before a campaign goes out: the dry run as a funnel with the contacts behind each reason, what stands in the
// way, a test send, and the button that sends. It asks nothing of the engine but who is left out. Belongs to its parent.
class ReviewStep : public QWidget {
    Q_OBJECT

public:
    explicit ReviewStep(CampaignService& campaigns, QWidget* parent = nullptr);

    void setCampaign(const Campaign& campaign); // the one whose left-out contacts are shown
    void showCounting();
    void showDryRun(const DryRun& run);
    void showDryRunError(const Error& error);
    // What stands in the way of sending; empty: nothing.
    void setProblems(const QStringList& problems);
    void setScheduled(bool later); // what the button says
    void showTestAnswer(const QString& text, Tone tone);
    void setBusy(bool busy); // while it is being sent off

    // Where the page wants it.
    QPushButton* sendButton() const { return m_send; }
    const DryRun& dryRun() const { return m_run; }

Q_SIGNALS:
    void sendAsked();
    void testAsked(const QString& address);
    void openContact(qint64 id);
    void failed(const carillon::Error& error);

private:
    QWidget* makeLeftOut();
    QWidget* makeTest();
    void showReason(const QString& reason, const QString& sentence);
    void updateButton();

    CampaignService& m_campaigns;
    Campaign m_campaign;
    DryRun m_run;
    QStringList m_blocking;
    FunnelView* m_funnel;
    QLabel* m_problems;
    QLabel* m_leftOutTitle = nullptr;
    PagedTableModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    QWidget* m_leftOut; // made with the three above
    QLineEdit* m_address = nullptr;
    QPushButton* m_test = nullptr;
    ToneLabel* m_answer = nullptr;
    QPushButton* m_send;
    bool m_counted = false;
    bool m_later = false;
    bool m_busy = false;
};

} // namespace carillon::ui
