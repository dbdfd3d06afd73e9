// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/service/CampaignService.h"

#include <QObject>

#include <optional>

class QAction;
class QWidget;

namespace carillon::ui {

class Prompts;

// What can be done with a campaign, enabled exactly when its state and the caller's role allow it. Each does its operation
// and says how it went; what cannot be taken back is asked first, with the count.
class CampaignActions : public QObject {
    Q_OBJECT

public:
    // `over` is the widget that the questions stand over and that the shortcuts work in.
    CampaignActions(CampaignService& campaigns, const Caller& caller, Prompts& prompts, QWidget* over);

    // `now` (UTC milliseconds) tells what is held from what is scheduled.
    void setCampaign(const std::optional<CampaignSummary>& campaign, qint64 now);

    QAction* pause() const { return m_pause; }
    QAction* resume() const { return m_resume; }
    QAction* cancel() const { return m_cancel; }
    QAction* unschedule() const { return m_unschedule; }
    QAction* edit() const { return m_edit; }
    QAction* duplicate() const { return m_duplicate; }
    QAction* missed() const { return m_missed; }
    QAction* remove() const { return m_remove; }

Q_SIGNALS:
    void changed(); // one succeeded: look again
    void openCampaign(qint64 id);
    void openComposer(qint64 id);
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    QAction* make(const char* name, const QString& text, const QString& iconName, const QString& toolTip,
                  void (CampaignActions::*run)());
    void doPause();
    void doResume();
    void askToCancel();
    void doUnschedule();
    void doEdit();
    void doDuplicate();
    void askWhomMissed();
    void showMissed(const Campaign& campaign, const QList<MissedGroup>& groups);
    void sendToMissed(const MissedAudience& missed);
    void askToRemove();
    void take(const Future<void>& future, const QString& done);
    bool may(CampaignVerb verb) const;
    void nameActions(qint64 now);

    CampaignService& m_campaigns;
    const Caller m_caller;
    Prompts& m_prompts;
    QWidget* m_over;
    std::optional<CampaignSummary> m_campaign;
    QAction* m_pause;
    QAction* m_resume;
    QAction* m_cancel;
    QAction* m_unschedule;
    QAction* m_edit;
    QAction* m_duplicate;
    QAction* m_missed;
    QAction* m_remove;
};

} // namespace carillon::ui
