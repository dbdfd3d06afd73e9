// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ProblemsModel.h"

#include "ui/editor/ProblemColours.h"
#include "ui/topics/PartWords.h"

#include <QSize>

namespace carillon::ui {

namespace {

constexpr int rowHeight = 24;

} // namespace

QString severityTitle(Severity severity)
{
    switch (severity) {
    case Severity::Error: return ProblemsModel::tr("Error");
    case Severity::Warning: return ProblemsModel::tr("Warning");
    case Severity::Hint: return ProblemsModel::tr("Hint");
    }
    return {};
}

QString placeOf(const TemplateProblem& problem)
{
    if (problem.part.isEmpty())
        return {};
    return QStringLiteral("%1 %2:%3").arg(partTitle(problem.part)).arg(problem.line).arg(problem.column);
}

void ProblemsModel::setProblems(const QList<TemplateProblem>& problems)
{
    if (problems == m_problems)
        return;
    beginResetModel();
    m_problems = problems;
    endResetModel();
}

void ProblemsModel::setPalette(const QPalette& palette)
{
    m_palette = palette;
    if (!m_problems.isEmpty())
        Q_EMIT dataChanged(index(0, SeverityColumn), index(rowCount() - 1, SeverityColumn), {Qt::ForegroundRole});
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TemplateProblem& problem = m_problems.at(index.row());
    if (role == Qt::ToolTipRole)
        return problem.fix.isEmpty() ? problem.message : problem.message + u'\n' + problem.fix;
    if (role == Qt::ForegroundRole && index.column() == SeverityColumn)
        return severityColour(m_palette, problem.severity);
    if (role == Qt::SizeHintRole)
        return QSize(0, rowHeight);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case SeverityColumn: return severityTitle(problem.severity);
    case MessageColumn: return problem.fix.isEmpty() ? problem.message : problem.message + u' ' + problem.fix;
    case PlaceColumn: return placeOf(problem);
    default: return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn: return tr("Severity");
    case MessageColumn: return tr("Problem");
    case PlaceColumn: return tr("Place");
    default: return {};
    }
}

} // namespace carillon::ui
