-- No number is given twice. What was removed is still meant by deliveries and log entries, by tokens of devices and inboxes,
-- and by the vault's keys: a newcomer with its number would be taken for it.

-- SQLite cannot add AUTOINCREMENT to a table, and these cannot be made anew while others refer to them. The rows stay as
-- they are, so only the description is changed; see "Making Other Kinds Of Table Schema Changes" in its documentation.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'id INTEGER PRIMARY KEY,', 'id INTEGER PRIMARY KEY AUTOINCREMENT,')
    WHERE type = 'table' AND name IN ('account', 'address', 'campaign', 'contact', 'topic');
PRAGMA writable_schema = RESET;
DELETE FROM sqlite_sequence WHERE name IN ('account', 'address', 'campaign', 'contact', 'topic');
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'address', COALESCE(MAX(id), 0) FROM address
    UNION ALL SELECT 'campaign', COALESCE(MAX(id), 0) FROM campaign
    UNION ALL SELECT 'contact', MAX(COALESCE((SELECT MAX(id) FROM contact), 0), COALESCE(MAX(contact_id), 0)) FROM delivery
    UNION ALL SELECT 'topic', MAX(COALESCE((SELECT MAX(id) FROM topic), 0), COALESCE(MAX(topic_id), 0)) FROM delivery
    UNION ALL SELECT 'account', MAX(COALESCE((SELECT MAX(id) FROM account), 0), COALESCE(MAX(account_id), 0)) FROM delivery;
