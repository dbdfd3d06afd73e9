// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"

namespace carillon {

// The states of deliveries that missed their contact.
const QList<DeliveryState>& missedStates();

// Whom a campaign missed, as SQL for the audience's questions. Numbers, our own names and quoted text are all that is put
// into it. Who got another of the campaign's deliveries, or may still get it, was not missed.
//
// Each part reads one stretch of an index in the order of contact ids (delivery_missed, left_out_reason): a page costs as
// much as it has contacts, however many there are.

// A condition on a column that holds contact ids.
QByteArray missedCondition(const MissedAudience& missed, const QByteArray& column);
// A SELECT of the ids (column contact_id, each once, of contacts that are still there) after ?1, ?2 at the most, in order.
QByteArray missedPage(const MissedAudience& missed);
// A SELECT of all of them, in no order.
QByteArray missedContacts(const MissedAudience& missed);

} // namespace carillon
