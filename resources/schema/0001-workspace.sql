-- The first schema: what one send needs from contacts to deliveries, and the log that everything else reads.
-- Times are UTC milliseconds. Names of states are those of engine/model/Names.h.

CREATE TABLE workspace (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE brand (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    postal_address TEXT NOT NULL,
    public_url TEXT NOT NULL,
    unsubscribe_mailto TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    external_id TEXT UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- value_key is the form under which two spellings of one address are equal.
CREATE TABLE address (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX address_contact ON address (contact_id);
CREATE INDEX address_value ON address (channel, value_key, contact_id);

CREATE TABLE list (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE list_member (
    list_id INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (list_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_member_contact ON list_member (contact_id);

CREATE TABLE suppression (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (channel, value_key)
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    channel TEXT NOT NULL,
    settings TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    brand_id INTEGER NOT NULL REFERENCES brand (id),
    uncertain_policy TEXT NOT NULL,
    lifetime_ms INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE route (
    id INTEGER PRIMARY KEY,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES account (id),
    position INTEGER NOT NULL,
    destination TEXT NOT NULL
) STRICT;
CREATE INDEX route_topic ON route (topic_id, position);
CREATE INDEX route_account ON route (account_id);

CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    topic_id INTEGER NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    locale TEXT NOT NULL,
    parts TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (topic_id, channel, locale)
) STRICT;

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    topic_id INTEGER NOT NULL REFERENCES topic (id),
    audience TEXT NOT NULL,
    data TEXT NOT NULL,
    state TEXT NOT NULL,
    resume_state TEXT NOT NULL,
    scheduled_at INTEGER NOT NULL,
    plan_cursor INTEGER NOT NULL,
    planned INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL
) STRICT;
CREATE INDEX campaign_state ON campaign (state);
CREATE INDEX campaign_topic ON campaign (topic_id);

-- A lease marks what one engine has claimed; it ends with the engine's run.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER REFERENCES campaign (id),
    topic_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    lease TEXT,
    provider_id TEXT NOT NULL,
    last_error TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_due ON delivery (campaign_id, account_id, due_at, id)
    WHERE state IN ('queued', 'retrying') AND lease IS NULL;
CREATE INDEX delivery_lease ON delivery (lease) WHERE lease IS NOT NULL;
CREATE INDEX delivery_open ON delivery (state, campaign_id) WHERE state IN ('queued', 'sending', 'retrying', 'uncertain');
CREATE INDEX delivery_campaign ON delivery (campaign_id, state);
CREATE INDEX delivery_contact ON delivery (contact_id);

CREATE TABLE left_out (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (campaign_id, contact_id, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX left_out_reason ON left_out (campaign_id, reason, contact_id);

CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    time INTEGER NOT NULL,
    type TEXT NOT NULL,
    actor TEXT NOT NULL,
    campaign_id INTEGER,
    delivery_id INTEGER,
    contact_id INTEGER,
    account_id INTEGER,
    channel TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX log_delivery ON log (delivery_id, seq) WHERE delivery_id IS NOT NULL;
CREATE INDEX log_outcome ON log (time, type, account_id)
    WHERE type IN ('delivery.sent', 'delivery.failed', 'delivery.bounced', 'delivery.retrying');
