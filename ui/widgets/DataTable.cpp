// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/DataTable.h"

#include "ui/widgets/PagedTableModel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace carillon::ui {

namespace {

constexpr int RowHeight = 34;

} // namespace

DataTable::DataTable(QWidget* parent)
    : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerItem); // whole rows: exact also beyond the range that pixels in an int can count
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { Q_EMIT opened(index.row()); });
}

void DataTable::setModel(QAbstractItemModel* model)
{
    m_paged = qobject_cast<PagedTableModel*>(model);
    QTableView::setModel(model);
    if (m_paged) {
        connect(m_paged, &PagedTableModel::loaded, this, &DataTable::tellVisibleRows);
        tellVisibleRows();
    }
}

void DataTable::setColumnWidths(const QList<int>& widths)
{
    horizontalHeader()->setStretchLastSection(!widths.contains(0));
    horizontalHeader()->ensurePolished(); // its words need as much as the theme gives them
    for (int column = 0; column < widths.size(); ++column) {
        const bool rest = widths.at(column) == 0;
        horizontalHeader()->setSectionResizeMode(column, rest ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!rest)
            setColumnWidth(column, qMax(widths.at(column), horizontalHeader()->sectionSizeHint(column)));
    }
    fitColumns();
}

void DataTable::setExpendable(const QList<int>& columns, int least)
{
    m_expendable = columns;
    m_least = least;
    fitColumns();
}

void DataTable::fitColumns()
{
    if (m_expendable.isEmpty() || !model())
        return;
    int rest = viewport()->width();
    for (int column = 0; column < model()->columnCount(); ++column) {
        const bool isFixed = horizontalHeader()->sectionResizeMode(column) != QHeaderView::Stretch;
        setColumnHidden(column, false);
        rest -= isFixed ? columnWidth(column) : 0;
    }
    for (const int column : std::as_const(m_expendable)) {
        if (rest >= m_least)
            break;
        rest += columnWidth(column);
        setColumnHidden(column, true);
    }
}

int DataTable::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

QList<int> DataTable::selectedRows() const
{
    QList<int> rows;
    if (!selectionModel())
        return rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
    tellVisibleRows();
}

void DataTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    tellVisibleRows();
}

void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        Q_EMIT currentRowChanged(current.row());
}

void DataTable::tellVisibleRows()
{
    if (!m_paged)
        return;
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    m_paged->setVisibleRows(first, last < 0 ? first + viewport()->height() / RowHeight : last);
}

void DataTable::copySelection() const
{
    QStringList lines;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells.append(model()->index(row, column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace carillon::ui
