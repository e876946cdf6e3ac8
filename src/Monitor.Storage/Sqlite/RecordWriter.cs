using System.Security.Cryptography;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The writing connection of record.db with its prepared statements and the ids it has seen. After any exception it is
/// thrown away and opened anew, so that nothing in memory can differ from the file.
/// </summary>
internal sealed class RecordWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly RecordPositions _positions;
    private readonly RecordNames _names;
    private readonly ReadingInsert _readings;
    private readonly SqliteStatement _batch;
    private readonly SqliteStatement _payload;
    private readonly SqliteStatement _digest;
    private readonly SqliteStatement _repeat;
    private readonly SqliteStatement _deadLetter;
    private long _last;

    internal RecordWriter(string file, SqliteSettings settings)
    {
        _database = SqliteDatabase.Open(file, StoreAccess.ReadWrite, settings);
        try
        {
            _database.Migrate(SqliteReadingStore.Schema, SqliteReadingStore.SchemaVersion);
            _positions = new RecordPositions(_database);
            _names = new RecordNames(_database);
            _readings = new ReadingInsert(_database);
            _batch = _database.Prepare(
                "INSERT INTO batches " +
                "(first, readings, source, seq, section, first_time, last_time, sent, received, digest) " +
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (source, seq) DO NOTHING");
            _payload = _database.Prepare("INSERT INTO payloads (batch, bytes) VALUES (?1, ?2)");
            _digest = _database.Prepare("SELECT first, digest FROM batches WHERE source = ?1 AND seq = ?2");
            _repeat = _database.Prepare("UPDATE batches SET repeats = repeats + 1 WHERE first = ?1");
            _deadLetter = _database.Prepare(
                "INSERT INTO dead_letters (received, agent, topic, reason, digest, payload) " +
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6) " +
                "ON CONFLICT (digest, agent, topic) DO UPDATE SET repeats = repeats + 1");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Appends all in one transaction.</summary>
    internal AppendOutcome[] Append(IReadOnlyList<Arrival> arrivals, Instant receivedAt)
    {
        var outcomes = new AppendOutcome[arrivals.Count];
        _database.InTransaction(() =>
        {
            long before = _last = _positions.Last();
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = arrivals[i] switch
                {
                    BatchArrival arrival => Put(arrival.Batch, receivedAt),
                    DeadLetterArrival letter => PutAside(letter, receivedAt),
                    _ => throw new ArgumentException($"Unknown arrival {arrivals[i].GetType()}.", nameof(arrivals)),
                };
            }
            if (_last != before) _positions.AdvanceTo(_last);
            CrashPoint.Reach("after-insert-before-commit");
        });
        return outcomes;
    }

    public void Dispose()
    {
        _deadLetter.Dispose();
        _repeat.Dispose();
        _digest.Dispose();
        _payload.Dispose();
        _batch.Dispose();
        _readings.Dispose();
        _names.Dispose();
        _positions.Dispose();
        _database.Dispose();
    }

    private AppendOutcome Put(ReadingBatch batch, Instant receivedAt)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(batch.Payload.Span, digest);
        long source = _names.Source(batch.Agent, batch.Boot);
        (Instant earliest, Instant latest) = SpanOf(batch);
        long first = _last + 1;
        _batch.Bind(1, first);
        _batch.Bind(2, batch.Readings.Count);
        _batch.Bind(3, source);
        _batch.Bind(4, batch.Sequence);
        _batch.Bind(5, batch.Section);
        _batch.Bind(6, earliest.UnixMilliseconds);
        _batch.Bind(7, latest.UnixMilliseconds);
        _batch.Bind(8, batch.Sent.UnixMilliseconds);
        _batch.Bind(9, receivedAt.UnixMilliseconds);
        _batch.Bind(10, digest);
        _batch.Run();
        if (_database.Changes == 0) return Again(batch, source, digest, receivedAt);

        _payload.Bind(1, first);
        _payload.Bind(2, batch.Payload.Span);
        _payload.Run();
        foreach (Reading reading in batch.Readings)
        {
            _readings.Put(++_last, _names.Series(batch.Section, reading), reading);
        }
        return AppendOutcome.Stored;
    }

    private AppendOutcome Again(ReadingBatch batch, long source, ReadOnlySpan<byte> digest, Instant receivedAt)
    {
        _digest.Bind(1, source);
        _digest.Bind(2, batch.Sequence);
        _digest.Step();
        long id = _digest.Int64(0);
        bool same = _digest.Blob(1).SequenceEqual(digest);
        _digest.Reset();
        if (same)
        {
            _repeat.Bind(1, id);
            _repeat.Run();
            return AppendOutcome.Repeat;
        }
        string reason = $"Batch {batch.Agent}/{batch.Boot}/{batch.Sequence} is stored already with other bytes.";
        string topic = $"monitor/v1/{batch.Section}/{batch.Agent}/data";
        PutAside(new DeadLetterArrival(batch.Agent, topic, reason, batch.Payload), receivedAt);
        return AppendOutcome.Conflict;
    }

    /// <summary>Earliest and latest time; refuses a batch whose readings are not numbered 0, 1, 2 and so on.</summary>
    private static (Instant Earliest, Instant Latest) SpanOf(ReadingBatch batch)
    {
        if (batch.Readings.Count == 0) throw new ArgumentException(
            $"Batch {batch.Agent}/{batch.Boot}/{batch.Sequence} has no readings.", nameof(batch));
        (Instant earliest, Instant latest) = (batch.Readings[0].Time, batch.Readings[0].Time);
        for (int i = 0; i < batch.Readings.Count; i++)
        {
            Reading reading = batch.Readings[i];
            // Position minus first gives the index back, so it must be what the reading says.
            if (reading.Index != i) throw new ArgumentException(
                $"Reading {i} of batch {batch.Agent}/{batch.Boot}/{batch.Sequence} says index {reading.Index}.",
                nameof(batch));
            if (reading.Time < earliest) earliest = reading.Time;
            if (reading.Time > latest) latest = reading.Time;
        }
        return (earliest, latest);
    }

    private AppendOutcome PutAside(DeadLetterArrival letter, Instant receivedAt)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(letter.Payload.Span, digest);
        _deadLetter.Bind(1, receivedAt.UnixMilliseconds);
        _deadLetter.Bind(2, letter.Agent);
        _deadLetter.Bind(3, letter.Topic);
        _deadLetter.Bind(4, letter.Reason);
        _deadLetter.Bind(5, digest);
        _deadLetter.Bind(6, letter.Payload.Span);
        _deadLetter.Run();
        return AppendOutcome.DeadLettered;
    }
}
