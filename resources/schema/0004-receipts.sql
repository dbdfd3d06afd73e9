-- What platforms tell later of the messages that they took.

-- Which delivery a platform's id stands for. Only of accounts whose platform tells: nobody else pays for it.
CREATE TABLE receipt_key (
    account_id INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    delivery_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, provider_id)
) STRICT, WITHOUT ROWID;

-- Receipts that came before the send was recorded wait for that. time: when it happened, as the platform says; it tells an
-- engagement of its repetition.
CREATE TABLE receipt_waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,
    time INTEGER NOT NULL,
    suppress INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (account_id, provider_id, kind, time)
) STRICT;
CREATE INDEX receipt_waiting_age ON receipt_waiting (received_at);

-- The messages that came in lately, by the platform's ids: a repetition is known by them.
CREATE TABLE message_received (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (account_id, message_id)
) STRICT;
CREATE INDEX message_received_age ON message_received (received_at);
