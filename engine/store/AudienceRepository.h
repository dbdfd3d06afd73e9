// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"

#include <QHash>

namespace carillon {

class Connection;

// Who is in an audience, in pages by contact id, with what planning needs to know of each address. Throws SqlFailure, as
// everything that runs on a Connection does.
class AudienceRepository {
public:
    explicit AudienceRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Contact ids after `after`, ascending.
    QList<qint64> contactIds(const Audience& audience, qint64 after, int limit);
    qint64 count(const Audience& audience);

    // One row per contact and address on the channel, by contact id; a contact without an address has one row with addressId
    // 0.
    struct Candidate {
        qint64 contactId = 0;
        qint64 addressId = 0;
        QString value;
        AddressState state = AddressState::Active;
        bool suppressed = false;
        bool duplicate = false; // an earlier contact of the audience has the same active address
    };
    // Of the contacts with first <= id <= last that are in the audience. On the channel in_app a contact's one address is
    // its external id.
    QList<Candidate> candidates(const Audience& audience, const QString& channel, qint64 first, qint64 last);

    // Time zone and quiet hours of the contacts with first <= id <= last that are in the audience; of all, or of those alone
    // who have quiet hours of their own (nearly free when there are none).
    struct Times {
        QString zone;
        QString quietHours;
    };
    QHash<qint64, Times> times(const Audience& audience, qint64 first, qint64 last, bool quietAlone);

    // The locales of the contacts with first <= id <= last that are in the audience.
    QHash<qint64, QString> locales(const Audience& audience, qint64 first, qint64 last);

private:
    QList<Candidate> inboxes(const Audience& audience, const QString& channel, qint64 first, qint64 last);

    Connection& m_connection;
};

} // namespace carillon
