using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Storage.Influx;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>The projection to a real InfluxDB 1.6: what comes back is what the record has, and what differs is found.</summary>
public sealed class InfluxProjectionTests : IDisposable
{
    // What line protocol and InfluxQL give a meaning to, and some that they do not.
    private static readonly string[] Pieces =
        [" ", ",", "=", "\"", "'", "\\", "\\\\", "%", "%5C", "%25", "遂昌—松阳", "μ", "#", "\n", "\t", "a", "Z9_-", "😀", "{", ";"];

    private readonly ProjectedRecord record = new();

    public void Dispose() => record.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_with_spaces_commas_quotes_backslashes_and_Chinese_come_back_as_they_were()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        string[] names =
        [
            "遂昌 松阳", "a,b=c", "\"quoted\" 'once'", "back\\slash", "ends with \\", "\\ begins", "50%", "%5C is no backslash",
            "two\nlines", "tab\there", "a\\,b", "a\\ b", "#no comment",
        ];
        foreach (string name in names)
        {
            record.Append(name, SampleBatch.One(
                0, SampleBatch.Start, "<0.40", "w 2,1=0\\", Statistic.Hour, "N\"\\", name, "μg/L, \"x\\"));
        }
        using InfluxProjection projection = record.Project(server.Target());

        Assert.Equal((names.Length, 0), await ProjectedRecord.RunAsync(projection));

        ProjectionReport report = await projection.VerifyAsync(Stop);
        Assert.True(report.IsEqual, JsonSerializer.Serialize(report));
        Assert.Equal((names.Length, names.Length), (report.Days, report.Points));
        // A plain look by somebody else: the digits beside the float, and a Chinese name as it is.
        string seen = await server.AskAsync(
            "SELECT \"value\",\"digits\",\"qualifier\",\"instrument\" FROM \"readings\" WHERE \"section\"='遂昌 松阳'");
        Assert.Contains("[1735689600000,0.4,\"0.40\",\"\\u003c\",\"遂昌 松阳\"]", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_name_survives_the_way_there_and_back()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        Gen<string> name = from pieces in Gen.Elements(Pieces).NonEmptyListOf() select string.Concat(pieces);
        string[] names = [.. Gen.Sample(name, 300, 12).Distinct(StringComparer.Ordinal)];
        foreach (string one in names)
        {
            Assert.Equal(one, LineProtocol.NameOf(LineProtocol.Name(one)));
            record.Append(one, SampleBatch.One(
                0, SampleBatch.Start, "1.50", "w21003", instrument: one, unit: one, status: one));
        }
        using InfluxProjection projection = record.Project(server.Target());

        Assert.Equal((names.Length, 0), await ProjectedRecord.RunAsync(projection));

        ProjectionReport report = await projection.VerifyAsync(Stop);
        Assert.True(report.IsEqual, JsonSerializer.Serialize(report.Differences));
        Assert.True(names.Length > 200, $"{names.Length} names are few");
    }

    [Fact]
    public async Task A_correction_of_the_same_time_takes_the_place_of_the_former_value_also_when_both_are_written_again()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        record.Append("S-03", SampleBatch.One(0, SampleBatch.Start, "0.40"));
        record.Append("S-03", SampleBatch.One(0, SampleBatch.Start, "0.41"));
        using InfluxProjection projection = record.Project(server.Target() with { PointsMax = 1 });
        await ProjectedRecord.RunAsync(projection);
        // As after a crash long ago: what is written already is written again.
        File.Delete(record.Folder.Projection);
        await ProjectedRecord.RunAsync(projection);

        ProjectionReport report = await projection.VerifyAsync(Stop);

        Assert.True(report.IsEqual);
        Assert.Equal(1, report.Points);
        Assert.Contains("\"0.41\",2", await server.AskAsync("SELECT digits,position FROM readings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_a_missing_and_a_foreign_point_are_each_found_and_a_rebuild_mends_them()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        for (int day = 0; day < 4; day++)
        {
            record.Append("S-03", SampleBatch.One(0, SampleBatch.Start + (day * 24 * SampleBatch.Hour), "0.40"));
        }
        using InfluxProjection projection = record.Project(server.Target());
        await ProjectedRecord.RunAsync(projection);
        string line = LineProtocol.Line(record.Store.After(1, 1).Single());
        await server.WriteAsync(line.Replace("0.40", "0.50", StringComparison.Ordinal));
        await server.AskAsync("DELETE FROM readings WHERE time = '2025-01-03T00:00:00Z'");
        await server.WriteAsync("readings,section=S-99 value=1,position=1i 1735689600000");
        await server.WriteAsync("readings,section=S-03,measurand=x,statistic=rtd value=1,position=1i 1735689600000");

        ProjectionReport report = await projection.VerifyAsync(Stop);

        Assert.Equal([("S-03", "2025-01-01", 1, 2), ("S-03", "2025-01-02", 1, 1), ("S-03", "2025-01-03", 1, 0),
            ("S-99", "other days", 0, 1)],
            report.Differences.Select(d => (d.Section, d.Day, d.Record.Count, d.Influx.Count)));
        await projection.ResetAsync(Stop);
        Assert.Equal((4, 0), await ProjectedRecord.RunAsync(projection));
        Assert.True((await projection.VerifyAsync(Stop)).IsEqual);
    }

    [Fact]
    public async Task What_the_server_never_takes_is_set_apart_alone_and_listed_and_a_dropped_run_costs_one_request()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        await using FaultyInflux counted = await FaultyInflux.StartAsync(server.Url, (_, _) => WriteFault.None);
        // InfluxDB knows the years 1677 to 2262, an envelope 1900 to 9998.
        record.Append("S-03", [.. Enumerable.Range(0, 100).Select(i => SampleBatch.One(
            0, i == 37 ? 253_000_000_000_000 : SampleBatch.Start + (i * SampleBatch.Hour), "0.40"))]);
        using (InfluxProjection projection = record.Project(server.Target(counted.Url)))
        {
            Assert.Equal((100, 1), await ProjectedRecord.RunAsync(projection));
            ProjectionReport report = await projection.VerifyAsync(Stop);
            Assert.True(report.IsEqual);
            Assert.Equal([38L], report.Refused.Select(r => r.Position));
            Assert.Equal(99, report.Points);
        }
        // A retention of an hour drops readings of 2025, and says so of all of them at once.
        await server.AskAsync("CREATE RETENTION POLICY short ON monitor DURATION 1h REPLICATION 1");
        int before = counted.Writes;
        using InfluxProjection other = record.Project(
            server.Target(counted.Url) with { RetentionPolicy = "short", PointsMax = 10 });

        ProjectionStep step = await other.StepAsync(Stop);

        Assert.Equal((10, 10, 1), (step.Written, step.Refused, counted.Writes - before));
        Assert.Equal(10, other.Refused.Count);
    }

    [Fact]
    public async Task An_address_that_refuses_everything_costs_no_reading()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        bool broken = true;
        await using FaultyInflux proxy = await FaultyInflux.StartAsync(
            server.Url, (_, _) => broken ? new WriteFault(400, "what?") : WriteFault.None);
        record.AppendHourly("S-03", 64);
        using InfluxProjection projection = record.Project(server.Target(proxy.Url));

        ProjectionStep step = await projection.StepAsync(Stop);
        Assert.Equal((0, 0, "400 what?"), (step.Written, step.Refused, step.Trouble));
        Assert.Empty(projection.Refused);

        broken = false;
        Assert.Equal((64, 0), await ProjectedRecord.RunAsync(projection));
        Assert.True((await projection.VerifyAsync(Stop)).IsEqual);
    }

    [Fact]
    public async Task Another_target_is_projected_to_from_the_beginning()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        await server.AskAsync("CREATE DATABASE second");
        record.AppendHourly("S-03", 5);
        using InfluxProjection first = record.Project(server.Target());
        using InfluxProjection second = record.Project(server.Target() with { Bucket = "second" });

        Assert.Equal((5, 0), await ProjectedRecord.RunAsync(first));
        Assert.Equal((5, 0), await ProjectedRecord.RunAsync(second));

        Assert.True((await second.VerifyAsync(Stop)).IsEqual);
    }

    [Fact]
    public async Task VictoriaMetrics_takes_the_same_lines_by_the_second_API_and_holds_every_value()
    {
        using TimeSeriesServer server = await TimeSeriesServer.VictoriaMetricsAsync();
        record.Append("遂昌 松阳", SampleBatch.One(0, SampleBatch.Start, "0.40", instrument: "AN-22"),
            SampleBatch.One(0, SampleBatch.Start + SampleBatch.Hour, "0.41", instrument: "AN-22"));
        var target = new InfluxTarget { Url = server.Url, Bucket = "monitor", Organisation = "bureau", Token = "none asked" };
        using InfluxProjection projection = record.Project(target);
        await ProjectedRecord.RunAsync(projection);
        // Again, as after a crash: the same series and times.
        File.Delete(record.Folder.Projection);
        await ProjectedRecord.RunAsync(projection);

        List<JsonElement> series = await server.ExportAsync("readings_value");

        JsonElement one = Assert.Single(series);
        Assert.Equal("遂昌 松阳", one.GetProperty("metric").GetProperty("section").GetString());
        (long, double)[] points = [.. one.GetProperty("timestamps").EnumerateArray().Select(t => t.GetInt64())
            .Zip(one.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())).Distinct()];
        Assert.Equal([(1735689600000L, 0.40), (1735693200000L, 0.41)], points);
    }
}
