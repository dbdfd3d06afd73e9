// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ContactService.h"

#include "engine/base/Clock.h"
#include "engine/model/EmailAddress.h"
#include "engine/model/PushSubscription.h"
#include "engine/model/Schedule.h"
#include "engine/service/Audit.h"
#include "engine/service/ContactImportRun.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/ListRepository.h"
#include "engine/store/Store.h"
#include "engine/store/SuppressionRepository.h"

#include <QCoreApplication>
#include <QTimeZone>
#include <QtConcurrent>

namespace carillon {

namespace {

constexpr int maxRows = 1000;
constexpr qsizetype longestShown = 80; // of an address that is wrong

QString tr(const char* text)
{
    return QCoreApplication::translate("ContactService", text);
}

// The form in which an address is kept, where its channel has one.
Result<QString> properAddress(const Address& address)
{
    if (address.channel == QStringLiteral("email"))
        return parseEmailAddress(address.value);
    if (address.channel != QStringLiteral("web_push"))
        return address.value;
    const Result<PushSubscription> subscription = PushSubscription::parse(address.value);
    return subscription ? Result<QString>(subscription->text()) : fail(subscription.error());
}

} // namespace

Result<Contact> checkedContact(Contact contact)
{
    contact.name = contact.name.trimmed();
    contact.externalId = contact.externalId.trimmed();
    if (contact.name.isEmpty() && contact.externalId.isEmpty() && contact.addresses.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The contact needs a name, an external id or an address."),
                    QStringLiteral("name"));
    if (contact.quietHours != u"none" && !contact.quietHours.isEmpty()) {
        const Result<DayPart> quiet = DayPart::parse(contact.quietHours);
        if (!quiet)
            return fail(ErrorCode::InvalidInput, quiet.error().message, QStringLiteral("quiet_hours"));
        contact.quietHours = quiet->text();
    }
    if (!contact.timeZone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(contact.timeZone.toUtf8()))
        return fail(ErrorCode::InvalidInput,
                    tr("There is no time zone \"%1\". Use a name like Europe/Madrid.").arg(contact.timeZone),
                    QStringLiteral("time_zone"));
    for (Address& address : contact.addresses) {
        if (address.channel.isEmpty() || address.value.trimmed().isEmpty())
            return fail(ErrorCode::InvalidInput, tr("An address needs a channel and a value."), QStringLiteral("addresses"));
        const Result<QString> parsed = properAddress(address);
        if (!parsed)
            return fail(ErrorCode::InvalidInput, tr("%1: %2").arg(address.value.left(longestShown), parsed.error().message),
                        QStringLiteral("addresses"));
        address.value = *parsed;
    }
    return contact;
}

namespace {

LogEntry about(qint64 contactId)
{
    LogEntry entry;
    entry.contactId = contactId;
    return entry;
}

} // namespace

ContactService::ContactService(Store& store, const Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

Future<Page<Contact>> ContactService::page(const ContactQuery& query, const PageRequest& request) const
{
    return m_store.read([query, request](Connection& connection) -> Result<Page<Contact>> {
        ContactRepository contacts(connection);
        return Page<Contact>{contacts.page(query.search, query.listId, request.offset, qBound(1, request.limit, maxRows)),
                             contacts.count(query.search, query.listId)};
    });
}

Future<Contact> ContactService::get(qint64 id) const
{
    return m_store.read([id](Connection& connection) -> Result<Contact> {
        const std::optional<Contact> contact = ContactRepository(connection).find(id);
        if (!contact)
            return fail(ErrorCode::NotFound, tr("There is no contact %1.").arg(id));
        return *contact;
    });
}

Future<QList<Contact>> ContactService::some(const QList<qint64>& ids) const
{
    return m_store.read([ids = ids.mid(0, maxRows)](Connection& connection) -> Result<QList<Contact>> {
        return ContactRepository(connection).findAll(ids);
    });
}

Future<qint64> ContactService::save(const Caller& caller, const Contact& contact)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    const Result<Contact> good = checkedContact(contact);
    if (!good)
        return readyFuture<qint64>(fail(good.error()));
    return m_store.write([caller, saved = *good, now = m_clock.now()](Connection& connection) mutable -> Result<qint64> {
        ContactRepository contacts(connection);
        const std::optional<qint64> same = contacts.findByExternalId(saved.externalId);
        if (same && *same != saved.id)
            return fail(ErrorCode::Conflict, tr("Another contact has the external id %1.").arg(saved.externalId),
                        QStringLiteral("external_id"));
        saved.updatedAt = now;
        if (saved.id == 0) {
            saved.createdAt = now;
            saved.id = contacts.insert(saved);
        } else if (contacts.find(saved.id)) {
            contacts.update(saved);
        } else {
            return fail(ErrorCode::NotFound, tr("There is no contact %1.").arg(saved.id));
        }
        audit(connection, caller, QStringLiteral("contact.saved"), now, {{QStringLiteral("name"), saved.name}},
              about(saved.id));
        return saved.id;
    });
}

Future<void> ContactService::remove(const Caller& caller, const QList<qint64>& ids)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, ids, now = m_clock.now()](Connection& connection) -> Status {
        for (const qint64 id : ids) {
            ContactRepository(connection).remove(id);
            audit(connection, caller, QStringLiteral("contact.removed"), now, {}, about(id));
        }
        return {};
    });
}

Future<QStringList> ContactService::attributeKeys() const
{
    return m_store.read(
        [](Connection& connection) -> Result<QStringList> { return ContactRepository(connection).attributeKeys(); });
}

Future<QList<ContactList>> ContactService::lists() const
{
    return m_store.read(
        [](Connection& connection) -> Result<QList<ContactList>> { return ListRepository(connection).all(); });
}

Future<qint64> ContactService::saveList(const Caller& caller, const ContactList& list)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    if (list.name.trimmed().isEmpty())
        return readyFuture<qint64>(fail(ErrorCode::InvalidInput, tr("The list needs a name."), QStringLiteral("name")));
    return m_store.write([caller, list, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        ListRepository lists(connection);
        ContactList saved = list;
        saved.name = list.name.trimmed();
        saved.createdAt = now;
        const std::optional<ContactList> same = lists.findByName(saved.name);
        if (same && same->id != saved.id)
            return fail(ErrorCode::Conflict, tr("There is a list called %1 already.").arg(saved.name),
                        QStringLiteral("name"));
        saved.id = lists.save(saved);
        audit(connection, caller, QStringLiteral("list.saved"), now,
              {{QStringLiteral("list_id"), saved.id}, {QStringLiteral("name"), saved.name}});
        return saved.id;
    });
}

Future<void> ContactService::addToList(const Caller& caller, qint64 listId, const QList<qint64>& contactIds)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, listId, contactIds, now = m_clock.now()](Connection& connection) -> Status {
        for (const qint64 id : contactIds)
            ListRepository(connection).add(listId, id);
        audit(connection, caller, QStringLiteral("list.extended"), now,
              {{QStringLiteral("list_id"), listId}, {QStringLiteral("contacts"), contactIds.size()}});
        return {};
    });
}

Future<Page<Suppression>> ContactService::suppressions(const PageRequest& request) const
{
    return m_store.read([request](Connection& connection) -> Result<Page<Suppression>> {
        SuppressionRepository suppressions(connection);
        return Page<Suppression>{suppressions.page(request.offset, qBound(1, request.limit, maxRows)), suppressions.count()};
    });
}

Future<void> ContactService::suppress(const Caller& caller, const Suppression& suppression)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    if (suppression.channel.isEmpty() || suppression.value.trimmed().isEmpty())
        return readyFuture<void>(
            fail(ErrorCode::InvalidInput, tr("A suppression needs a channel and an address."), QStringLiteral("value")));
    return m_store.write([caller, suppression, now = m_clock.now()](Connection& connection) -> Status {
        Suppression added = suppression;
        added.createdAt = now;
        if (added.reason.isEmpty())
            added.reason = QStringLiteral("manual");
        SuppressionRepository(connection).add(added);
        LogEntry entry;
        entry.channel = added.channel;
        audit(connection, caller, QStringLiteral("address.suppressed"), now,
              {{QStringLiteral("address"), shownAddress(added.channel, added.value)},
               {QStringLiteral("reason"), added.reason}},
              entry);
        return {};
    });
}

Future<void> ContactService::unsuppress(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        SuppressionRepository suppressions(connection);
        const std::optional<Suppression> suppression = suppressions.find(id);
        if (!suppression)
            return fail(ErrorCode::NotFound, tr("This suppression does not exist any more."));
        suppressions.remove(id);
        LogEntry entry;
        entry.channel = suppression->channel;
        audit(connection, caller, QStringLiteral("address.unsuppressed"), now,
              {{QStringLiteral("address"), shownAddress(suppression->channel, suppression->value)}}, entry);
        return {};
    });
}

Future<ImportInspection> ContactService::inspect(const QString& path) const
{
    return QtConcurrent::run([path] { return inspectContactFile(path); });
}

Result<std::unique_ptr<ImportRun>> ContactService::startImport(const Caller& caller, const QString& path,
                                                               const ImportOptions& options)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return fail(allowed.error());
    auto run = std::make_unique<ContactImportRun>(m_store, m_clock, caller, path, options);
    run->start();
    return run;
}

} // namespace carillon
