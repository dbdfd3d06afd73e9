// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/CampaignService.h"
#include "engine/service/Services.h"

#include <QFrame>

class QLabel;
class QTabWidget;

namespace carillon::ui {

class CampaignActions;
class CampaignDeliveries;
class CampaignLog;
class CampaignPace;
class FunnelView;
class LeftOutView;
class Pacer;
class Prompts;
class StackedBar;
class StateBadge;
class ThrottleControl;
class ToneLabel;

// One campaign beside the list, as an operator wants it: what to know or decide now, how far it is and how fast it goes, the
// throttle, the funnel, its deliveries by what has become of them, whom it leaves out, and its log.
class CampaignDetail : public QFrame {
    Q_OBJECT

public:
    CampaignDetail(const Services& services, const Caller& caller, Prompts& prompts, CampaignActions* actions,
                   QWidget* parent = nullptr);

    // `now`: UTC milliseconds, for what is to come.
    void setCampaign(const CampaignSummary& campaign, qint64 now);
    void setForecast(const CampaignForecast& forecast, qint64 now);

Q_SIGNALS:
    void openContact(qint64 id);
    void openDeliveries(const QString& filter);
    void changed(); // something was done: look again
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeTabs();
    QWidget* makeFunnel();
    void connectParts();
    void showFacts();
    void showNow(qint64 now);
    void showFunnel();
    void showBehind(const QString& line);
    void loadReception();
    void setThrottle(double perMinute);

    const Services& m_services;
    const Caller m_caller;
    CampaignActions* m_actions;
    CampaignSummary m_campaign;
    CampaignForecast m_forecast;
    CampaignReception m_reception;
    QList<ReasonCount> m_leftOutCounts;
    Pacer* m_receptionPacer;
    bool m_receptionAsked = false;
    QLabel* m_name;
    StateBadge* m_state;
    QLabel* m_facts;
    ToneLabel* m_notice;
    QLabel* m_progress;
    StackedBar* m_counts;
    CampaignPace* m_pace;
    ThrottleControl* m_throttle;
    QTabWidget* m_tabs;
    FunnelView* m_funnel;
    QLabel* m_funnelNote;
    CampaignDeliveries* m_deliveries;
    LeftOutView* m_leftOut;
    CampaignLog* m_log;
};

} // namespace carillon::ui
