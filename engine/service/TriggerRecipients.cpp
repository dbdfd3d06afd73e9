// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TriggerRecipients.h"

#include "engine/model/EmailAddress.h"
#include "engine/service/Audit.h"
#include "engine/service/ContactService.h"
#include "engine/store/ContactRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TriggerService", text);
}

QString fieldOf(qsizetype index, const QString& member)
{
    return QStringLiteral("to[%1].%2").arg(index).arg(member);
}

Contact contactFor(const TriggerRecipient& recipient, qint64 now)
{
    Contact contact;
    contact.name = recipient.name;
    contact.locale = recipient.locale;
    contact.timeZone = recipient.timeZone;
    contact.addresses = {{0, 0, recipient.channel, recipient.address, AddressState::Active}};
    contact.createdAt = now;
    contact.updatedAt = now;
    return contact;
}

qint64 insert(Connection& connection, const Caller& caller, const Contact& contact, qint64 now)
{
    LogEntry about;
    about.contactId = ContactRepository(connection).insert(contact);
    about.channel = contact.addresses.first().channel;
    audit(connection, caller, QStringLiteral("contact.saved"), now, {{QStringLiteral("name"), contact.name}}, about);
    return about.contactId;
}

Result<TriggerTarget> byExternalId(Connection& connection, const TriggerRecipient& recipient, qsizetype index)
{
    const std::optional<qint64> id = ContactRepository(connection).findByExternalId(recipient.externalId);
    if (!id)
        return fail(ErrorCode::NotFound, tr("There is no contact with the external id \"%1\".").arg(recipient.externalId),
                    fieldOf(index, QStringLiteral("external_id")));
    return TriggerTarget{*id, {}, {}};
}

Result<TriggerTarget> byNumber(Connection& connection, qint64 id, qsizetype index)
{
    if (!ContactRepository(connection).find(id))
        return fail(ErrorCode::NotFound, tr("There is no contact %1.").arg(id), fieldOf(index, QStringLiteral("contact")));
    return TriggerTarget{id, {}, {}};
}

Result<TriggerTarget> byAddress(Connection& connection, const Caller& caller, const TriggerRecipient& recipient,
                                qsizetype index, qint64 now)
{
    const Result<Contact> contact = checkedContact(contactFor(recipient, now));
    if (!contact) {
        const bool ofAddress = contact.error().field == QStringLiteral("addresses");
        return fail(contact.error().code, contact.error().message,
                    fieldOf(index, ofAddress ? QStringLiteral("address") : contact.error().field));
    }
    const Address& address = contact->addresses.first();
    const std::optional<qint64> known = ContactRepository(connection).findByAddress(address.channel, address.value);
    return TriggerTarget{known ? *known : insert(connection, caller, *contact, now), address.channel,
                         addressKey(address.channel, address.value)};
}

} // namespace

Result<QList<TriggerTarget>> findTargets(Connection& connection, const Caller& caller,
                                         const QList<TriggerRecipient>& recipients, qint64 now)
{
    QList<TriggerTarget> targets;
    for (qsizetype i = 0; i < recipients.size(); ++i) {
        const TriggerRecipient& recipient = recipients.at(i);
        const Result<TriggerTarget> target = recipient.contactId != 0 ? byNumber(connection, recipient.contactId, i)
            : recipient.externalId.isEmpty()                          ? byAddress(connection, caller, recipient, i, now)
                                                                      : byExternalId(connection, recipient, i);
        if (!target)
            return fail(target.error());
        targets << *target;
    }
    return targets;
}

} // namespace carillon
