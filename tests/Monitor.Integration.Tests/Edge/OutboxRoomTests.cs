using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Edge.Sensors;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>What happens when an outbox is full: history gives way, sources wait, or a tombstone says what was lost.</summary>
public sealed class OutboxRoomTests : IDisposable
{
    private static readonly OutboxOptions Small = new()
    {
        BytesMax = OutboxOptions.BytesMin, ReserveBytes = 0, Kernel = () => KernelClock.Silent,
    };

    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_server_has_gives_way_and_the_outbox_stays_below_four_fifths_without_an_alarm()
    {
        using Outbox outbox = folder.Open(options: Small);
        for (int n = 1; n <= 300; n++)
        {
            outbox.Append(Portion(n), "device", null);
            outbox.MarkAcknowledged([n]);
            // One envelope and its pages above, at most.
            Assert.InRange(outbox.Fill, 0, 0.85);
        }

        Assert.Empty(outbox.Alarms);
        Assert.Empty(outbox.Lost);
        Assert.Equal(new OutboxCounts("A", "BOOT-1", 300 * 100, 300 * 100, 0), outbox.Count());
        Assert.True(folder.Batches().Count < 300, "nothing gave way");
    }

    [Fact]
    public void A_full_outbox_takes_nothing_from_a_source_that_can_wait_and_loses_nothing()
    {
        using Outbox outbox = folder.Open(options: Small);
        int taken = 0;
        Assert.Throws<OutboxFullException>(() =>
        {
            for (int n = 1; n <= 1000; n++, taken++)
            {
                outbox.Append(Portion(n), "file", new SourceProgress(n, "ab"));
            }
        });

        Assert.InRange(outbox.Fill, 0.8, 1);
        Assert.Equal(new SourceProgress(taken, "ab"), outbox.ProgressOf("file"));
        Assert.Equal(Alarm.Filling, Assert.Single(outbox.Alarms).Code);
        Assert.Equal(taken * 100, outbox.Count().Pending);

        // With room again it goes on, in one unbroken chain.
        outbox.MarkAcknowledged([.. Enumerable.Range(1, 40).Select(n => (long)n)]);
        outbox.Append(Portion(taken + 1), "file", new SourceProgress(taken + 1, "ab"));
        Assert.Equal(taken + 1, folder.Batches()[^1].Sequence);
        RequireChain();
    }

    [Fact]
    public void For_readings_that_come_once_the_oldest_are_dropped_and_a_tombstone_says_exactly_which()
    {
        const int Portions = 400;
        using (Outbox outbox = folder.Open(options: Small))
        {
            for (int n = 1; n <= Portions; n++) outbox.Append(Portion(n), "device", null, mayDrop: true);
            OutboxCounts counts = outbox.Count();
            Assert.Equal(Alarm.Dropped, Assert.Single(outbox.Alarms, a => a.Code == Alarm.Dropped).Code);
            Assert.InRange(outbox.Fill, 0.8, 1);
            Assert.Equal(counts.Dropped, outbox.Lost.Sum(l => l.Readings));
            Assert.Equal(0, counts.Acknowledged);
        }

        IReadOnlyList<ReadingBatch> batches = folder.Batches();
        LostRange[] told = [.. batches.SelectMany(LostRange.In)];
        HashSet<long> there = [.. batches.Select(b => b.Sequence)];
        HashSet<long> lost = [.. told.SelectMany(l => Range(l.Sequences))];

        Assert.True(told.Length > 1, "only one drop");
        // Every number that was ever given is there, or in just one tombstone.
        Assert.Equal(Range(new SequenceRange(1, batches[^1].Sequence)), there.Concat(lost).Order());
        Assert.Empty(there.Intersect(lost));
        Assert.Equal(told.Sum(l => Range(l.Sequences).Count()), lost.Count);
        // Portion n has the values 100n to 100n + 99, one a minute: the tombstone's times are those of what it names.
        foreach (LostRange range in told) Assert.True(range.First < range.Last);
        Assert.Equal(Portions * 100, there.Count(s => LostRange.In(Batch(s)).Count == 0) * 100 + told.Sum(l => l.Readings));
        RequireChain();

        ReadingBatch Batch(long sequence) => batches.Single(b => b.Sequence == sequence);
    }

    [Fact]
    public void A_tombstone_is_never_dropped_itself_and_reaches_the_counts_of_the_report()
    {
        using (Outbox outbox = folder.Open(options: Small))
        {
            for (int n = 1; n <= 900; n++) outbox.Append(Portion(n), "device", null, mayDrop: true);
        }

        OutboxReport report = Outbox.Inspect(folder.Outbox);

        LostRange[] told = [.. folder.Batches().SelectMany(LostRange.In)];
        Assert.Equal(report.Lost.Select(l => (l.Sequences, l.Readings)), told.Select(l => (l.Sequences, l.Readings)));
        Assert.Equal(report.Counts.Dropped, told.Sum(l => l.Readings));
        Assert.Contains($"\"dropped\":{report.Counts.Dropped},\"pending\":{report.Counts.Pending}", report.ToJson(),
            StringComparison.Ordinal);
        Assert.Contains("\nlost          ", report.ToText(), StringComparison.Ordinal);
        Assert.Contains("\nalarm         readings-dropped", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reserve_is_held_while_the_outbox_is_open_and_given_back_with_it()
    {
        const long Bytes = 3 * 1024 * 1024;
        using (Outbox outbox = folder.Open(options: Small with { ReserveBytes = Bytes }))
        {
            Assert.Equal(Bytes, new FileInfo(folder.Outbox + ".reserve").Length);
        }

        Assert.False(File.Exists(folder.Outbox + ".reserve"));
    }

    private static IEnumerable<long> Range(SequenceRange range)
    {
        for (long n = range.From; n <= range.To; n++) yield return n;
    }

    private static Reading[] Portion(int n) => [.. Enumerable.Range(100 * n, 100).Select(EdgeFolder.Reading)];

    private void RequireChain()
    {
        IReadOnlyList<ReadingBatch> batches = folder.Batches();
        foreach ((ReadingBatch former, ReadingBatch next) in batches.Zip(batches.Skip(1)))
        {
            if (next.Sequence != former.Sequence + 1) continue;
            Assert.Equal(LinkVerdict.Holds, EnvelopeSeal.CheckLink(next, EnvelopeSeal.HashOf(former.Payload.Span)));
        }
    }
}
