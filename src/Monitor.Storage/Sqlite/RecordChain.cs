using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// Whether a batch fits between the neighbours of its boot that are stored: each names the hash of the one before it.
/// Neighbours may come in any order, so both sides are asked; one that is missing says nothing yet.
/// </summary>
internal sealed class RecordChain(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _digest = database.Prepare(
        "SELECT digest FROM batches WHERE source = ?1 AND seq = ?2");
    private readonly SqliteStatement _next = database.Prepare(
        "SELECT prev FROM batches WHERE source = ?1 AND seq = ?2 AND prev IS NOT NULL");
    private readonly SqliteStatement _highest = database.Prepare(
        "SELECT coalesce(max(seq), 0) FROM batches WHERE source = ?1");

    // What came last and what is highest, by source: in order, no question goes to the file.
    private readonly Dictionary<long, End> _ends = [];

    /// <summary>Whether nothing stored contradicts the batch.</summary>
    internal bool Fits(long source, ReadingBatch batch, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> digest)
    {
        End end = EndOf(source);
        if (!previous.IsEmpty)
        {
            if (end.Sequence == batch.Sequence - 1)
            {
                if (!previous.SequenceEqual(end.Digest)) return false;
            }
            else if (!Agrees(_digest, source, batch.Sequence - 1, previous))
            {
                return false;
            }
        }
        return batch.Sequence >= end.Highest || Agrees(_next, source, batch.Sequence + 1, digest);
    }

    /// <summary>The batch is stored now.</summary>
    internal void Stored(long source, long sequence, ReadOnlySpan<byte> digest)
    {
        End end = EndOf(source);
        end.Sequence = sequence;
        digest.CopyTo(end.Digest);
        end.Highest = Math.Max(end.Highest, sequence);
    }

    public void Dispose()
    {
        _digest.Dispose();
        _next.Dispose();
        _highest.Dispose();
    }

    private End EndOf(long source)
    {
        if (_ends.TryGetValue(source, out End? end)) return end;
        _highest.Bind(1, source);
        _highest.Step();
        end = new End { Highest = _highest.Int64(0) };
        _highest.Reset();
        _ends.Add(source, end);
        return end;
    }

    private static bool Agrees(SqliteStatement neighbour, long source, long sequence, ReadOnlySpan<byte> hash)
    {
        neighbour.Bind(1, source);
        neighbour.Bind(2, sequence);
        bool agrees = !neighbour.Step() || neighbour.Blob(0).SequenceEqual(hash);
        neighbour.Reset();
        return agrees;
    }

    private sealed class End
    {
        internal long Sequence { get; set; }

        internal byte[] Digest { get; } = new byte[32];

        internal long Highest { get; set; }
    }
}
