// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace carillon {
class ContactService;
}

namespace carillon::ui {

class DataTable;
class PagedTableModel;
class Prompts;

// The addresses that must not be used, and why; a line to add one, a button to take one off. Belongs to its parent.
class SuppressionsTab : public QWidget {
    Q_OBJECT

public:
    SuppressionsTab(ContactService& contacts, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    QWidget* makeAddLine();
    void add();
    void removeSelected();

    ContactService& m_contacts;
    const Caller m_caller;
    Prompts& m_prompts;
    PagedTableModel* m_model;
    DataTable* m_table;
    QComboBox* m_channel = nullptr;
    QLineEdit* m_value = nullptr;
    QLineEdit* m_note = nullptr;
    QLabel* m_error = nullptr;
    QPushButton* m_remove;
};

} // namespace carillon::ui
