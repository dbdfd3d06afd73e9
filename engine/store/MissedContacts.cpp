// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/MissedContacts.h"

#include "engine/model/Names.h"

namespace carillon {

namespace {

QByteArray quoted(const QString& text)
{
    return '\'' + text.toUtf8().replace('\'', "''").replace('\0', "") + '\'';
}

// The unary plus keeps SQLite from walking all of a campaign's deliveries in a state: a contact's own are few.
QByteArray gotNothingElse(const MissedAudience& missed, const QByteArray& column)
{
    return "NOT EXISTS (SELECT 1 FROM delivery AS got WHERE got.contact_id = " + column
        + " AND +got.campaign_id = " + QByteArray::number(missed.campaignId)
        + " AND +got.state IN ('queued', 'sending', 'retrying', 'sent', 'delivered'))";
}

// One stretch of an index, for a state or a reason.
struct Part {
    QByteArray table;
    QByteArray condition;
};

QList<Part> parts(const MissedAudience& missed)
{
    const QByteArray campaign = "campaign_id = " + QByteArray::number(missed.campaignId);
    QList<Part> parts;
    for (const DeliveryState state : missed.states)
        parts << Part{"delivery", campaign + " AND state = " + quoted(nameOf(state))};
    for (const QString& reason : missed.reasons)
        parts << Part{"left_out", campaign + " AND reason = " + quoted(reason)};
    return parts;
}

QByteArray joined(const QList<QByteArray>& selects, const QByteArray& with, const QByteArray& none)
{
    return selects.isEmpty() ? none : selects.join(with);
}

QByteArray selecting(const MissedAudience& missed, const Part& part)
{
    const QByteArray contact = part.table + ".contact_id";
    return "SELECT DISTINCT contact_id FROM " + part.table + " WHERE " + part.condition
        + " AND EXISTS (SELECT 1 FROM contact WHERE contact.id = " + contact + ") AND " + gotNothingElse(missed, contact);
}

const QByteArray nobody = "SELECT NULL AS contact_id WHERE 0";

} // namespace

const QList<DeliveryState>& missedStates()
{
    static const QList<DeliveryState> states{DeliveryState::Failed,  DeliveryState::Bounced,   DeliveryState::Uncertain,
                                             DeliveryState::Expired, DeliveryState::Cancelled, DeliveryState::Suppressed};
    return states;
}

QByteArray missedCondition(const MissedAudience& missed, const QByteArray& column)
{
    QList<QByteArray> conditions;
    for (const Part& part : parts(missed))
        conditions << "EXISTS (SELECT 1 FROM " + part.table + " WHERE " + part.condition + " AND contact_id = " + column
                + ")";
    return "((" + joined(conditions, " OR ", "0") + ") AND " + gotNothingElse(missed, column) + ")";
}

QByteArray missedPage(const MissedAudience& missed)
{
    QList<QByteArray> selects;
    for (const Part& part : parts(missed))
        selects << "SELECT contact_id FROM (" + selecting(missed, part)
                + " AND contact_id > ?1 GROUP BY contact_id ORDER BY contact_id LIMIT ?2)";
    return "SELECT contact_id FROM (" + joined(selects, " UNION ", nobody) + ") ORDER BY contact_id LIMIT ?2";
}

QByteArray missedContacts(const MissedAudience& missed)
{
    QList<QByteArray> selects;
    for (const Part& part : parts(missed))
        selects << selecting(missed, part);
    return joined(selects, " UNION ", nobody);
}

} // namespace carillon
