// SPDX-License-Identifier: GPL-3.0-or-later
// The mistakes that can be built in: as triggers of the database, so that the engine itself stays as it is.
#include "Simulation.h"

#include "engine/store/Connection.h"

namespace carillon::simulation {

namespace {

struct Named {
    Mutation mutation;
    const char* name;
    const char* sql;
};

constexpr Named mutations[] = {
    {Mutation::None, "none", ""},
    {Mutation::LosesEntries, "loses-entries",
     "CREATE TRIGGER mutation AFTER INSERT ON log WHEN NEW.type = 'delivery.sent' AND NEW.delivery_id % 3 = 0"
     " BEGIN UPDATE log SET type = 'nothing.happened' WHERE seq = NEW.seq; END"},
    {Mutation::LosesDeliveries, "loses-deliveries",
     "CREATE TRIGGER mutation AFTER INSERT ON delivery WHEN NEW.id % 5 = 0"
     " BEGIN UPDATE delivery SET state = 'cancelled' WHERE id = NEW.id; END"},
    {Mutation::SendsAgain, "sends-again",
     "CREATE TRIGGER mutation AFTER INSERT ON log WHEN NEW.type = 'delivery.sent' AND NEW.delivery_id % 5 = 0"
     " BEGIN UPDATE delivery SET state = 'retrying' WHERE id = NEW.delivery_id;"
     " UPDATE log SET type = 'delivery.retrying' WHERE seq = NEW.seq; END"},
    {Mutation::CountsTooMuch, "counts-too-much",
     "CREATE TRIGGER mutation AFTER UPDATE OF state ON delivery WHEN OLD.state = 'sending' AND NEW.state = 'queued'"
     " BEGIN UPDATE delivery SET attempts = attempts + 1 WHERE id = NEW.id; END"},
    {Mutation::PlansTooFew, "plans-too-few",
     "CREATE TRIGGER mutation AFTER INSERT ON left_out BEGIN DELETE FROM left_out WHERE contact_id = NEW.contact_id; END"},
    {Mutation::ForgetsPause, "forgets-pause",
     "CREATE TRIGGER mutation AFTER UPDATE OF state ON campaign WHEN NEW.state = 'paused'"
     " BEGIN UPDATE campaign SET state = 'sending' WHERE id = NEW.id; END"},
    {Mutation::PlatformLies, "platform-lies", ""},
    {Mutation::ForgetsLimits, "forgets-limits", "UPDATE account SET limits = '{}'"},
    {Mutation::ForgetsThrottles, "forgets-throttles", "UPDATE campaign SET control = json_remove(control, '$.per_minute')"},
    {Mutation::ForgetsCanaries, "forgets-canaries", "UPDATE campaign SET control = json_remove(control, '$.canary')"},
    {Mutation::ForgetsWaits, "forgets-waits", ""},
    {Mutation::ForgetsOutages, "forgets-outages", ""},
    {Mutation::ForgetsKeys, "forgets-keys",
     "CREATE TRIGGER mutation AFTER INSERT ON idempotency BEGIN DELETE FROM idempotency WHERE key = NEW.key; END"},
    {Mutation::ForgetsHolds, "forgets-holds",
     "CREATE TRIGGER mutation AFTER UPDATE OF scheduled_at ON campaign WHEN NEW.scheduled_at <> 0"
     " BEGIN UPDATE campaign SET scheduled_at = 0 WHERE id = NEW.id; END"},
    {Mutation::ForgetsWindows, "forgets-windows", "UPDATE campaign SET schedule = json_remove(schedule, '$.window')"},
    {Mutation::SendsToAll, "sends-to-all",
     "CREATE TRIGGER mutation AFTER INSERT ON campaign WHEN NEW.audience LIKE '%missed%'"
     " BEGIN UPDATE campaign SET audience = '{\"everyone\":true}' WHERE id = NEW.id; END"},
    {Mutation::LosesEarlyReceipts, "loses-early-receipts",
     "CREATE TRIGGER mutation AFTER INSERT ON receipt_waiting BEGIN DELETE FROM receipt_waiting WHERE id = NEW.id; END"},
    {Mutation::LosesReceiptIds, "loses-receipt-ids",
     "CREATE TRIGGER mutation AFTER INSERT ON receipt_key"
     " BEGIN DELETE FROM receipt_key WHERE account_id = NEW.account_id AND provider_id = NEW.provider_id; END"},
    {Mutation::KeepsOlderReceipts, "keeps-older-receipts",
     "CREATE TRIGGER mutation AFTER INSERT ON log WHEN NEW.actor = 'platform'"
     " AND NEW.type IN ('delivery.delivered', 'delivery.bounced') AND (SELECT type FROM log WHERE seq < NEW.seq"
     " AND delivery_id = NEW.delivery_id AND type LIKE 'delivery.%' ORDER BY seq DESC LIMIT 1) = 'delivery.failed'"
     " BEGIN UPDATE delivery SET state = 'failed' WHERE id = NEW.delivery_id;"
     " UPDATE log SET type = 'nothing.happened' WHERE seq = NEW.seq; END"},
    {Mutation::ForgetsComplaints, "forgets-complaints",
     "CREATE TRIGGER mutation AFTER INSERT ON suppression WHEN NEW.reason = 'complained'"
     " BEGIN DELETE FROM suppression WHERE id = NEW.id; END"},
    {Mutation::SuppressesTooMuch, "suppresses-too-much",
     "CREATE TRIGGER mutation AFTER UPDATE OF state ON delivery WHEN OLD.state = 'sent' AND NEW.state = 'failed'"
     " BEGIN INSERT OR IGNORE INTO suppression (channel, value, value_key, reason, note, created_at)"
     " VALUES (NEW.channel, NEW.address, lower(NEW.address), 'refused', '', 1); END"},
    {Mutation::CountsReadingTwice, "counts-reading-twice",
     "CREATE TRIGGER mutation AFTER INSERT ON engagement WHEN NEW.kind = 'read'"
     " BEGIN INSERT INTO engagement (delivery_id, kind, time) VALUES (NEW.delivery_id, NEW.kind, NEW.time); END"},
    {Mutation::BelievesTooSoon, "believes-too-soon", ""},
};

} // namespace

QStringList mutationNames()
{
    QStringList names;
    for (const Named& named : mutations)
        names << QString::fromLatin1(named.name);
    return names;
}

std::optional<Mutation> mutationOf(const QString& name)
{
    for (const Named& named : mutations) {
        if (name == QLatin1String(named.name))
            return named.mutation;
    }
    return {};
}

void Simulation::mutate(Connection& connection) const
{
    for (const Named& named : mutations) {
        if (named.mutation == m_mutation)
            connection.script(named.sql);
    }
}

} // namespace carillon::simulation
