-- ledger.db: append-only. The hash covers exactly the stored bytes; number and key repeat what the bytes say.
CREATE TABLE entries (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    key    TEXT NOT NULL UNIQUE,
    hash   TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    bytes  BLOB NOT NULL
) STRICT;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'ledger entries are never edited'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'ledger entries are never deleted'); END;
CREATE TRIGGER entries_follow BEFORE INSERT ON entries
WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT raise(ABORT, 'ledger entries are numbered without gaps'); END;
