// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ContactsPage.h"

#include "engine/model/EmailAddress.h"
#include "ui/contacts/ContactEditor.h"
#include "ui/contacts/DevicesTab.h"
#include "ui/contacts/SuppressionsTab.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

namespace carillon::ui {

namespace {

enum Column { NameColumn, AddressColumn, ExternalIdColumn, LanguageColumn };

constexpr int LeastAddress = 150;

QString firstAddress(const Contact& contact)
{
    if (contact.addresses.isEmpty())
        return {};
    const Address& first = contact.addresses.first();
    return shownAddress(first.channel, first.value);
}

} // namespace

ContactsPage::ContactsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_model(new PagedTableModel(this))
    , m_tabs(new QTabWidget(this))
    , m_table(new DataTable(this))
    , m_editor(new ContactEditor(this))
    , m_suppressions(new SuppressionsTab(services.contacts, caller, prompts, this))
    , m_devices(new DevicesTab(services.devices, this))
{
    setObjectName(id());
    setAcceptDrops(true);
    auto* importButton = makeButton(tr("&Import…"), QStringLiteral("importContacts"), this);
    importButton->setToolTip(tr("Read contacts from a file (you can also drop it here)"));
    auto* newButton = makeButton(tr("New &contact"), QStringLiteral("newContact"), this, "primary");
    m_tabs->setObjectName(QStringLiteral("contactTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeContactsTab(), tr("Contacts"));
    m_tabs->addTab(m_suppressions, tr("Suppressions"));
    m_tabs->addTab(m_devices, tr("Devices"));
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::SmallSpace);
    whole->addWidget(makePageHeader(title(), {importButton, newButton}, this));
    whole->addWidget(m_tabs, 1);
    connect(importButton, &QPushButton::clicked, this, &ContactsPage::pickFile);
    connect(newButton, &QPushButton::clicked, this, &ContactsPage::beginNew);
    connect(m_suppressions, &SuppressionsTab::notice, this, &ContactsPage::notice);
    connect(m_suppressions, &SuppressionsTab::problem, this, &ContactsPage::problem);
    connect(m_devices, &DevicesTab::problem, this, &ContactsPage::problem);
    connect(m_model, &PagedTableModel::failed, this, &ContactsPage::problem);
    connect(m_model, &PagedTableModel::loaded, this, &ContactsPage::showCount);
    search();
}

QWidget* ContactsPage::makeContactsTab()
{
    using Model = PagedTableModel;
    m_model->setColumns({Model::column<Contact>(tr("Name"), [](const Contact& c) { return c.name; }),
                         Model::column<Contact>(tr("Address"), firstAddress),
                         Model::column<Contact>(tr("External id"), [](const Contact& c) { return c.externalId; }),
                         Model::column<Contact>(tr("Language"), [](const Contact& c) { return c.locale; })});
    m_model->setKey<Contact>([](const Contact& contact) { return contact.id; });
    m_table->setObjectName(QStringLiteral("contactTable"));
    m_table->setAccessibleName(tr("Contacts"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setModel(m_model);
    m_table->setColumnWidths({180, 0, 110, 80});
    m_table->setExpendable({LanguageColumn, ExternalIdColumn}, LeastAddress);
    auto* nobody = new EmptyState(QStringLiteral("contacts"), tr("No contacts yet"),
                                  tr("Import a file of contacts, or drop it here. Carillon finds its encoding and columns, "
                                     "and tells you about every row that it cannot take."),
                                  tr("Import contacts…"), this);
    connect(nobody, &EmptyState::stepTaken, this, &ContactsPage::pickFile);
    m_listStack = new QStackedWidget(this);
    m_listStack->addWidget(m_table);
    m_listStack->addWidget(nobody);
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeFilterLine());
    column->addWidget(m_listStack, 1);
    auto* tab = new QWidget(this);
    auto* whole = new QVBoxLayout(tab);
    whole->setContentsMargins(0, Theme::Space, 0, 0);
    whole->addWidget(makeListAndDetail(left, makeDetail(), {6, 5}, tab));
    connect(m_table, &DataTable::currentRowChanged, this, &ContactsPage::showRow);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ContactsPage::showChoice);
    return tab;
}

QWidget* ContactsPage::makeFilterLine()
{
    auto* line = new QWidget(this);
    m_search = new SearchField(tr("Search name, id or address"), line);
    m_search->setObjectName(QStringLiteral("contactSearch"));
    m_search->setAccessibleName(tr("Search contacts"));
    m_listFilter = new QComboBox(line);
    m_listFilter->setObjectName(QStringLiteral("contactListFilter"));
    m_listFilter->setAccessibleName(tr("List"));
    m_listFilter->setMinimumWidth(150);
    m_count = makeLabel({}, "muted", line);
    m_count->setObjectName(QStringLiteral("contactCount"));
    m_count->setWordWrap(false);
    m_addToList = makeButton(tr("Add to &list"), QStringLiteral("addToList"), line);
    m_listMenu = new QMenu(m_addToList);
    m_addToList->setMenu(m_listMenu);
    m_removeButton = makeButton(tr("&Delete…"), QStringLiteral("removeContacts"), line, "danger");
    m_sendNow = makeButton(tr("Send…"), QStringLiteral("sendToContact"), line);
    m_sendNow->setToolTip(tr("Send the chosen contact a topic now"));
    m_sendNow->setEnabled(false);
    auto* first = new QHBoxLayout;
    first->setSpacing(Theme::SmallSpace);
    first->addWidget(m_search, 1);
    first->addWidget(m_listFilter);
    auto* second = new QHBoxLayout;
    second->setSpacing(Theme::SmallSpace);
    second->addWidget(m_count);
    second->addStretch(1);
    second->addWidget(m_sendNow);
    second->addWidget(m_addToList);
    second->addWidget(m_removeButton);
    auto* column = new QVBoxLayout(line);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(first);
    column->addLayout(second);
    connect(m_search, &SearchField::searched, this, &ContactsPage::search);
    connect(m_listFilter, &QComboBox::activated, this, &ContactsPage::search);
    connect(m_removeButton, &QPushButton::clicked, this, &ContactsPage::removeSelected);
    connect(m_sendNow, &QPushButton::clicked, this, &ContactsPage::sendNow);
    return line;
}

QWidget* ContactsPage::makeDetail()
{
    m_detail = new QStackedWidget(this);
    m_detail->addWidget(new EmptyState(QStringLiteral("contacts"), tr("No contact chosen"),
                                       tr("Choose a contact to see and change what is known about it."), {}, m_detail));
    m_detail->addWidget(m_editor);
    connect(m_editor, &ContactEditor::saveAsked, this, &ContactsPage::save);
    connect(m_editor, &ContactEditor::removeAsked, this,
            [this] { remove({m_editor->contact().id}, m_editor->contact().name); });
    return m_detail;
}

void ContactsPage::activate()
{
    loadLists();
    m_model->refresh();
    loadDevices();
    m_suppressions->refresh();
    m_devices->refresh();
}

void ContactsPage::showFiltered(const QString& filter)
{
    m_search->setText(filter);
    search();
}

bool ContactsPage::hasUnsavedChanges() const
{
    return m_detail->currentWidget() == m_editor && m_editor->hasUnsavedChanges();
}

void ContactsPage::search()
{
    m_query = {m_search->text().trimmed(), m_listFilter->currentData().toLongLong()};
    m_model->setSource<Contact>([this](const PageRequest& request) { return services().contacts.page(m_query, request); });
}

void ContactsPage::showCount()
{
    const int total = m_model->rowCount();
    const bool narrowed = !m_query.search.isEmpty() || m_query.listId != 0;
    m_count->setText(total == 1 ? tr("1 contact") : tr("%1 contacts").arg(countText(total)));
    m_listStack->setCurrentIndex(total == 0 && !narrowed ? 1 : 0);
    m_detail->setVisible(total > 0 || narrowed || m_detail->currentWidget() == m_editor);
    m_addToList->setEnabled(total > 0);
    showChoice();
}

// Nothing is deleted while nothing is chosen.
void ContactsPage::showChoice()
{
    const QList<qint64> ids = selectedIds();
    m_removeButton->setEnabled(!ids.isEmpty());
    m_sendNow->setEnabled(ids.size() == 1 && caller().require(Role::Operator));
}

QList<qint64> ContactsPage::selectedIds() const
{
    QList<qint64> ids;
    for (const int row : m_table->selectedRows()) {
        if (const qint64 id = m_model->keyOfRow(row))
            ids << id;
    }
    return ids;
}

} // namespace carillon::ui
