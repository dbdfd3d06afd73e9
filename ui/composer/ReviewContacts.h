// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Contact.h"
#include "engine/model/Page.h"

#include <QWidget>

#include <functional>

class QLabel;

namespace carillon::ui {

class DataTable;
class PagedTableModel;

// The contacts behind something that the review says, under a title, until it is hidden. Belongs to its parent.
class ReviewContacts : public QWidget {
    Q_OBJECT

public:
    using Source = std::function<Future<Page<Contact>>(const PageRequest& request)>;

    // `name` begins the object names of the table and the button; `title` is what the table holds, for screen readers.
    ReviewContacts(const QString& name, const QString& title, QWidget* parent);

    void showContacts(const QString& sentence, Source source);

Q_SIGNALS:
    void chosen(const carillon::Contact& contact); // one is looked at
    void opened(qint64 contactId); // Enter or a double click
    void failed(const carillon::Error& error);

private:
    void choose(int row);

    QLabel* m_title;
    PagedTableModel* m_model;
    DataTable* m_table;
};

} // namespace carillon::ui
