-- record.db, from schema 2 to 3: what the intake must account for.

-- SHA-256 that the batch says its agent's former batch has; null where the agent keeps no chain.
ALTER TABLE batches ADD COLUMN prev BLOB;
CREATE TRIGGER batches_keep_prev BEFORE UPDATE OF prev ON batches
BEGIN SELECT raise(ABORT, 'batches are never edited'); END;

-- section: what the topic claims; empty where it claims none. readings, first_time, last_time: of a batch that could be
-- read and was refused all the same; 0 and null of bytes that could not be read.
ALTER TABLE dead_letters ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE dead_letters ADD COLUMN readings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dead_letters ADD COLUMN first_time INTEGER;
ALTER TABLE dead_letters ADD COLUMN last_time INTEGER;
UPDATE dead_letters
    SET section = substr(topic, 12, instr(substr(topic, 12), '/') - 1)
    WHERE substr(topic, 1, 11) = 'monitor/v1/' AND instr(substr(topic, 12), '/') > 1;
CREATE INDEX dead_letters_by_section ON dead_letters (section, received);

-- What happened to an agent's connection or identity and people should know; one row for each agent, kind and UTC day
-- (days since 1970), so that what repeats itself without end is counted and does not fill the disk.
CREATE TABLE alarms (
    id     INTEGER PRIMARY KEY,
    agent  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    day    INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    times  INTEGER NOT NULL DEFAULT 1,
    detail TEXT NOT NULL,
    UNIQUE (agent, kind, day)
) STRICT;

-- The last retained message of a topic: an agent's state (birth or will) or its description.
CREATE TABLE retained (
    topic    TEXT PRIMARY KEY,
    agent    TEXT NOT NULL,
    received INTEGER NOT NULL,
    payload  BLOB NOT NULL
) STRICT;
