-- What is known of a device beside its address on a push channel: a browser's subscription, the token of an app.

-- label: as the site or the app calls it. seen_at: when it last registered, renewed itself or was clicked on. retired_at: 0
-- while it is in use; why it is not, else.
CREATE TABLE device (
    address_id INTEGER PRIMARY KEY REFERENCES address (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    platform TEXT NOT NULL,
    browser TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    clicked_at INTEGER NOT NULL,
    retired_at INTEGER NOT NULL,
    retired_why TEXT NOT NULL
) STRICT;
