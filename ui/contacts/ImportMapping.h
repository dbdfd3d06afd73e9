// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Import.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QTableWidget;

namespace carillon::ui {

// How the columns of a file become contacts: the first rows as a table, and above each column what it is. Starts with what
// the inspection suggests. Belongs to its parent.
class ImportMapping : public QWidget {
    Q_OBJECT

public:
    explicit ImportMapping(QWidget* parent = nullptr);

    void setInspection(const ImportInspection& inspection);
    // The suggestion with the changes made here: header and mapping.
    ImportOptions options() const;
    // Why it cannot be imported like this; empty when it can.
    QString problem() const;

Q_SIGNALS:
    void changed();

private:
    void fill();
    QComboBox* makeTarget(int column);
    void showProblem();

    ImportInspection m_inspection;
    QLabel* m_facts;
    QCheckBox* m_header;
    QTableWidget* m_table;
    QLabel* m_problem;
    QList<QComboBox*> m_targets;
};

} // namespace carillon::ui
