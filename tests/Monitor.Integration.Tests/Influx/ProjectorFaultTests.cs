using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Monitor.Server.Projection;
using Monitor.Storage.Influx;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>
/// A projector whose InfluxDB is down, slow, or answers 400, 429, 500, 503 and partial writes: the record is appended to
/// meanwhile as if nothing were, and in the end every section-day is equal.
/// </summary>
public sealed class ProjectorFaultTests : IDisposable
{
    private static readonly ProjectionPace Quick = new()
    {
        Look = TimeSpan.FromMilliseconds(5), RetryMin = TimeSpan.FromMilliseconds(5), RetryMax = TimeSpan.FromMilliseconds(50),
    };

    private readonly ProjectedRecord record = new();

    public void Dispose() => record.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => new(
        "partial write", "400 of one line", "429", "500", "503", "404", "cut before", "cut after", "slow");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task It_ends_equal_and_the_record_never_waits(string fault)
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        await using FaultyInflux faulty = await FaultyInflux.StartAsync(server.Url, (n, lines) => n > 12 ? WriteFault.None
            : fault switch
        {
            // Half of the lines are written, and the answer speaks of one that is dropped.
            "partial write" => new WriteFault(500, """{"error":"partial write: timeout"}""", Share: 0.5),
            "400 of one line" => lines.Contains("position=7i", StringComparison.Ordinal)
                ? new WriteFault(400, """{"error":"partial write: line 7 dropped=1"}""", Share: 0.5)
                : WriteFault.None,
            "429" => new WriteFault(429, "slowly", RetryAfter: 0),
            "500" => new WriteFault(500, "oh"),
            "503" => new WriteFault(503, "not ready", Share: 1),
            "404" => new WriteFault(404, """{"error":"database not found: \"monitor\""}"""),
            "cut before" => new WriteFault(Aborts: true),
            "cut after" => new WriteFault(Aborts: true, Share: 1),
            _ => WriteFault.None,
        });
        InfluxTarget target = server.Target(faulty.Url) with { PointsMax = 50 };
        if (fault == "slow") target = target with { Timeout = TimeSpan.FromMilliseconds(1) };
        await using (InfluxProjector projector = Start(target))
        {
            for (int n = 0; n < 20; n++) record.AppendHourly("S-03", 20);
            // A deadline of a millisecond is missed by most; the next projector is more patient.
            if (fault != "slow") await UntilAsync(projector, record.Store.LastPosition);
        }
        using InfluxProjection projection = record.Project(server.Target());
        await ProjectedRecord.RunAsync(projection);

        ProjectionReport report = await projection.VerifyAsync(Stop);

        Assert.True(report.IsEqual);
        Assert.Equal(400, report.Points + report.Refused.Count);
        Assert.Equal(fault == "400 of one line" ? [7L] : [], report.Refused.Select(r => r.Position));
    }

    [Fact]
    public async Task Down_for_long_nothing_else_notices_and_it_catches_up()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        await using InfluxProjector projector = Start(server.Target());
        record.AppendHourly("S-03", 10);
        await UntilAsync(projector, 10);

        server.Kill();
        var watch = Stopwatch.StartNew();
        for (int n = 0; n < 50; n++) record.AppendHourly("S-03", 20);
        Assert.Equal(1010, record.Store.LastPosition);
        // Not a latency: only that nothing waited for a server that is not there.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        await server.RestartAsync();
        await UntilAsync(projector, 1010);

        using InfluxProjection projection = record.Project(server.Target());
        await projector.DisposeAsync();
        Assert.True((await projection.VerifyAsync(Stop)).IsEqual);
        Assert.Null(projector.Trouble);
    }

    [Fact]
    public async Task The_server_is_waited_for_as_long_as_it_says()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        await using FaultyInflux faulty = await FaultyInflux.StartAsync(
            server.Url, (n, _) => n == 1 ? new WriteFault(429, "", RetryAfter: 2) : WriteFault.None);
        record.AppendHourly("S-03", 1);
        long began = Stopwatch.GetTimestamp();
        await using InfluxProjector projector = Start(server.Target(faulty.Url));
        await UntilAsync(projector, 1);

        Assert.Equal(2, faulty.Writes);
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromSeconds(2));
    }

    private InfluxProjector Start(InfluxTarget target)
    {
        var projector = new InfluxProjector(
            record.Project(target), Quick, TimeProvider.System, NullLogger<InfluxProjector>.Instance);
        projector.Start();
        return projector;
    }

    private static async Task UntilAsync(InfluxProjector projector, long position)
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        ceiling.CancelAfter(Support.ProgramProcess.Ceiling);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (projector.Position < position) await look.WaitForNextTickAsync(ceiling.Token);
    }
}
