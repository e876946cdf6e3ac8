-- record.db, from schema 1 to 2: what judgements read besides readings. It takes its positions from the same sequence.

-- recorded: UTC milliseconds since 1970. body: one JSON object, byte for byte. key: the record's name for ever.
CREATE TABLE records (
    position INTEGER PRIMARY KEY CHECK (position >= 1),
    kind     TEXT NOT NULL CHECK (kind IN ('registry', 'review', 'suspension', 'lifting', 'calibration')),
    subject  TEXT NOT NULL CHECK (length(subject) >= 1),
    key      TEXT NOT NULL UNIQUE CHECK (length(key) >= 1),
    recorded INTEGER NOT NULL,
    body     BLOB NOT NULL
) STRICT;
CREATE INDEX records_by_subject ON records (subject, position);
CREATE TRIGGER records_stay BEFORE UPDATE ON records
BEGIN SELECT raise(ABORT, 'records are never edited'); END;
CREATE TRIGGER records_remain BEFORE DELETE ON records
BEGIN SELECT raise(ABORT, 'records are never deleted'); END;
-- The sequence first, then the record: so no record can stand where a reading stands.
CREATE TRIGGER records_follow BEFORE INSERT ON records
WHEN new.position <> (SELECT last FROM positions) OR EXISTS (SELECT 1 FROM readings WHERE position = new.position)
BEGIN SELECT raise(ABORT, 'a record takes the next position of the sequence'); END;
