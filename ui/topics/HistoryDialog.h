// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topics/ContentTools.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QStandardItemModel;

namespace carillon::ui {

class DataTable;
class DiffView;

// All that was ever saved of one template: who, when and why; what differs between any two of it, or from what stands in the
// editor; and the way back to an old one. Belongs to its parent.
class HistoryDialog : public QDialog {
    Q_OBJECT

public:
    // `typed`: the template as it stands in the editor. The tools outlive it.
    HistoryDialog(const ContentTools& tools, const Template& typed, const QString& title, QWidget* parent);

Q_SIGNALS:
    void rolledBack(const carillon::Template& stored);

private:
    void load();
    void take(const QList<TemplateVersion>& versions);
    void fillOthers();
    void compare();
    void askRollBack();
    void rollBack(int number);
    const TemplateVersion* chosen() const;

    const ContentTools& m_tools;
    Template m_typed;
    QList<TemplateVersion> m_versions; // newest first
    QStandardItemModel* m_model;
    DataTable* m_table;
    QComboBox* m_other;
    DiffView* m_diff;
    QLabel* m_problem;
    QPushButton* m_rollBack;
};

} // namespace carillon::ui
