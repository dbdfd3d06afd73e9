-- A receipt that names its delivery waits for that, whatever becomes of the attempt that is under way; and one that
-- suppresses is another than one that does not.

-- delivery_id: 0 when the platform's id alone is known. suppress_times, suppress_days: see RefusalLimit.
CREATE TABLE receipt_waiting_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    delivery_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,
    time INTEGER NOT NULL,
    suppress INTEGER NOT NULL,
    suppress_times INTEGER NOT NULL,
    suppress_days INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (account_id, provider_id, delivery_id, kind, time, suppress)
) STRICT;
INSERT INTO receipt_waiting_new
    SELECT id, account_id, CASE WHEN provider_id LIKE 'delivery:%' THEN '' ELSE provider_id END,
           CASE WHEN provider_id LIKE 'delivery:%' THEN CAST(substr(provider_id, 10) AS INTEGER) ELSE 0 END,
           kind, reason, code, time, suppress, 0, 0, received_at
    FROM receipt_waiting;
DROP TABLE receipt_waiting;
ALTER TABLE receipt_waiting_new RENAME TO receipt_waiting;
CREATE INDEX receipt_waiting_age ON receipt_waiting (received_at);
CREATE INDEX receipt_waiting_delivery ON receipt_waiting (delivery_id) WHERE delivery_id <> 0;
