-- record.db: all that has a position. Raw is never edited: triggers refuse it.

-- The one position sequence of the store, in order of commit, without gaps. Whatever gets a position (readings,
-- reviews, suspensions, calibrations, registry changes) takes it here, in the transaction that stores it.
CREATE TABLE positions (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    last INTEGER NOT NULL CHECK (last >= 0)
) STRICT;
INSERT INTO positions (only, last) VALUES (1, 0);

-- An agent's outbox generation.
CREATE TABLE sources (
    id    INTEGER PRIMARY KEY,
    agent TEXT NOT NULL,
    boot  TEXT NOT NULL,
    UNIQUE (agent, boot)
) STRICT;

CREATE TABLE series (
    id         INTEGER PRIMARY KEY,
    section    TEXT NOT NULL,
    instrument TEXT NOT NULL,
    measurand  TEXT NOT NULL,
    statistic  TEXT NOT NULL CHECK (statistic IN ('rtd', 'min', 'hour', 'day')),
    unit       TEXT NOT NULL,
    UNIQUE (section, statistic, measurand, instrument, unit)
) STRICT;

-- One batch has a run of positions without gaps; the first names it. So a reading needs no column for its batch and
-- index (index = position - first), and one entry by time for the whole batch serves every question about its section.
-- sent, received, first_time, last_time: UTC milliseconds since 1970; first_time and last_time are the earliest and the
-- latest time among its readings. digest: SHA-256 of the payload.
CREATE TABLE batches (
    first      INTEGER PRIMARY KEY CHECK (first >= 1),
    readings   INTEGER NOT NULL CHECK (readings >= 1),
    source     INTEGER NOT NULL REFERENCES sources (id),
    seq        INTEGER NOT NULL,
    section    TEXT NOT NULL,
    first_time INTEGER NOT NULL,
    last_time  INTEGER NOT NULL,
    sent       INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    repeats    INTEGER NOT NULL DEFAULT 0,
    digest     BLOB NOT NULL,
    UNIQUE (source, seq)
) STRICT;
CREATE INDEX batches_by_section_time ON batches (section, last_time, first_time);

-- The bytes as they travelled: the evidence. Apart from batches, so that counting does not read them.
CREATE TABLE payloads (
    batch INTEGER PRIMARY KEY REFERENCES batches (first),
    bytes BLOB NOT NULL
) STRICT;

-- value = mantissa / 10^scale; qualifier 0 none, 1 below, 2 above.
CREATE TABLE readings (
    position  INTEGER PRIMARY KEY,
    series    INTEGER NOT NULL REFERENCES series (id),
    time      INTEGER NOT NULL,
    mantissa  INTEGER NOT NULL,
    scale     INTEGER NOT NULL,
    qualifier INTEGER NOT NULL,
    status    TEXT NOT NULL
) STRICT;

-- What could not be read or must not be believed. The same bytes again are counted, not kept again: a broken agent
-- that never stops must not fill the disk.
CREATE TABLE dead_letters (
    id       INTEGER PRIMARY KEY,
    received INTEGER NOT NULL,
    agent    TEXT NOT NULL,
    topic    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    digest   BLOB NOT NULL,
    repeats  INTEGER NOT NULL DEFAULT 0,
    payload  BLOB NOT NULL,
    UNIQUE (digest, agent, topic)
) STRICT;

CREATE TRIGGER readings_stay BEFORE UPDATE ON readings
BEGIN SELECT raise(ABORT, 'readings are never edited'); END;
CREATE TRIGGER readings_remain BEFORE DELETE ON readings
BEGIN SELECT raise(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER batches_stay BEFORE UPDATE OF
    first, readings, source, seq, section, first_time, last_time, sent, received, digest ON batches
BEGIN SELECT raise(ABORT, 'batches are never edited'); END;
CREATE TRIGGER batches_remain BEFORE DELETE ON batches
BEGIN SELECT raise(ABORT, 'batches are never deleted'); END;
CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads
BEGIN SELECT raise(ABORT, 'payloads are never edited'); END;
CREATE TRIGGER payloads_remain BEFORE DELETE ON payloads
BEGIN SELECT raise(ABORT, 'payloads are never deleted'); END;
CREATE TRIGGER positions_grow BEFORE UPDATE ON positions WHEN new.last < old.last
BEGIN SELECT raise(ABORT, 'positions never go back'); END;
