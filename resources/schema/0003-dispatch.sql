-- What dispatch needs to be limited, scheduled, controlled and triggered.

-- JSON of engine/model: AccountLimits, DispatchRules, Schedule, CampaignControl, CampaignOrigin.
ALTER TABLE account ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
ALTER TABLE topic ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaign ADD COLUMN schedule TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaign ADD COLUMN control TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaign ADD COLUMN origin TEXT NOT NULL DEFAULT '{}';
-- Each occurrence of a series is one campaign, whatever clocks do.
CREATE UNIQUE INDEX campaign_occurrence ON campaign (json_extract(origin, '$.series'), json_extract(origin, '$.occurrence_at'))
    WHERE json_extract(origin, '$.series') IS NOT NULL;
-- Why it is paused, when nobody did it by hand (PauseReason); how its canary is doing (CanaryState).
ALTER TABLE campaign ADD COLUMN pause_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN canary TEXT NOT NULL DEFAULT '';

-- "22:00-07:00" in the contact's time zone; '': those of the topic; 'none': never quiet.
ALTER TABLE contact ADD COLUMN quiet_hours TEXT NOT NULL DEFAULT '';
CREATE INDEX contact_quiet ON contact (id) WHERE quiet_hours <> '';

-- A contact gets at the most so many notifications of a category within a window of time.
CREATE TABLE frequency_cap (
    category TEXT NOT NULL PRIMARY KEY,
    most INTEGER NOT NULL,
    window_ms INTEGER NOT NULL
) STRICT;

-- One send of a topic to named recipients.
CREATE TABLE "trigger" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic_id INTEGER NOT NULL,
    data TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The answer that a request got, given again to whoever repeats it within a day. scope: who asked for what.
CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (created_at);

-- trigger_id: of what it is, when of no campaign. route: the position of its route among the topic's; it goes on to the
-- next when an account is down or has refused. follows: the delivery on another channel that it steps in for.
ALTER TABLE delivery ADD COLUMN trigger_id INTEGER;
ALTER TABLE delivery ADD COLUMN route INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN follows INTEGER;
-- What is queued, for claims in order of due time; what is open or in any state, counted per campaign; what waits, for a
-- sweep: all by this one index, for each is paid with every change of a state.
DROP INDEX delivery_due;
DROP INDEX delivery_lease;
DROP INDEX delivery_open;
DROP INDEX delivery_campaign;
CREATE INDEX delivery_queue ON delivery (campaign_id, state, account_id, due_at);
-- lease: the run of the engine that has it on the wire. What is claimed and not begun is known to that engine alone.
UPDATE delivery SET lease = NULL WHERE state <> 'sending';

-- Entries for many deliveries at once, by their time (see LogRepository::ofDelivery).
CREATE INDEX log_bulk ON log (time) WHERE delivery_id IS NULL AND type IN ('delivery.queued', 'delivery.sending');

CREATE INDEX delivery_trigger ON delivery (trigger_id) WHERE trigger_id IS NOT NULL;
CREATE INDEX delivery_follows ON delivery (follows) WHERE follows IS NOT NULL;

-- Opened, clicked, read, replied: many per delivery, never part of its state.
CREATE TABLE engagement (
    id INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    time INTEGER NOT NULL
) STRICT;
CREATE INDEX engagement_delivery ON engagement (delivery_id, kind);

-- Whom a campaign missed, by contact: read in this order by "send to the missed". Only what went wrong is in it.
-- Comparisons, not a list: with every row written, SQLite would make a table of the list first, and throw it away after.
CREATE INDEX delivery_missed ON delivery (campaign_id, state, contact_id)
    WHERE state = 'failed' OR state = 'bounced' OR state = 'uncertain' OR state = 'expired' OR state = 'cancelled'
        OR state = 'suppressed';
DROP INDEX log_outcome;
CREATE INDEX log_outcome ON log (time, type, account_id)
    WHERE type = 'delivery.sent' OR type = 'delivery.failed' OR type = 'delivery.bounced' OR type = 'delivery.retrying';
