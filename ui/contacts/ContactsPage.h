// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/ContactService.h"
#include "ui/frame/ConsolePage.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace carillon::ui {

class ContactEditor;
class DataTable;
class DevicesTab;
class PagedTableModel;
class SearchField;
class SuppressionsTab;

// The contacts, searched and narrowed to a list, with the chosen one at the right; lists, suppressions, and import from a
// file, which may also be dropped on the page.
class ContactsPage : public ConsolePage {
    Q_OBJECT

public:
    ContactsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("contacts"); }
    QString title() const override { return tr("Contacts"); }
    QString iconName() const override { return QStringLiteral("contacts"); }
    void activate() override;
    void open(qint64 id) override;
    void showFiltered(const QString& filter) override;
    bool hasUnsavedChanges() const override;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeContactsTab();
    QWidget* makeFilterLine();
    QWidget* makeDetail();
    void loadLists();
    void takeLists(const QList<ContactList>& lists);
    void search();
    void showCount();
    void showChoice();
    void loadDevices();
    void showRow(int row);
    void showContact(const Contact& contact);
    void beginNew();
    void save();
    void remove(const QList<qint64>& ids, const QString& name);
    void removeSelected();
    void sendNow();
    void newList(const QList<qint64>& members);
    void addSelectionTo(qint64 listId, const QString& name);
    void pickFile();
    void import(const QString& path);
    QList<qint64> selectedIds() const;

    ContactQuery m_query;
    QList<ContactList> m_lists;
    PagedTableModel* m_model;
    QTabWidget* m_tabs;
    DataTable* m_table;
    SearchField* m_search = nullptr;
    QComboBox* m_listFilter = nullptr;
    QLabel* m_count = nullptr;
    QPushButton* m_addToList = nullptr;
    QPushButton* m_removeButton = nullptr;
    QPushButton* m_sendNow = nullptr;
    QMenu* m_listMenu = nullptr;
    QStackedWidget* m_listStack = nullptr; // the table, or what to do when there is nobody
    QStackedWidget* m_detail = nullptr;
    ContactEditor* m_editor;
    SuppressionsTab* m_suppressions;
    DevicesTab* m_devices;
    qint64 m_shown = 0;
};

} // namespace carillon::ui
