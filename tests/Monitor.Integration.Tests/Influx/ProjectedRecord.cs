using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.Influx;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>A record in a folder, and its projection.</summary>
internal sealed class ProjectedRecord : IDisposable
{
    private readonly TempFolder _folder = new();
    private long _sequence;

    internal ProjectedRecord() => Store = SqliteReadingStore.Open(Folder.Record);

    internal DataFolder Folder => new(_folder.Root);

    internal SqliteReadingStore Store { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Appends readings as one batch.</summary>
    internal void Append(string section, params Reading[] readings)
    {
        Reading[] numbered = [.. readings.Select((r, i) => r with { Index = i })];
        var batch = new ReadingBatch
        {
            Agent = "A-017", Section = section, Boot = "boot1", Sequence = ++_sequence, Sent = new Instant(SampleBatch.Start),
            Readings = numbered, Payload = BitConverter.GetBytes(_sequence),
        };
        Assert.Equal([AppendOutcome.Stored], Store.Append([new BatchArrival(batch)], new Instant(SampleBatch.Start)));
    }

    /// <summary>Hourly readings of a section, one after the other.</summary>
    internal void AppendHourly(string section, int count)
    {
        foreach (int[] some in Enumerable.Range((int)_sequence * 1000, count).Chunk(100))
        {
            Append(section, [.. some.Select(n =>
                SampleBatch.One(0, SampleBatch.Start + (n * SampleBatch.Hour), $"0.{100 + (n % 900)}"))]);
        }
    }

    internal InfluxProjection Project(InfluxTarget target) => new(Store, Folder, target, TimeProvider.System);

    /// <summary>Steps until all is projected; trouble fails the test.</summary>
    internal static async Task<(int Written, int Refused)> RunAsync(InfluxProjection projection)
    {
        (int written, int refused) = (0, 0);
        for (ProjectionStep? step = null; step is null || step.Written > 0;)
        {
            step = await projection.StepAsync(Stop);
            Assert.Null(step.Trouble);
            (written, refused) = (written + step.Written, refused + step.Refused);
        }
        return (written, refused);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
