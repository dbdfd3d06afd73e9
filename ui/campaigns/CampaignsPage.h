// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/frame/ConsolePage.h"

class QButtonGroup;
class QSplitter;
class QStackedWidget;
class QTimer;

namespace carillon {
class Clock;
struct LiveDigest;
} // namespace carillon

namespace carillon::ui {

class CampaignActions;
class CampaignDetail;
class DataTable;
class EmptyState;
class Pacer;
class PagedTableModel;
class SearchField;

// The campaigns by state, and beside them the one that is chosen.
class CampaignsPage : public ConsolePage {
    Q_OBJECT

public:
    CampaignsPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                  QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("campaigns"); }
    QString title() const override { return tr("Campaigns"); }
    QString iconName() const override { return QStringLiteral("campaigns"); }
    void open(qint64 id) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeStates();
    void makeTable();
    void connectParts();
    void takeDigest(const LiveDigest& digest);
    void setQuery();
    void refresh();
    void countStates();
    void showCampaign(qint64 id);
    void loadCampaign();
    void loadForecast();
    void followDetail(CampaignState state);
    void fitColumns();
    void showWhatThereIs();

    const Clock& m_clock;
    CampaignActions* m_actions;
    QButtonGroup* m_states;
    SearchField* m_search;
    PagedTableModel* m_model;
    DataTable* m_table;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    CampaignDetail* m_detail;
    Pacer* m_pacer;
    QTimer* m_beat; // what is under way changes also when nothing happens: a countdown, a rate
    CampaignQuery m_query;
    qint64 m_id = 0; // of the one in the detail
};

} // namespace carillon::ui
