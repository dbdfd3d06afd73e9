// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace carillon::ui {

class PagedTableModel;

// A table as all of the window's tables are: whole rows, even height, no grid, quiet header, Enter opens what is selected,
// Ctrl+C copies the selected rows as tab-separated text. Over a PagedTableModel it also says which rows are on screen.
class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;

    // Width of each column in pixels, in order; the one with 0 takes what is left. None becomes narrower
    // than its heading. Call it when the model has its columns.
    void setColumnWidths(const QList<int>& widths);
    // Columns that are hidden, the first one first, while the one that takes what is left would have less than `least`.
    void setExpendable(const QList<int>& columns, int least);

    // The row on which the person is; -1 when none.
    int currentRow() const;
    QList<int> selectedRows() const; // in order

Q_SIGNALS:
    void currentRowChanged(int row);
    void opened(int row); // Enter or a double click

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void tellVisibleRows();
    void fitColumns();
    void copySelection() const;

    PagedTableModel* m_paged = nullptr;
    QList<int> m_expendable;
    int m_least = 0;
};

} // namespace carillon::ui
