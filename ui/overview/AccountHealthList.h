// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/OverviewService.h"

#include <QFrame>

class QStandardItemModel;

namespace carillon::ui {

class DataTable;
class ToneLabel;

// Every account and how it fares: its state and breaker, the rate it may go and goes, what is on the wire, and what it sent
// and failed in the last minute. Under the table the whole sentence about one of them: the chosen one, else the first that
// is not well.
class AccountHealthList : public QFrame {
    Q_OBJECT

public:
    explicit AccountHealthList(QWidget* parent = nullptr);

    // `now`: UTC milliseconds, for how long somebody still waits.
    void setAccounts(const QList<AccountHealth>& accounts, qint64 now);

Q_SIGNALS:
    void openAccounts();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showRow(int row);
    void showSentence();

    QList<AccountHealth> m_accounts;
    qint64 m_now = 0;
    QStandardItemModel* m_model;
    DataTable* m_table;
    ToneLabel* m_sentence;
    QWidget* m_empty;
};

} // namespace carillon::ui
