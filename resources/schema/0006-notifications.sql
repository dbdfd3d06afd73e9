-- What a contact's application shows: its inbox.

-- delivery_id: of what it came; none of a test. card: what CardBuilder makes of a topic's in_app template.
CREATE TABLE notification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    topic_id INTEGER,
    delivery_id INTEGER UNIQUE,
    card TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    archived_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notification_contact ON notification (contact_id, id);
CREATE INDEX notification_unread ON notification (contact_id, expires_at) WHERE read_at IS NULL AND archived_at IS NULL;
CREATE INDEX notification_expiry ON notification (expires_at);
