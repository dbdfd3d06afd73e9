// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PagedTableModel.h"

#include <algorithm>
#include <limits>

namespace carillon::ui {

void PagedTableModel::setColumns(QList<Column> columns)
{
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

void PagedTableModel::setSource(Source source)
{
    beginResetModel();
    m_source = std::move(source);
    ++m_sourceNumber;
    m_rows = 0;
    m_loaded = false;
    m_refreshAgain = false;
    m_firstVisible = m_lastVisible = 0;
    m_pages.clear();
    m_asked.clear();
    m_used.clear();
    m_waiting.clear();
    endResetModel();
    ask(0);
}

void PagedTableModel::refresh()
{
    if (!m_source)
        return;
    if (isLoading()) {
        m_refreshAgain = true;
        return;
    }
    const int first = std::min(m_firstVisible, std::max(0, m_rows - 1)) / RowsPerPage;
    const int last = std::min(m_lastVisible, std::max(0, m_rows - 1)) / RowsPerPage;
    // Pages out of sight are old now: they are asked for again when they are looked at.
    m_pages.removeIf([&](const auto& page) { return page.key() < first || page.key() > last; });
    for (int page = first; page <= std::min(last, first + RequestsInFlight - 1); ++page)
        ask(page);
}

void PagedTableModel::setVisibleRows(int first, int last)
{
    m_firstVisible = std::max(0, first);
    m_lastVisible = std::max(m_firstVisible, last);
}

QVariant PagedTableModel::rowValue(int row) const
{
    if (row < 0 || row >= m_rows)
        return {};
    const auto page = m_pages.constFind(row / RowsPerPage);
    return page == m_pages.constEnd() ? QVariant() : page->value(row % RowsPerPage);
}

int PagedTableModel::rowOfKey(qint64 key) const
{
    if (!m_key)
        return -1;
    for (auto page = m_pages.constBegin(); page != m_pages.constEnd(); ++page) {
        const auto found = std::find_if(page->begin(), page->end(), [&](const QVariant& row) { return m_key(row) == key; });
        if (found != page->end())
            return page.key() * RowsPerPage + static_cast<int>(found - page->begin());
    }
    return -1;
}

qint64 PagedTableModel::keyOfRow(int row) const
{
    const QVariant value = rowValue(row);
    return value.isValid() && m_key ? m_key(value) : 0;
}

int PagedTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int PagedTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant PagedTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Column& column = m_columns.at(index.column());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(column.alignment);
    const int page = index.row() / RowsPerPage;
    m_used.insert(page, ++m_uses);
    const QVariant row = rowValue(index.row());
    if (row.isValid())
        return column.data(row, role);
    want(page);
    return role == Qt::DisplayRole ? QVariant(QStringLiteral("\u2026")) : QVariant();
}

QVariant PagedTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_columns.at(section).title;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(m_columns.at(section).alignment);
    return {};
}

void PagedTableModel::want(int page) const
{
    if (m_asked.contains(page))
        return;
    m_waiting.removeOne(page);
    m_waiting.append(page);
    if (m_waiting.size() > WaitingPages)
        m_waiting.removeFirst();
    if (m_askScheduled)
        return;
    m_askScheduled = true;
    // data() is const and called while painting: the asking itself waits for the event loop.
    QMetaObject::invokeMethod(const_cast<PagedTableModel*>(this), &PagedTableModel::askForWaiting, Qt::QueuedConnection);
}

void PagedTableModel::askForWaiting()
{
    m_askScheduled = false;
    while (!m_waiting.isEmpty() && m_asked.size() < RequestsInFlight) {
        const int page = m_waiting.takeLast();
        if (!m_pages.contains(page) && page * RowsPerPage < m_rows)
            ask(page);
    }
}

void PagedTableModel::ask(int page)
{
    const quint64 request = ++m_requestNumber;
    m_asked.insert(page, request);
    m_source({static_cast<qint64>(page) * RowsPerPage, RowsPerPage},
             [this, page, source = m_sourceNumber, request](const Answer& answer) { take(page, source, request, answer); });
}

void PagedTableModel::take(int page, quint64 source, quint64 request, const Answer& answer)
{
    if (source != m_sourceNumber || m_asked.value(page) != request)
        return;
    m_asked.remove(page);
    if (answer) {
        const auto keys = keysOfPersistent();
        setLength(static_cast<int>(std::min<qint64>(answer->total, std::numeric_limits<int>::max())));
        store(page, answer->rows);
        movePersistent(keys);
        dropUnused();
    }
    m_loaded = true;
    if (answer)
        Q_EMIT loaded();
    else
        Q_EMIT failed(answer.error());
    askForWaiting();
    if (!isLoading() && std::exchange(m_refreshAgain, false))
        refresh();
}

void PagedTableModel::setLength(int rows)
{
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        m_pages.removeIf([rows](const auto& page) { return page.key() * RowsPerPage >= rows; });
        endRemoveRows();
    }
}

void PagedTableModel::store(int page, const QList<QVariant>& rows)
{
    const int first = page * RowsPerPage;
    const int last = std::min(first + static_cast<int>(rows.size()), m_rows) - 1;
    if (last < first) {
        m_pages.remove(page);
        return;
    }
    m_pages.insert(page, rows);
    m_used.insert(page, ++m_uses);
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void PagedTableModel::dropUnused()
{
    while (m_pages.size() > CachedPages) {
        auto oldest = m_pages.begin();
        for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
            if (m_used.value(page.key()) < m_used.value(oldest.key()))
                oldest = page;
        }
        m_used.remove(oldest.key());
        m_pages.erase(oldest);
    }
    m_used.removeIf([this](const auto& use) { return !m_pages.contains(use.key()); });
}

QHash<QPersistentModelIndex, qint64> PagedTableModel::keysOfPersistent() const
{
    QHash<QPersistentModelIndex, qint64> keys;
    for (const QModelIndex& index : persistentIndexList()) {
        if (const qint64 key = keyOfRow(index.row()))
            keys.insert(QPersistentModelIndex(index), key);
    }
    return keys;
}

// The selection follows its thing to the row where it is now. What is not loaded any more stays where it was.
void PagedTableModel::movePersistent(const QHash<QPersistentModelIndex, qint64>& keys)
{
    QModelIndexList from;
    QModelIndexList to;
    for (auto entry = keys.begin(); entry != keys.end(); ++entry) {
        if (!entry.key().isValid() || keyOfRow(entry.key().row()) == entry.value())
            continue;
        const int row = rowOfKey(entry.value());
        from.append(entry.key());
        to.append(row < 0 ? QModelIndex() : index(row, entry.key().column()));
    }
    if (from.isEmpty())
        return;
    Q_EMIT layoutAboutToBeChanged();
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged();
}

} // namespace carillon::ui
