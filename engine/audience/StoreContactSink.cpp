// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/StoreContactSink.h"

#include "engine/base/Clock.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/ListRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <algorithm>

namespace carillon {

namespace {

std::optional<qint64> findSame(ContactRepository& contacts, const Contact& row)
{
    for (const Address& address : row.addresses) {
        if (address.channel != QStringLiteral("email"))
            continue;
        if (const std::optional<qint64> id = contacts.findByAddress(address.channel, address.value))
            return id;
    }
    return contacts.findByExternalId(row.externalId);
}

void overwrite(QString& value, const QString& given)
{
    if (!given.isEmpty())
        value = given;
}

void merge(Contact& contact, const Contact& row)
{
    overwrite(contact.externalId, row.externalId);
    overwrite(contact.name, row.name);
    overwrite(contact.locale, row.locale);
    overwrite(contact.timeZone, row.timeZone);
    for (auto attribute = row.attributes.begin(); attribute != row.attributes.end(); ++attribute)
        contact.attributes.insert(attribute.key(), attribute.value());
    for (const Address& address : row.addresses) {
        const QString key = addressKey(address.channel, address.value);
        const bool known = std::any_of(contact.addresses.begin(), contact.addresses.end(), [&](const Address& other) {
            return other.channel == address.channel && addressKey(other.channel, other.value) == key;
        });
        if (!known)
            contact.addresses << address;
    }
}

// An external id is one contact's alone: a row must not take that of another.
bool externalIdTaken(ContactRepository& contacts, const Contact& row, std::optional<qint64> except)
{
    const std::optional<qint64> owner = contacts.findByExternalId(row.externalId);
    return owner && owner != except;
}

RowOutcome storeRow(ContactRepository& contacts, Contact row, DuplicatePolicy policy, qint64 now, qint64& id)
{
    const std::optional<qint64> same = findSame(contacts, row);
    if (externalIdTaken(contacts, row, same))
        row.externalId.clear();
    row.updatedAt = now;
    if (!same) {
        row.createdAt = now;
        id = contacts.insert(row);
        return RowOutcome::Inserted;
    }
    id = *same;
    if (policy == DuplicatePolicy::Skip)
        return RowOutcome::Duplicate;
    Contact contact = *contacts.find(id);
    merge(contact, row);
    contact.updatedAt = now;
    contacts.update(contact);
    return RowOutcome::Updated;
}

} // namespace

StoreContactSink::StoreContactSink(Store& store, const Clock& clock, QString actor)
    : m_store(store)
    , m_clock(clock)
    , m_actor(std::move(actor))
{
}

QFuture<Result<BatchOutcome>> StoreContactSink::store(ImportBatch batch)
{
    return m_store.write(
        [batch = std::move(batch), actor = m_actor, now = m_clock.now()](Connection& connection) -> Result<BatchOutcome> {
            ContactRepository contacts(connection);
            BatchOutcome outcome;
            qint64 inserted = 0;
            qint64 updated = 0;
            for (const ImportRow& row : batch.rows) {
                qint64 id = 0;
                outcome.rows << storeRow(contacts, row.contact, batch.duplicatePolicy, now, id);
                inserted += outcome.rows.last() == RowOutcome::Inserted ? 1 : 0;
                updated += outcome.rows.last() == RowOutcome::Updated ? 1 : 0;
                if (batch.listId != 0)
                    ListRepository(connection).add(batch.listId, id);
            }
            LogRepository(connection)
                .append({0,
                         now,
                         QStringLiteral("contact.imported"),
                         actor,
                         0,
                         0,
                         0,
                         0,
                         {},
                         {{QStringLiteral("inserted"), inserted}, {QStringLiteral("updated"), updated}}});
            return outcome;
        });
}

} // namespace carillon
