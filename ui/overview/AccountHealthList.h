// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/OverviewService.h"

#include <QFrame>

class QStandardItemModel;

namespace carillon::ui {

class DataTable;

// Every account and how it fares: its state, and what it sent and failed in the last minute.
class AccountHealthList : public QFrame {
    Q_OBJECT

public:
    explicit AccountHealthList(QWidget* parent = nullptr);

    void setAccounts(const QList<AccountHealth>& accounts);

Q_SIGNALS:
    void openAccounts();

private:
    QStandardItemModel* m_model;
    DataTable* m_table;
    QWidget* m_empty;
};

} // namespace carillon::ui
