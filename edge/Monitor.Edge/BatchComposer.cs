using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>
/// Makes batches of readings: numbered, chained and signed. Pure but for the key: nothing is kept until the outbox says so.
/// </summary>
internal sealed class BatchComposer(string agent, string section, string boot, Func<byte[], byte[]>? sign)
{
    /// <summary>The newest batch's number, and its hash; where composing begins.</summary>
    internal readonly record struct ChainEnd(long Sequence, string Hash);

    /// <summary>The readings as one batch or, where they are too large for one envelope, as several, in order.</summary>
    /// <param name="kind">What the batches hold.</param>
    /// <param name="readings">The readings; they are numbered anew in each batch.</param>
    /// <param name="at">The moment, and what is known of it.</param>
    /// <param name="after">The end of the chain so far; moved to the new end.</param>
    internal List<ComposedBatch> Compose(
        BatchKind kind, IReadOnlyList<Reading> readings, (Instant Now, ClockState State) at, ref ChainEnd after)
    {
        List<ComposedBatch> composed = [];
        var left = new Stack<IReadOnlyList<Reading>>([readings]);
        while (left.TryPop(out IReadOnlyList<Reading>? next))
        {
            var batch = new ReadingBatch
            {
                Agent = agent,
                Section = section,
                Boot = boot,
                Sequence = after.Sequence + 1,
                Sent = at.Now,
                Clock = at.State,
                Previous = after.Hash,
                Readings = [.. next.Select((reading, index) => reading with { Index = index })],
                Payload = default,
            };
            if (next.Count <= ReadingBatch.ReadingsMax && EnvelopeCodec.TryEncode(batch, sign, out byte[]? payload))
            {
                after = new ChainEnd(batch.Sequence, EnvelopeSeal.HashOf(payload));
                composed.Add(new ComposedBatch(kind, batch with { Payload = payload }, after.Hash));
                continue;
            }
            // A single reading is far below 64 KiB, so that halving ends.
            left.Push([.. next.Skip(next.Count / 2)]);
            left.Push([.. next.Take(next.Count / 2)]);
        }
        return composed;
    }
}
