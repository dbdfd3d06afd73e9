// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Contact.h"
#include "engine/model/Import.h"
#include "engine/model/Page.h"

#include <QObject>

#include <memory>

namespace carillon {

class Clock;
class Store;

struct ContactQuery {
    QString search; // in name, external id and addresses; empty: all
    qint64 listId = 0; // 0: any
};

// One running import. Belongs to the caller and lives in his thread; destroying it cancels the import.
class ImportRun : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual ImportProgress progress() const = 0;
    virtual void cancel() = 0;
    // Writes one line per refused row as CSV: line, reason, explanation, the row's own columns. After finished().
    virtual Status saveReport(const QString& path) const = 0;

Q_SIGNALS:
    void progressed(const carillon::ImportProgress& progress); // a few times a second
    void finished(const carillon::ImportProgress& progress); // once: done, cancelled, or failed
};

// The contact with its addresses in their proper form, or what is wrong with it.
Result<Contact> checkedContact(Contact contact);

// Operations on contacts, lists and suppressions. Thread-safe; answers come from a thread of the store.
class ContactService {
public:
    ContactService(Store& store, const Clock& clock);

    Future<Page<Contact>> page(const ContactQuery& query, const PageRequest& request) const;
    Future<Contact> get(qint64 id) const;
    // Those of them that exist, in this order; of the first 1000 at the most.
    Future<QList<Contact>> some(const QList<qint64>& ids) const;
    // Operator. Gives the id; addresses missing from it are removed.
    Future<qint64> save(const Caller& caller, const Contact& contact);
    Future<void> remove(const Caller& caller, const QList<qint64>& ids);
    // The attribute keys that contacts really have, the most frequent first (from a bounded sample).
    Future<QStringList> attributeKeys() const;

    Future<QList<ContactList>> lists() const;
    // Operator. Gives the id; refuses a taken or empty name.
    Future<qint64> saveList(const Caller& caller, const ContactList& list);
    Future<void> addToList(const Caller& caller, qint64 listId, const QList<qint64>& contactIds);

    Future<Page<Suppression>> suppressions(const PageRequest& request) const;
    Future<void> suppress(const Caller& caller, const Suppression& suppression);
    Future<void> unsuppress(const Caller& caller, qint64 id);

    // Looks at the beginning of a file of contacts: encoding, delimiter, columns, first rows.
    Future<ImportInspection> inspect(const QString& path) const;
    // Operator. Starts reading at once.
    Result<std::unique_ptr<ImportRun>> startImport(const Caller& caller, const QString& path, const ImportOptions& options);

private:
    Store& m_store;
    const Clock& m_clock;
};

} // namespace carillon
