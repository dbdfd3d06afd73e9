-- Refusals that suppress an address only when they are repeated: when it was refused lately. A row goes once a message gets
-- there, once the address is suppressed, and when all in it is long past. times: UTC milliseconds, as a JSON list, oldest
-- first, no longer than the longest limit.
CREATE TABLE address_refusal (
    channel TEXT NOT NULL,
    value_key TEXT NOT NULL,
    times TEXT NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (channel, value_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_refusal_age ON address_refusal (last_at);
