using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>An outbox that an agent of the first version left: three batches acknowledged, two pending.</summary>
public sealed class OutboxMigrationTests : IDisposable
{
    private const string Boot = "01M80BCWG0JG3600PKPP4V46YZ";

    private readonly EdgeFolder folder = new();

    public OutboxMigrationTests()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Monitor.sln"))) at = at.Parent;
        File.Copy(Path.Combine(at!.FullName, "fixtures", "outbox", "schema-1.db"), folder.Outbox);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_of_the_first_schema_is_looked_at_as_it_is()
    {
        OutboxReport report = Outbox.Inspect(folder.Outbox);

        Assert.Equal(new OutboxCounts("A", Boot, 5, 3, 0), report.Counts);
        Assert.Equal((0L, 0, 0), (report.ClockEpoch, report.Lost.Count, report.Alarms.Count));
    }

    [Fact]
    public void Opened_it_keeps_its_boot_its_counts_and_its_chain_and_sends_what_is_pending()
    {
        IReadOnlyList<ReadingBatch> before = folder.Batches();
        using (Outbox outbox = folder.Open())
        {
            Assert.Equal(Boot, outbox.Boot);
            Assert.Null(outbox.SetAside);
            Assert.Equal([4L, 5], outbox.PendingSequences(10));
            // What was pending has got its times: 00:03 and 00:04 of 2025 at +08:00.
            Assert.Equal([5L, 4], outbox.LiveSequences(new Instant(1_735_660_800_000), 10));
            Assert.Equal([5L], outbox.LiveSequences(new Instant(1_735_660_800_000 + (3 * 60_000)), 10));
            outbox.Append([EdgeFolder.Reading(6)], "device", null);
            Assert.Equal(new OutboxCounts("A", Boot, 6, 3, 0), outbox.Count());
        }
        using (Outbox again = folder.Open()) Assert.Equal(3, again.Count().Pending);

        IReadOnlyList<ReadingBatch> after = folder.Batches();

        Assert.Equal(before.Select(b => Convert.ToHexString(b.Payload.Span)),
            after.Take(5).Select(b => Convert.ToHexString(b.Payload.Span)));
        Assert.Equal(EnvelopeSeal.HashOf(after[4].Payload.Span), after[5].Previous);
    }

    [Fact]
    public void A_schema_of_a_later_program_is_refused_and_not_touched()
    {
        using (var db = OutboxFile.OpenForWriting(folder.Outbox)) OutboxFile.Execute(db, "PRAGMA user_version = 3");

        Domain.InputException fault = Assert.Throws<Domain.InputException>(() => folder.Open());

        Assert.Contains("not an outbox of this version", fault.Fault, StringComparison.Ordinal);
        Assert.Equal(["outbox.db", "outbox.db.lock"], folder.Names);
    }
}
