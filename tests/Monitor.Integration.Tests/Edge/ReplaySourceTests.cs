using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Edge.Sensors;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class ReplaySourceTests : IDisposable
{
    private const string Header = "time,measurand,value,status,instrument\n";

    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_come_as_they_stand_in_the_file_in_order()
    {
        File.WriteAllText(folder.File("f.csv"), "\uFEFFstatus, value ,measurand,time,instrument,remark\r\n"
            + "N,0.40,w21003,2025-01-01T00:00:00+08:00,AN-1,first\r\n"
            + "\r\n"
            + ",<0.025,w21003,2024-12-31T16:30:00Z,,\r\n"
            + "sc,>2000,mine,2025-01-01 01:00:00.5+08:00,,last line without an end");

        List<Reading> readings = [.. (await Portions("f.csv", 500)).SelectMany(p => p.Readings)];

        Assert.Equal(["0.40", "<0.025", ">2000"], readings.Select(r => r.Value.ToString()));
        Assert.Equal(["2024-12-31T16:00:00.000Z", "2024-12-31T16:30:00.000Z", "2024-12-31T17:00:00.500Z"],
            readings.Select(r => r.Time.ToString()));
        Assert.Equal(["N", "N", "sc"], readings.Select(r => r.Status));
        Assert.Equal(["AN-1", "", ""], readings.Select(r => r.Instrument));
        Assert.Equal(["mg/L", "mg/L", ""], readings.Select(r => r.Unit));
    }

    // The row, and what the fault must name.
    [Theory]
    [InlineData("2025-01-01T00:00:00,w21003,1,N,", "time")] // no offset
    [InlineData("2025-02-30T00:00:00Z,w21003,1,N,", "time")]
    [InlineData("1600-01-01T00:00:00Z,w21003,1,N,", "time")]
    [InlineData("2025-01-01T00:00:00Z,w 21003,1,N,", "measurand")]
    [InlineData("2025-01-01T00:00:00Z,w21003,1e3,N,", "value")]
    [InlineData("2025-01-01T00:00:00Z,w21003,,N,", "value")]
    [InlineData("2025-01-01T00:00:00Z,w21003,\"1\",N,", "value")]
    [InlineData("2025-01-01T00:00:00Z,w21003,9223372036854775808,N,", "value")]
    [InlineData("2025-01-01T00:00:00Z,w21003,1,normal,", "status")]
    [InlineData("2025-01-01T00:00:00Z,w21003,1,N,a/b", "instrument")]
    [InlineData("2025-01-01T00:00:00Z,w21003,1,N", "")] // a field too few
    public async Task A_wrong_row_is_named_by_file_line_and_field_with_a_remedy(string row, string field)
    {
        File.WriteAllText(folder.File("f.csv"), Header + "2025-01-01T00:00:00Z,w21003,1,N,\n" + row + "\n");

        InputException fault = await Assert.ThrowsAsync<InputException>(() => Portions("f.csv", 1));

        Assert.Equal((folder.File("f.csv"), 3, field), (fault.File, fault.Line, fault.Field));
        Assert.NotEmpty(fault.Remedy);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("time,measurand,value\n", "status")]
    [InlineData("time,measurand,value,status,time\n", "time")]
    public async Task A_wrong_first_line_is_refused(string text, string field)
    {
        File.WriteAllText(folder.File("f.csv"), text);

        InputException fault = await Assert.ThrowsAsync<InputException>(() => Portions("f.csv", 1));

        Assert.Equal(field, fault.Field);
    }

    [Fact]
    public async Task A_line_without_end_and_a_file_that_is_not_there_are_refused()
    {
        File.WriteAllText(folder.File("f.csv"), Header + new string('x', 10_000_000));

        Assert.Equal(2, (await Assert.ThrowsAsync<InputException>(() => Portions("f.csv", 1))).Line);
        await Assert.ThrowsAsync<InputException>(() => Portions("none.csv", 1));
    }

    [Fact]
    public async Task Stopped_after_any_portion_and_begun_again_each_row_is_in_the_outbox_once()
    {
        const int Rows = 103;
        string file = folder.WriteRows(Rows);
        int runs = 0;
        // 103 rows by 7 are 15 portions; each run takes one more at most, and the last finds the end.
        for (bool ended = false; !ended; runs++)
        {
            using Outbox outbox = folder.Open();
            ended = true;
            await foreach (SensedPortion portion in Read(file, 7, outbox))
            {
                // The run dies with this portion in hand and not yet kept; the next run gets it again.
                if (!ended) break;
                ended = false;
                outbox.Append(portion.Readings, Source(file, 7).Name, portion.Progress);
            }
        }

        Assert.Equal(16, runs);
        Assert.Equal(Enumerable.Range(1, Rows).Select(n => (long)n),
            folder.Batches().SelectMany(b => b.Readings).Select(r => r.Value.Mantissa));
    }

    [Fact]
    public async Task A_file_that_has_grown_is_taken_on_from_where_it_ended()
    {
        string file = folder.WriteRows(3);
        File.WriteAllText(file, File.ReadAllText(file).TrimEnd('\n'));
        await ReplayAll(file);

        File.AppendAllText(file, "\n" + EdgeFolder.Row(4));
        await ReplayAll(file);
        await ReplayAll(file);

        Assert.Equal([1L, 2, 3, 4], folder.Batches().SelectMany(b => b.Readings).Select(r => r.Value.Mantissa));
    }

    [Theory]
    [InlineData("0.002", "0.003")] // a row that was taken now says something else
    [InlineData("2025-01-01T00:03:00+08:00,w21003,0.003,N\n", "")] // a row that was taken is gone
    public async Task A_file_that_was_changed_where_it_was_taken_is_refused(string from, string to)
    {
        string file = folder.WriteRows(3);
        await ReplayAll(file);
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

        InputException fault = await Assert.ThrowsAsync<InputException>(() => ReplayAll(file));

        Assert.Contains("changed since", fault.Fault, StringComparison.Ordinal);
        Assert.Equal(3, folder.Batches().Sum(b => b.Readings.Count));
    }

    private async Task ReplayAll(string file)
    {
        using Outbox outbox = folder.Open();
        await foreach (SensedPortion portion in Read(file, 2, outbox))
        {
            outbox.Append(portion.Readings, Source(file, 2).Name, portion.Progress);
        }
    }

    private async Task<List<SensedPortion>> Portions(string name, int portion)
    {
        List<SensedPortion> portions = [];
        await foreach (SensedPortion p in Source(folder.File(name), portion)
            .ReadAsync(null, TestContext.Current.CancellationToken)) portions.Add(p);
        return portions;
    }

    private static ReplaySource Source(string file, int portion) =>
        new(file, Statistic.Instantaneous, portion, null, TimeProvider.System);

    private static IAsyncEnumerable<SensedPortion> Read(string file, int portion, Outbox outbox)
    {
        ReplaySource source = Source(file, portion);
        return source.ReadAsync(outbox.ProgressOf(source.Name), TestContext.Current.CancellationToken);
    }
}
