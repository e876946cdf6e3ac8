using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>A disk that others have filled: a small tmpfs of the test's own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SmallDisk? disk;

    public FullDiskTests() => disk = SmallDisk.TryMount(folder.Root, mebibytes: 8);

    public void Dispose()
    {
        disk?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_reserve_lets_it_settle_and_go_on_until_sources_must_wait_and_relief_ends_the_alarm()
    {
        Assert.SkipUnless(disk is not null, "A tmpfs cannot be mounted here: it takes root.");
        string path = folder["outbox.db"];
        int taken = 0;
        using (Outbox outbox = Monitor.Edge.Outbox.Open(path, "A", "S", () => "BOOT-1", TimeProvider.System,
            new OutboxOptions { ReserveBytes = 1024 * 1024, Kernel = () => KernelClock.Silent }))
        {
            for (; taken < 20; taken++) Take(outbox, taken + 1);
            outbox.MarkAcknowledged([1, 2, 3, 4, 5]);
            disk.Fill();
            // First the reserve, then the room of what the server has; then there is none.
            Assert.Throws<OutboxFullException>(() =>
            {
                for (; taken < 10_000; taken++) Take(outbox, taken + 1);
            });
            Assert.True(taken > 20, "the reserve was of no use");
            Assert.Contains(outbox.Alarms, alarm => alarm.Code == Alarm.DiskFull);
            // What was answered is still settled, though the disk is full; and that makes room.
            outbox.MarkAcknowledged([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
            Assert.Equal(15 * 100, outbox.Count().Acknowledged);
            Take(outbox, ++taken);

            disk.Relieve();
            outbox.Prune(new Instant(0));
            Assert.DoesNotContain(outbox.Alarms, alarm => alarm.Code == Alarm.DiskFull);
            for (int n = 0; n < 20; n++) Take(outbox, ++taken);
            Assert.Equal((taken * 100L, 0L), (outbox.Count().Published, outbox.Count().Dropped));
        }
        using (Outbox again = Monitor.Edge.Outbox.Open(path, "A", "S", () => "BOOT-2", TimeProvider.System,
            new OutboxOptions { ReserveBytes = 0 }))
        {
            Assert.Equal("BOOT-1", again.Boot);
            Assert.Equal(Enumerable.Range(16, taken - 15).Select(n => (long)n), again.PendingSequences(100_000));
        }
    }

    private static void Take(Outbox outbox, int n) =>
        outbox.Append([.. Enumerable.Range(100 * n, 100).Select(EdgeFolder.Reading)], "file", null);
}
