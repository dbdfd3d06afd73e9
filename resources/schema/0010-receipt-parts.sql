-- Parts of messages that platforms take in several, each with an id and receipts of its own.

-- first_id: that of the message's first part, by which its delivery is known (receipt_key). Of messages with one part there is
-- nothing here.
CREATE TABLE receipt_part (
    account_id INTEGER NOT NULL,
    provider_id TEXT NOT NULL,
    first_id TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    PRIMARY KEY (account_id, provider_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_part_first ON receipt_part (account_id, first_id);
