using System.Security.Cryptography;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Edge.Sensors;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class OutboxTests : IDisposable
{
    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sequences_are_contiguous_from_1_and_each_batch_names_the_hash_of_the_one_before_across_restarts()
    {
        for (int run = 0; run < 3; run++)
        {
            using Outbox outbox = folder.Open();
            outbox.Append([EdgeFolder.Reading(1), EdgeFolder.Reading(2)], "test", null);
            outbox.Append([EdgeFolder.Reading(3)], "test", null);
        }

        IReadOnlyList<ReadingBatch> batches = folder.Batches();

        Assert.Equal([1L, 2, 3, 4, 5, 6], batches.Select(b => b.Sequence));
        Assert.All(batches, b => Assert.Equal(("A", "S", "BOOT-1"), (b.Agent, b.Section, b.Boot)));
        Assert.Equal("", batches[0].Previous);
        foreach ((ReadingBatch former, ReadingBatch next) in batches.Zip(batches.Skip(1)))
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(former.Payload.Span)), next.Previous);
        }
    }

    [Theory]
    [InlineData("BEFORE INSERT ON reading_batch")]
    [InlineData("AFTER INSERT ON reading_batch")]
    [InlineData("BEFORE INSERT ON progress")]
    [InlineData("AFTER INSERT ON progress")]
    public void An_append_that_fails_at_any_step_leaves_nothing_behind(string step)
    {
        folder.Open().Dispose();
        Alter($"CREATE TRIGGER broken {step} BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END");
        using (Outbox outbox = folder.Open())
        {
            Assert.Throws<StoreUnavailableException>(() =>
                outbox.Append([EdgeFolder.Reading(1)], "test", new SourceProgress(1, "ab")));
            Assert.Null(outbox.ProgressOf("test"));
            Assert.True(outbox.IsDrained);
        }
        Alter("DROP TRIGGER broken");

        using (Outbox outbox = folder.Open())
        {
            outbox.Append([EdgeFolder.Reading(1)], "test", new SourceProgress(1, "ab"));
            Assert.Equal(new SourceProgress(1, "ab"), outbox.ProgressOf("test"));
        }
        Assert.Equal(1, Assert.Single(folder.Batches()).Sequence);
    }

    [Fact]
    public void A_failed_append_is_no_gap_in_the_sequence_of_the_same_run()
    {
        folder.Open().Dispose();
        Alter("CREATE TRIGGER broken BEFORE INSERT ON progress BEGIN SELECT RAISE(ABORT, 'full'); END");
        using (Outbox outbox = folder.Open())
        {
            outbox.Append([EdgeFolder.Reading(1)], "test", null);
            Assert.Throws<StoreUnavailableException>(() =>
                outbox.Append([EdgeFolder.Reading(2)], "test", new SourceProgress(2, "ab")));
            outbox.Append([EdgeFolder.Reading(2)], "test", null);
        }

        IReadOnlyList<ReadingBatch> batches = folder.Batches();

        Assert.Equal([1L, 2], batches.Select(b => b.Sequence));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(batches[0].Payload.Span)), batches[1].Previous);
    }

    [Fact]
    public void Readings_too_large_for_one_envelope_become_several_batches_in_order()
    {
        Reading wide = EdgeFolder.Reading(1) with { Unit = new string('元', 32), Instrument = new string('i', 32) };
        using (Outbox outbox = folder.Open())
        {
            outbox.Append(
                [.. Enumerable.Range(0, 500).Select(n => wide with { Value = new ReportedValue(n, 3) })], "test", null);
            Assert.Equal(500, outbox.Count().Published);
        }

        IReadOnlyList<ReadingBatch> batches = folder.Batches();

        // 500 × about 245 bytes are about 120 KiB: two envelopes of 250.
        Assert.Equal([250, 250], batches.Select(b => b.Readings.Count));
        Assert.Equal(Enumerable.Range(0, 500).Select(n => (long)n),
            batches.SelectMany(b => b.Readings).Select(r => r.Value.Mantissa));
    }

    [Fact]
    public void Counts_are_in_readings_and_survive_pruning()
    {
        var clock = new SetClock { Now = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        using (Outbox outbox = folder.Open(clock))
        {
            // seq 1: 3 readings, 2: 2, 3: 1, 4: 1, 5: 1
            foreach (int readings in (int[])[3, 2, 1, 1, 1])
            {
                outbox.Append([.. Enumerable.Range(1, readings).Select(EdgeFolder.Reading)], "test", null);
            }
            outbox.MarkAcknowledged([1, 2, 5]);
            outbox.Park(3, "unreadable");
            Assert.Equal(new OutboxCounts("A", "BOOT-1", 8, 6, 1), outbox.Count());
            Assert.Equal(1, outbox.Count().Pending);
            Assert.Equal([4L], outbox.PendingSequences(10));

            Assert.Equal(0, outbox.Prune(Instant.From(clock.Now)));
            // Batches 1 and 2 go; 3 is parked, 4 pending, 5 the newest.
            Assert.Equal(2, outbox.Prune(new Instant(Instant.From(clock.Now).UnixMilliseconds + 1)));
            Assert.Equal(new OutboxCounts("A", "BOOT-1", 8, 6, 1), outbox.Count());
        }
        Assert.Equal([3L, 4, 5], folder.Batches().Select(b => b.Sequence));
        Assert.Equal(
            """{"agent":"A","boot":"BOOT-1","published":8,"acknowledged":6,"parked":1,"dropped":0}""",
            Outbox.Look(folder.Outbox).ToJson());
    }

    [Fact]
    public void What_is_parked_is_never_pending_again_and_what_is_acknowledged_stays_so()
    {
        using Outbox outbox = folder.Open();
        outbox.Append([EdgeFolder.Reading(1)], "test", null);
        outbox.Append([EdgeFolder.Reading(2)], "test", null);
        outbox.Park(1, "unreadable");
        outbox.MarkAcknowledged([1, 2]);
        outbox.Park(2, "too late");

        Assert.Equal(new OutboxCounts("A", "BOOT-1", 2, 1, 1), outbox.Count());
        Assert.True(outbox.IsDrained);
    }

    [Theory]
    [InlineData(0)] // the head of the file: no SQLite database at all
    [InlineData(4096)] // its second page: the schema is readable, a table is not
    public void A_damaged_outbox_is_set_aside_and_a_new_boot_begins(int at)
    {
        using (Outbox outbox = folder.Open())
        {
            for (int n = 1; n <= 50; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);
        }
        using (FileStream file = File.OpenWrite(folder.Outbox))
        {
            file.Position = at;
            file.Write(new byte[4096]);
        }

        using (Outbox outbox = folder.Open())
        {
            Assert.NotNull(outbox.SetAside);
            Assert.True(File.Exists(outbox.SetAside));
            Assert.NotEqual("BOOT-1", outbox.Boot);
            Assert.Equal(0, outbox.Count().Published);
            outbox.Append([EdgeFolder.Reading(1)], "test", null);
        }
        using (Outbox again = folder.Open()) Assert.Null(again.SetAside);
        Assert.Equal(1, Assert.Single(folder.Batches()).Sequence);
    }

    [Fact]
    public void An_empty_file_is_a_new_outbox_and_nothing_is_set_aside()
    {
        File.WriteAllBytes(folder.Outbox, []);

        using Outbox outbox = folder.Open();

        Assert.Null(outbox.SetAside);
    }

    [Fact]
    public void The_outbox_of_another_agent_or_section_is_refused()
    {
        folder.Open().Dispose();

        InputException agent = Assert.Throws<InputException>(() => folder.Open(agent: "B"));
        InputException section = Assert.Throws<InputException>(() => folder.Open(section: "T"));

        Assert.Equal(("--agent", "the outbox belongs to agent A, not B."), (agent.Field, agent.Fault));
        Assert.Equal("--section", section.Field);
    }

    [Fact]
    public void A_second_writer_is_refused_while_the_first_lives_and_may_look()
    {
        using (Outbox first = folder.Open())
        {
            first.Append([EdgeFolder.Reading(1)], "test", null);
            Assert.Throws<StoreUnavailableException>(() => folder.Open());
            Assert.Equal(1, Outbox.Look(folder.Outbox).Published);
        }
        folder.Open().Dispose();
    }

    [Fact]
    public void To_look_at_an_outbox_that_is_not_there_makes_none()
    {
        Assert.Throws<InputException>(() => Outbox.Look(folder.Outbox));
        Assert.Empty(folder.Names);
    }

    private void Alter(string sql)
    {
        using var db = OutboxFile.OpenForWriting(folder.Outbox);
        OutboxFile.Execute(db, sql);
    }

    private sealed class SetClock : TimeProvider
    {
        internal DateTimeOffset Now { get; init; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
