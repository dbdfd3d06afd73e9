// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"

#include <QAbstractTableModel>
#include <QPalette>

namespace carillon::ui {

// The problems of all parts of one template, one in a row: how bad, what, and where.
class ProblemsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { SeverityColumn, MessageColumn, PlaceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setProblems(const QList<TemplateProblem>& problems);
    const QList<TemplateProblem>& problems() const { return m_problems; }
    // The colours of the severities come from it.
    void setPalette(const QPalette& palette);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<TemplateProblem> m_problems;
    QPalette m_palette;
};

QString severityTitle(Severity severity); // "Error"
QString placeOf(const TemplateProblem& problem); // "HTML 2:14"

} // namespace carillon::ui
