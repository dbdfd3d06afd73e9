-- Content with its history: templates of every scope, their immutable versions, the files that they name, and what each
-- campaign has pinned.

-- One row per place where content stands: a topic, a category or a snippet's name; a channel, a locale, a brand, a variant.
-- topic_id is that of the scope 'topic', NULL for any other; brand_id 0 is every brand; key, channel, locale and variant are
-- '' where they do not matter. retired_at 0: it is in use. What was removed keeps its row and its versions, for the
-- campaigns that pinned them; content that is made anew at the same place goes on with their numbers.
ALTER TABLE template RENAME TO template_before;
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    topic_id INTEGER REFERENCES topic (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    locale TEXT NOT NULL,
    brand_id INTEGER NOT NULL,
    variant TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    retired_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX template_of_topic ON template (topic_id, channel, locale, brand_id, variant) WHERE topic_id IS NOT NULL;
CREATE UNIQUE INDEX template_shared ON template (scope, key, channel, locale, brand_id, variant) WHERE topic_id IS NULL;

-- autosaved 1: an editor saved it by itself while somebody typed, and may go on with it for a while (TemplateRepository::save).
CREATE TABLE template_version (
    template_id INTEGER NOT NULL REFERENCES template (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    parts TEXT NOT NULL,
    settings TEXT NOT NULL,
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    autosaved INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (template_id, number)
) STRICT;

INSERT INTO template (id, scope, topic_id, key, channel, locale, brand_id, variant, version, created_at, updated_at, retired_at)
    SELECT id, 'topic', topic_id, '', channel, locale, 0, '', 1, created_at, updated_at, 0 FROM template_before;
INSERT INTO template_version (template_id, number, parts, settings, author, note, autosaved, created_at)
    SELECT id, 1, parts, '{}', '', '', 0, updated_at FROM template_before;
DROP TABLE template_before;

-- A file that templates name by the SHA-256 of its bytes.
CREATE TABLE asset (
    hash TEXT NOT NULL PRIMARY KEY,
    data BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The versions that a campaign was scheduled with, snippets and texts included: it is sent with these and no others.
CREATE TABLE campaign_content (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    template_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, template_id),
    FOREIGN KEY (template_id, version) REFERENCES template_version (template_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_content_version ON campaign_content (template_id, version);

INSERT INTO campaign_content (campaign_id, template_id, version)
    SELECT campaign.id, template.id, 1 FROM campaign JOIN template ON template.topic_id = campaign.topic_id
    WHERE campaign.state <> 'draft';

-- Grows with every write of content, topics and brands: who keeps content in memory sees that it has changed.
INSERT INTO workspace (key, value) VALUES ('content_revision', '0');
