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
    private readonly RecordAside _aside;
    private readonly RecordChain _chain;
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
                "(first, readings, source, seq, section, first_time, last_time, sent, received, digest, prev, doubt) " +
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (source, seq) DO NOTHING");
            _payload = _database.Prepare("INSERT INTO payloads (batch, bytes) VALUES (?1, ?2)");
            _digest = _database.Prepare("SELECT first, digest FROM batches WHERE source = ?1 AND seq = ?2");
            _repeat = _database.Prepare("UPDATE batches SET repeats = repeats + 1 WHERE first = ?1");
            _aside = new RecordAside(_database);
            _chain = new RecordChain(_database);
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
                    DeadLetterArrival letter => _aside.Put(letter, receivedAt),
                    AlarmArrival alarm => _aside.Put(alarm, receivedAt),
                    RetainedArrival message => _aside.Put(message, receivedAt),
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
        _chain.Dispose();
        _aside.Dispose();
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
        Span<byte> previous = stackalloc byte[SHA256.HashSizeInBytes];
        previous = previous[..PreviousOf(batch, previous)];
        long source = _names.Source(batch.Agent, batch.Boot);
        if (!_chain.Fits(source, batch, previous, digest)) return PutAside(batch, "does not follow its neighbour: "
            + "the hash of the former batch is another", AppendOutcome.BrokenChain, receivedAt);
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
        if (previous.IsEmpty) _batch.BindNull(11);
        else _batch.Bind(11, previous);
        if (ClockDoubt.Of(batch, receivedAt) is string doubt) _batch.Bind(12, doubt);
        else _batch.BindNull(12);
        _batch.Run();
        if (_database.Changes == 0) return Again(batch, source, digest, receivedAt);

        _payload.Bind(1, first);
        _payload.Bind(2, batch.Payload.Span);
        _payload.Run();
        SectionSeries series = _names.Section(batch.Section);
        foreach (Reading reading in batch.Readings) _readings.Put(++_last, series.Of(reading), reading);
        _chain.Stored(source, batch.Sequence, digest);
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
        return PutAside(batch, "is stored already with other bytes", AppendOutcome.Conflict, receivedAt);
    }

    private AppendOutcome PutAside(ReadingBatch batch, string why, AppendOutcome outcome, Instant receivedAt)
    {
        string reason = $"Batch {batch.Agent}/{batch.Boot}/{batch.Sequence} {why}.";
        string topic = $"monitor/v1/{batch.Section}/{batch.Agent}/data";
        _aside.Put(new DeadLetterArrival(batch.Agent, topic, reason, batch.Payload) { Batch = batch }, receivedAt);
        _aside.Put(new AlarmArrival(batch.Agent, AlarmKinds.Of(outcome), reason), receivedAt);
        return outcome;
    }

    private static int PreviousOf(ReadingBatch batch, Span<byte> hash)
    {
        if (batch.Previous.Length == 0) return 0;
        bool whole = Convert.FromHexString(batch.Previous, hash, out _, out int written)
            == System.Buffers.OperationStatus.Done && written == SHA256.HashSizeInBytes;
        return whole ? written : throw new ArgumentException(
            $"Batch {batch.Agent}/{batch.Boot}/{batch.Sequence}: '{batch.Previous}' is no SHA-256 in hex.", nameof(batch));
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
}
