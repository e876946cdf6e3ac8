using System.Globalization;
using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// What a service holds in memory while its store is away and fifty agents push large batches at it, 64 in flight each: a
/// bounded queue and no more. Then, the store being back, all of them are stored.
/// </summary>
public sealed class StoreMemoryTests : IDisposable
{
    private const long AllowedBytes = 100_000_000;
    private const int RefusedAtLeast = 2000;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);
    private readonly TempFolder _scratch = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public Task Held_by_another_program() => PushAsync(new DataFolder(_scratch["data"]), async (folder, refused) =>
    {
        using var other = SqliteDatabase.Open(folder.Record, StoreAccess.ReadWrite, new SqliteSettings());
        other.Execute("BEGIN IMMEDIATE");
        while (await refused() < RefusedAtLeast) await Task.Delay(Turn / 10, Stop);
        other.Execute("ROLLBACK");
    });

    [Fact]
    public Task Slow() => PushAsync(new DataFolder(_scratch["data"]), async (folder, refused) =>
    {
        using var other = SqliteDatabase.Open(
            folder.Record, StoreAccess.ReadWrite, new SqliteSettings { LockWait = ProgramProcess.Ceiling });
        while (await refused() < RefusedAtLeast)
        {
            other.Execute("BEGIN IMMEDIATE");
            await Task.Delay(Turn, Stop);
            other.Execute("ROLLBACK");
        }
    });

    [Fact]
    public async Task Full()
    {
        using SmallDisk? disk = SmallDisk.TryMount(_scratch["disk"], mebibytes: 256);
        Assert.SkipUnless(disk is not null, "A tmpfs cannot be mounted here: it takes root.");
        await PushAsync(new DataFolder(Path.Combine(disk.Root, "data")), async (_, refused) =>
        {
            disk.Fill();
            while (await refused() < RefusedAtLeast) await Task.Delay(Turn / 10, Stop);
            disk.Relieve();
        });
    }

    private static async Task PushAsync(DataFolder folder, Func<DataFolder, Func<Task<long>>, Task> fault)
    {
        (ProgramProcess process, int port) = await ProgramProcess.ServeAsync(folder);
        using ProgramProcess server = process;
        // The same load while the store is there, and until the code is compiled for good: from here it is counted.
        await SendAsync(port, messages: 300, batch: 20, window: 4, seed: 1);
        await SendAsync(port, messages: 20, batch: 400, window: 64, seed: 3);
        long before = server.PeakBytes;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort(folder)}") };
        Task away = fault(folder, async () =>
        {
            using JsonDocument health = JsonDocument.Parse(
                await http.GetStringAsync(new Uri("/api/v1/health", UriKind.Relative), Stop));
            return health.RootElement.GetProperty("sinceStart").GetProperty("refused").GetInt64();
        });
        await Task.WhenAll(away, SendAsync(port, messages: 40, batch: 400, window: 64, seed: 2));
        Assert.InRange(server.PeakBytes - before, 0, AllowedBytes);
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        using SqliteReadingStore record = SqliteReadingStore.Open(folder.Record, StoreAccess.ReadOnly);
        Assert.Equal(50 * ((300 * 20) + (20 * 400) + (40 * 400)), record.Count().DistinctReadings);
    }

    private static async Task SendAsync(int port, int messages, int batch, int window, int seed)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync(
            "monitor", "simulate", "--port", Text(port), "--agents", "50", "--messages", Text(messages), "--batch", Text(batch),
            "--window", Text(window), "--seed", Text(seed), "--json");
        Assert.True(code == 0, output + errors);
    }

    private static int HttpPort(DataFolder folder)
    {
        using JsonDocument endpoints = JsonDocument.Parse(File.ReadAllBytes(folder.Endpoints));
        return endpoints.RootElement.GetProperty("http").GetInt32();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
