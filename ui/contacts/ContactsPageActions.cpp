// SPDX-License-Identifier: GPL-3.0-or-later

// What the contacts page does: shows, saves and deletes contacts, keeps lists, starts an import.

#include "engine/service/DeviceService.h"
#include "ui/contacts/ContactEditor.h"
#include "ui/contacts/ContactsPage.h"
#include "ui/contacts/ImportDialog.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/triggers/SendNowDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QTabWidget>

namespace carillon::ui {

void ContactsPage::open(qint64 id)
{
    m_tabs->setCurrentIndex(0);
    if (id == 0)
        return beginNew();
    whenReady(services().contacts.get(id), this, [this](const Result<Contact>& contact) {
        if (!contact) {
            Q_EMIT problem(contact.error());
            return;
        }
        askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this contact"), [this, contact = *contact](bool discard) {
            if (discard)
                showContact(contact);
        });
    });
}

void ContactsPage::loadLists()
{
    whenReady(services().contacts.lists(), this, [this](const Result<QList<ContactList>>& lists) {
        if (lists)
            takeLists(*lists);
        else
            Q_EMIT problem(lists.error());
    });
}

void ContactsPage::takeLists(const QList<ContactList>& lists)
{
    m_lists = lists;
    const QVariant chosen = m_listFilter->currentData();
    m_listFilter->clear();
    m_listFilter->addItem(tr("All contacts"), 0);
    m_listMenu->clear();
    for (const ContactList& list : lists) {
        m_listFilter->addItem(tr("%1 (%2)").arg(list.name, countText(list.memberCount)), list.id);
        m_listMenu->addAction(list.name, this, [this, list] { addSelectionTo(list.id, list.name); });
    }
    m_listFilter->setCurrentIndex(qMax(0, m_listFilter->findData(chosen)));
    m_listMenu->addSeparator();
    m_listMenu->addAction(tr("&New list…"), this, [this] { newList(selectedIds()); })
        ->setObjectName(QStringLiteral("newList"));
}

void ContactsPage::showRow(int row)
{
    const auto contact = m_model->rowAs<Contact>(row);
    if (!contact || contact->id == m_shown)
        return;
    askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this contact"), [this, contact = *contact](bool discard) {
        if (discard)
            showContact(contact);
        else
            m_table->selectRow(m_model->rowOfKey(m_shown));
    });
}

void ContactsPage::showContact(const Contact& contact)
{
    m_shown = contact.id;
    m_editor->setContact(contact);
    loadDevices();
    m_detail->setCurrentWidget(m_editor);
    m_detail->show();
}

// They come and go without anybody's doing here.
void ContactsPage::loadDevices()
{
    if (m_shown == 0)
        return;
    whenReady(services().devices.ofContact(m_shown), this, [this, id = m_shown](const Result<QList<Device>>& devices) {
        if (devices && id == m_shown)
            m_editor->setDevices(*devices);
    });
}

void ContactsPage::beginNew()
{
    askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this contact"), [this](bool discard) {
        if (!discard)
            return;
        m_table->clearSelection();
        showContact({});
        m_editor->focusFirst();
    });
}

void ContactsPage::save()
{
    m_editor->clearErrors();
    const Contact contact = m_editor->contact();
    whenReady(services().contacts.save(caller(), contact), this, [this, contact](const Result<qint64>& saved) {
        if (!saved) {
            if (!m_editor->showError(saved.error()))
                Q_EMIT problem(saved.error());
            return;
        }
        if (m_shown == contact.id) {
            m_shown = *saved;
            m_editor->setSaved(*saved);
        }
        Q_EMIT notice(tr("Contact saved."));
        m_model->refresh();
    });
}

void ContactsPage::sendNow()
{
    const auto contact = m_model->rowAs<Contact>(m_table->selectedRows().value(0, -1));
    if (!contact)
        return;
    auto* dialog = new SendNowDialog(services(), caller(), this);
    dialog->setContact(*contact);
    connect(dialog, &SendNowDialog::sent, this,
            [this](qint64 trigger) { Q_EMIT openDeliveries(u"trigger:%1"_qs.arg(trigger)); });
    dialog->open();
}

void ContactsPage::removeSelected()
{
    const QList<qint64> ids = selectedIds();
    const auto one = m_model->rowAs<Contact>(m_table->currentRow());
    if (!ids.isEmpty())
        remove(ids, ids.size() == 1 && one ? one->name : QString());
}

void ContactsPage::remove(const QList<qint64>& ids, const QString& name)
{
    const QString text = ids.size() == 1 && !name.isEmpty() ? tr("Delete %1?").arg(name)
        : ids.size() == 1                                   ? tr("Delete this contact?")
                                                            : tr("Delete %1 contacts?").arg(countText(ids.size()));
    const Question question{
        tr("Delete contacts"), text, tr("Their addresses and list memberships go, too. This cannot be undone."),
        ids.size() == 1 ? tr("Delete contact") : tr("Delete %1 contacts").arg(countText(ids.size())), true};
    prompts().confirm(this, question, [this, ids](bool yes) {
        if (!yes)
            return;
        whenReady(services().contacts.remove(caller(), ids), this, [this, ids](const Status& removed) {
            if (!removed) {
                Q_EMIT problem(removed.error());
                return;
            }
            if (ids.contains(m_shown)) {
                m_shown = 0;
                m_detail->setCurrentIndex(0);
            }
            Q_EMIT notice(ids.size() == 1 ? tr("Contact deleted.") : tr("%1 contacts deleted.").arg(countText(ids.size())));
            activate();
        });
    });
}

void ContactsPage::newList(const QList<qint64>& members)
{
    TextRequest request{tr("New list"), tr("Name of the list"), {}, tr("Create list"), {}};
    request.check = [lists = m_lists](const QString& name) {
        for (const ContactList& list : lists) {
            if (list.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0)
                return tr("There is a list of this name already.");
        }
        return name.trimmed().isEmpty() ? tr("Give the list a name.") : QString();
    };
    prompts().askText(this, request, [this, members](const QString& name) {
        whenReady(services().contacts.saveList(caller(), {0, name.trimmed(), 0, 0}), this,
                  [this, members, name](const Result<qint64>& id) {
                      if (!id) {
                          Q_EMIT problem(id.error());
                          return;
                      }
                      loadLists();
                      if (!members.isEmpty())
                          addSelectionTo(*id, name.trimmed());
                  });
    });
}

void ContactsPage::addSelectionTo(qint64 listId, const QString& name)
{
    const QList<qint64> ids = selectedIds();
    if (ids.isEmpty()) {
        Q_EMIT notice(tr("Choose the contacts to add first."));
        return;
    }
    whenReady(services().contacts.addToList(caller(), listId, ids), this, [this, ids, name](const Status& added) {
        if (!added)
            Q_EMIT problem(added.error());
        else
            Q_EMIT notice(ids.size() == 1 ? tr("1 contact added to \"%1\".").arg(name)
                                          : tr("%1 contacts added to \"%2\".").arg(countText(ids.size()), name));
        loadLists();
    });
}

void ContactsPage::pickFile()
{
    const FileRequest request{tr("Import contacts"), tr("Contact files (*.csv *.tsv *.txt);;All files (*)"), {}};
    prompts().openFile(this, request, [this](const QString& path) { import(path); });
}

void ContactsPage::import(const QString& path)
{
    auto* dialog = new ImportDialog(services().contacts, caller(), prompts(), path, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, &ContactsPage::activate);
    dialog->open();
}

void ContactsPage::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void ContactsPage::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    import(event->mimeData()->urls().first().toLocalFile());
}

} // namespace carillon::ui
