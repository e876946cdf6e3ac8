-- record.db, from schema 3 to 4: which batches came from a clock that deserves no belief.

-- Why the times of the batch are doubtful, in a sentence (ClockDoubt); null where they are not. Asked once, when it came in.
ALTER TABLE batches ADD COLUMN doubt TEXT;

-- Of what lies here already, by the same rules in the same order and words.
UPDATE batches SET doubt = 'The agent says that its clock is not set.'
    WHERE EXISTS (SELECT 1 FROM payloads p WHERE p.batch = batches.first AND json_valid(CAST(p.bytes AS TEXT))
        AND json_extract(CAST(p.bytes AS TEXT), '$.clk.src') = 'unset');
UPDATE batches SET doubt = 'The agent''s clock stood at '
        || strftime('%Y-%m-%dT%H:%M:%S', sent / 1000, 'unixepoch') || printf('.%03dZ.', sent % 1000)
    WHERE doubt IS NULL AND sent < 946684800000 AND sent >= 0;
UPDATE batches SET doubt = 'The batch was made at '
        || strftime('%Y-%m-%dT%H:%M:%S', sent / 1000, 'unixepoch') || printf('.%03dZ, after it came in.', sent % 1000)
    WHERE doubt IS NULL AND sent - received > 300000;
UPDATE batches SET doubt = 'A reading of '
        || strftime('%Y-%m-%dT%H:%M:%S', last_time / 1000, 'unixepoch') || printf('.%03dZ', last_time % 1000)
        || ' stands in a batch made at '
        || strftime('%Y-%m-%dT%H:%M:%S', sent / 1000, 'unixepoch') || printf('.%03dZ.', sent % 1000)
    WHERE doubt IS NULL AND last_time - sent > 300000;
CREATE TRIGGER batches_keep_doubt BEFORE UPDATE OF doubt ON batches
BEGIN SELECT raise(ABORT, 'batches are never edited'); END;
