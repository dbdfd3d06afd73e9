// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/OverviewService.h"
#include "ui/frame/ConsolePage.h"

class QTimer;
class QVBoxLayout;

namespace carillon {
class Clock;
}

namespace carillon::ui {

class AccountHealthList;
class DataTable;
class KeyFigure;
class LogModel;
class Pacer;
class RunningCampaigns;
class ThroughputChart;

// What is going on: key figures, throughput, running campaigns, the accounts' health, the latest problems.
class OverviewPage : public ConsolePage {
    Q_OBJECT

public:
    OverviewPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                 QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("overview"); }
    QString title() const override { return tr("Overview"); }
    QString iconName() const override { return QStringLiteral("overview"); }
    void activate() override;

protected:
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeContent();
    QWidget* makeFigures(QWidget* parent);
    QWidget* makeProblems(QWidget* parent);
    void refresh();
    void show(const Overview& overview);

    const Clock& m_clock;
    KeyFigure* m_contacts = nullptr;
    KeyFigure* m_queued = nullptr;
    KeyFigure* m_sent = nullptr;
    KeyFigure* m_failed = nullptr;
    KeyFigure* m_uncertain = nullptr;
    ThroughputChart* m_chart = nullptr;
    RunningCampaigns* m_running = nullptr;
    AccountHealthList* m_accounts = nullptr;
    LogModel* m_problems = nullptr;
    DataTable* m_problemTable = nullptr;
    QWidget* m_noProblems = nullptr;
    Pacer* m_pacer;
    QTimer* m_chartTimer;
    bool m_asked = false;
};

} // namespace carillon::ui
