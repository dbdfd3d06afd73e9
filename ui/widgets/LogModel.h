// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/LogEntry.h"

#include <QAbstractTableModel>

namespace carillon::ui {

// Some entries of the log as a table: when, what, details. For lists that are short by nature: one delivery's entries, the
// latest problems.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TimeColumn, TypeColumn, DetailColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // Leaves these fields out of the details: what is known already where the table stands.
    void hideFields(const QStringList& names) { m_hidden = names; }
    void setEntries(const QList<LogEntry>& entries);
    const LogEntry& entry(int row) const { return m_entries.at(row); }

    // What an entry says besides its type, in one line: which try it was, the code and the provider's words, when the next
    // try is, and the rest by name.
    static QString detailOf(const LogEntry& entry, const QStringList& hidden = {});

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<LogEntry> m_entries;
    QStringList m_hidden;
};

} // namespace carillon::ui
