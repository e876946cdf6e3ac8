using System.Diagnostics;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>A disk that others have filled: a small tmpfs of the test's own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly bool mounted;

    public FullDiskTests() =>
        mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.Root);

    public void Dispose()
    {
        if (mounted) Run("umount", "-l", folder.Root);
        folder.Dispose();
    }

    [Fact]
    public void The_reserve_lets_it_settle_and_go_on_until_sources_must_wait_and_relief_ends_the_alarm()
    {
        Assert.SkipUnless(mounted, "A tmpfs cannot be mounted here: it takes root.");
        string path = folder["outbox.db"];
        int taken = 0;
        using (Outbox outbox = Monitor.Edge.Outbox.Open(path, "A", "S", () => "BOOT-1", TimeProvider.System,
            new OutboxOptions { ReserveBytes = 1024 * 1024, Kernel = () => KernelClock.Silent }))
        {
            for (; taken < 20; taken++) Take(outbox, taken + 1);
            outbox.MarkAcknowledged([1, 2, 3, 4, 5]);
            FillDisk();
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

            File.Delete(folder["filler"]);
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

    private void FillDisk()
    {
        using FileStream filler = File.Create(folder["filler"]);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            Assert.True(filler.Length > 0);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
