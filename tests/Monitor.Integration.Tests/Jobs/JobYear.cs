using System.Globalization;
using System.Text;
using Monitor.Cli;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Server;
using Monitor.Server.Jobs;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// A year of one programme: each section's indicators stand at its baseline times a factor of its own, four-hourly, in the
/// programme's own civil hours; so that its index is that factor.
/// </summary>
internal sealed class JobYear(RiverProgramme programme)
{
    private const int Year = 2025;
    private const long Slot = 4 * 3_600_000;

    /// <summary>The shipped programme, cut to some of its sections, in another zone if asked.</summary>
    public static RiverProgramme Programme(int sections, string zone = "Asia/Shanghai")
    {
        string text = Encoding.UTF8.GetString(DefinitionFiles.Shipped("ou-river.yaml").Bytes.Span)
            .Replace("Asia/Shanghai", zone, StringComparison.Ordinal);
        for (int at = 0, i = 0; i <= sections; i++)
        {
            at = text.IndexOf("  - id: OJ-", at + 1, StringComparison.Ordinal);
            if (i == sections && at >= 0) text = text[..at];
        }
        string file = Path.Combine(DefinitionFiles.ShippedFolder, "ou-river.yaml");
        return DefinitionFiles.River(new DefinitionText(file, Encoding.UTF8.GetBytes(text)));
    }

    public Period Whole => Period.OfYear(Year, programme.Zone);

    /// <summary>The months, and the year after its December: what the clock judges.</summary>
    public IEnumerable<Period> Periods => Whole.Months().Append(Whole);

    /// <summary>All readings of a section.</summary>
    public IEnumerable<Reading> Readings(RiverSection section)
    {
        decimal factor = 0.80m + (0.05m * programme.Sections.ToList().IndexOf(section));
        foreach (Period month in Whole.Months())
        {
            for (long time = month.Start.UnixMilliseconds; time < month.End.UnixMilliseconds; time += Slot)
            {
                // Up and down around the level: what stands still is taken for a stuck instrument.
                decimal swing = time / Slot % 2 == 0 ? 1.02m : 0.98m;
                foreach (string code in new[] { "w01019", "w21003", "w21011", "w21001" })
                {
                    yield return One(time, code, section.Baseline[code] * factor * swing);
                }
                yield return One(time, "w01001", 7.2m * swing);
                yield return One(time, "w01009", 8.1m * swing);
            }
        }
        long last = Whole.End.UnixMilliseconds - Slot;
        yield return One(last, Measurands.WaterUse, section.Baseline[Measurands.WaterUse] * factor);
        yield return One(last, Measurands.WaterIntensity, section.Baseline[Measurands.WaterIntensity] * factor);
    }

    /// <summary>Batches of a section, in the order of time; a month's are its own.</summary>
    public IEnumerable<(Period Month, ReadingBatch Batch)> Batches(RiverSection section)
    {
        long sequence = 0;
        List<Reading> all = [.. Readings(section)];
        foreach (Period month in Whole.Months())
        {
            foreach (Reading[] part in all.Where(r => month.Contains(r.Time)).Chunk(ReadingBatch.ReadingsMax))
            {
                yield return (month, SampleBatch.Of(
                    ++sequence, [.. part.Select((r, i) => r with { Index = i })], $"agent-{section.Id}", "boot1",
                    section.Id, part[^1].Time.UnixMilliseconds));
            }
        }
    }

    /// <summary>
    /// Everything, or one month, comes in, each batch when it was made: the service's clock may stand before it, and a batch
    /// that is made after it came in would be of a doubtful clock.
    /// </summary>
    public Task SendAsync(MonitorServer server, Period? only = null)
    {
        foreach (RiverSection section in programme.Sections)
        {
            foreach ((_, ReadingBatch batch) in Batches(section).Where(b => only is null || b.Month.Label == only.Label))
            {
                Assert.Equal([AppendOutcome.Stored], server.Record.Append([new BatchArrival(batch)], batch.Sent));
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>What `assess` says of a section and period, in its very bytes.</summary>
    public byte[] Assessed(RiverSection section, Period period) =>
        CanonicalAssessment.Write(RiverJudgement.Assess(programme, section, period, Readings(section)));

    /// <summary>A file for the verb `assess`.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("section,measurand,time,value,status\n");
        foreach (RiverSection section in programme.Sections)
        {
            foreach (Reading r in Readings(section))
            {
                csv.Append(CultureInfo.InvariantCulture, $"{section.Id},{r.Measurand},{r.Time},{r.Value},N\n");
            }
        }
        return csv.ToString();
    }

    /// <summary>Exactly the year's drafts are in the ledger, each once, each of what `assess` gives, and nothing else.</summary>
    public void AssertSealed(ILedgerStore ledger)
    {
        LedgerEntry[] entries = [.. ledger.Entries()];
        (string, string)[] expected = [.. from p in Periods from s in programme.Sections select (s.Id, p.Label)];
        SealedNotice[] notices = [.. entries.Where(e => e.Kind == LedgerKinds.Notice).Select(SealedNotice.Read)];
        Assert.Equal(expected.Order(), notices.Select(n => (n.Section, n.Period)).Order());
        Assert.All(notices, n => Assert.Equal("draft", n.Status));
        Assert.Equal(2 * expected.Length, entries.Length);
        foreach (Period period in Periods)
        {
            foreach (RiverSection section in programme.Sections)
            {
                string key = $"assessment/{programme.Id}/{programme.Version}/{section.Id}/{period.Label}";
                Assert.Equal(
                    Encoding.UTF8.GetString(Assessed(section, period)),
                    Encoding.UTF8.GetString(ledger.Find(key)!.Body.Span));
            }
        }
        Assert.True(ledger.Verify().Intact);
    }

    private static Reading One(long time, string code, decimal value) => SampleBatch.One(
        0, time, value.ToString(CultureInfo.InvariantCulture), code);
}
