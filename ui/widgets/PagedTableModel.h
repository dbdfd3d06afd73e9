// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Page.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>

namespace carillon::ui {

// A table over a result of any length that loads only the pages that are looked at.
//
// The number of rows is the result's whole length, so the scroll bar tells the truth; rows that are not there yet show "…"
// and come within one round trip. At most CachedPages pages are kept (the longest unused goes first), at most
// RequestsInFlight are asked for at a time, and of those still waiting only the newest: dragging the scroll bar through a
// million rows asks for what it ends on. Answers to an older source or an older refresh are dropped.
//
// Rows are values in a QVariant, so that the model needs no template; columns and source are typed where they are made:
//
//     auto* model = new PagedTableModel(this);
//     model->setColumns({PagedTableModel::column<Contact>(tr("Name"), [](const Contact& contact) { return contact.name;
//     })}); model->setKey<Contact>([](const Contact& contact) { return contact.id; });
//     model->setSource<Contact>([this](const PageRequest& request) { return services().contacts.page(m_query, request); });
//
// A DataTable tells the model which rows are on screen. Lives in the thread of the window.
class PagedTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int RowsPerPage = 100;
    static constexpr int CachedPages = 24;
    static constexpr int RequestsInFlight = 3;
    static constexpr int WaitingPages = 4;

    // One column: its title and what a row shows in it. `data` answers every role; DisplayRole is the text.
    struct Column {
        QString title;
        std::function<QVariant(const QVariant& row, int role)> data;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    };

    using Answer = Result<Page<QVariant>>;
    using Source = std::function<void(const PageRequest& request, std::function<void(const Answer&)> done)>;

    using QAbstractTableModel::QAbstractTableModel;

    // A column that shows `text(row)`; numbers come right-aligned.
    template <typename Row, typename Text>
    static Column column(const QString& title, Text text, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
    {
        const auto data = [text](const QVariant& row, int role) -> QVariant {
            return role == Qt::DisplayRole ? QVariant(text(row.value<Row>())) : QVariant();
        };
        return {title, data, alignment};
    }

    // A column that answers every role itself: `data(row, role)`.
    template <typename Row, typename Data>
    static Column richColumn(const QString& title, Data data, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
    {
        return {title, [data](const QVariant& row, int role) -> QVariant { return data(row.value<Row>(), role); },
                alignment};
    }

    void setColumns(QList<Column> columns);

    // What a row is known by: keeps the selection on the same thing when a refresh moves it.
    template <typename Row, typename Key>
    void setKey(Key key)
    {
        m_key = [key](const QVariant& row) { return static_cast<qint64>(key(row.value<Row>())); };
    }

    // Takes another result and loads its first page. `fetch(request)` gives a Future<Page<Row>>.
    template <typename Row, typename Fetch>
    void setSource(Fetch fetch)
    {
        setSource([this, fetch](const PageRequest& request, std::function<void(const Answer&)> done) {
            whenReady(fetch(request), this,
                      [done = std::move(done)](const Result<Page<Row>>& page) { done(toVariants(page)); });
        });
    }
    void setSource(Source source);

    // Asks again for the pages on screen and for the length, keeping selection and scroll position. While a refresh is on
    // its way further calls make one more: call it as often as something may have changed.
    void refresh();

    // Which rows are on screen; refresh() reloads these.
    void setVisibleRows(int first, int last);

    // The row's value; invalid while it is loading.
    QVariant rowValue(int row) const;
    template <typename Row>
    std::optional<Row> rowAs(int row) const
    {
        const QVariant value = rowValue(row);
        return value.isValid() ? std::optional<Row>(value.value<Row>()) : std::nullopt;
    }
    // Where the row with this key is, among the rows that are loaded; -1 when it is not.
    int rowOfKey(qint64 key) const;
    qint64 keyOfRow(int row) const; // 0 while it is loading

    bool isLoading() const { return !m_asked.isEmpty(); }
    bool isLoaded() const { return m_loaded; } // the first answer has come

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded(); // an answer has come and is shown
    void failed(const carillon::Error& error); // a page could not be loaded; refresh() tries again

private:
    template <typename Row>
    static Answer toVariants(const Result<Page<Row>>& page)
    {
        if (!page)
            return fail(page.error());
        Page<QVariant> rows{{}, page->total};
        for (const Row& row : page->rows)
            rows.rows.append(QVariant::fromValue(row));
        return rows;
    }

    void want(int page) const; // from data(): remembers the page and asks once the event loop is reached
    void askForWaiting();
    void ask(int page);
    void take(int page, quint64 source, quint64 request, const Answer& answer);
    void setLength(int rows);
    void store(int page, const QList<QVariant>& rows);
    void dropUnused();
    QHash<QPersistentModelIndex, qint64> keysOfPersistent() const;
    void movePersistent(const QHash<QPersistentModelIndex, qint64>& keys);

    QList<Column> m_columns;
    Source m_source;
    std::function<qint64(const QVariant& row)> m_key;
    int m_rows = 0;
    bool m_loaded = false;
    bool m_refreshAgain = false;
    int m_firstVisible = 0;
    int m_lastVisible = 0;
    quint64 m_sourceNumber = 0; // answers to an older source are stale
    quint64 m_requestNumber = 0;
    QHash<int, QList<QVariant>> m_pages;
    QHash<int, quint64> m_asked; // pages on their way, with the number of the request that counts
    mutable QHash<int, quint64> m_used; // when a page was last looked at
    mutable quint64 m_uses = 0;
    mutable QList<int> m_waiting; // pages to ask for, the newest last
    mutable bool m_askScheduled = false;
};

} // namespace carillon::ui
