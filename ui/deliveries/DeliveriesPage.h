// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/DeliveryService.h"
#include "ui/frame/ConsolePage.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace carillon {
struct LiveDigest;
}

namespace carillon::ui {

class DataTable;
class DeliveryActions;
class DeliveryPanel;
class EmptyState;
class Pacer;
class PagedTableModel;
class SearchField;

// The live log: every delivery there is, newest first, narrowed by a filter that is typed (`status:failed channel:email
// timeout`), and beside it the one that is chosen. In follow mode new ones appear at the top as they come; scrolling down
// leaves it, so that what one reads stands still.
class DeliveriesPage : public ConsolePage {
    Q_OBJECT

public:
    DeliveriesPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("deliveries"); }
    QString title() const override { return tr("Deliveries"); }
    QString iconName() const override { return QStringLiteral("deliveries"); }
    void open(qint64 id) override;
    void showFiltered(const QString& filter) override;

private:
    QWidget* makeHead();
    QWidget* makeFilter();
    void makeTable();
    void makeShortcuts();
    void takeDigest(const LiveDigest& digest);
    void setFilter(const QString& text);
    void setFollowing(bool following);
    void refresh();
    void showWhatThereIs();
    void showChosen();

    DeliveryActions* m_actions;
    SearchField* m_filter;
    QLabel* m_filterProblem;
    QLabel* m_count;
    QPushButton* m_follow;
    PagedTableModel* m_model;
    DataTable* m_table;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    DeliveryPanel* m_panel;
    Pacer* m_pacer;
    DeliveryQuery m_query;
    bool m_filtered = false;
};

} // namespace carillon::ui
