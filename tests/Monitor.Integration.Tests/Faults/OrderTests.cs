using System.Globalization;
using System.Text;
using Monitor.Cli;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>A judgement depends on what was measured, not on how it came in.</summary>
[Collection(FinishedDemo.Collection)]
public sealed class OrderTests(FinishedDemo demo) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Twenty_random_years_judged_from_different_arrival_orders_with_repeats_give_the_same_bytes()
    {
        RiverProgramme programme = DefinitionFiles.River(DefinitionFiles.Shipped("ou-river.yaml"));
        var judged = new HashSet<string>();
        for (int seed = 1; seed <= 20; seed++)
        {
            var chance = new Random(seed);
            RiverSection section = programme.Sections[seed % programme.Sections.Count];
            ReadingBatch[] batches = Year(programme, section, chance);
            byte[] inOrder = Judge(programme, section, batches, $"{seed}-a.db");
            // A fifth of them comes twice, and all come in any order.
            ReadingBatch[] arrivals = [.. batches, .. chance.GetItems(batches, batches.Length / 5)];
            chance.Shuffle(arrivals);
            byte[] shuffled = Judge(programme, section, arrivals, $"{seed}-b.db");

            Assert.Equal(Encoding.UTF8.GetString(inOrder), Encoding.UTF8.GetString(shuffled));
            judged.Add(Encoding.UTF8.GetString(inOrder));
        }
        // Twenty different years, and enough data to judge them: else the same bytes would say little.
        Assert.Equal(20, judged.Count);
        Assert.DoesNotContain(judged, line => line.Contains("\"direction\":\"suspended\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Assess_offline_gives_the_bytes_that_the_service_sealed()
    {
        var data = new DataFolder(demo.Root);
        var evidence = new EvidenceStore(data.Evidence);
        List<LedgerEntry> sealedYears;
        using (SqliteLedgerStore ledger = SqliteLedgerStore.Open(data, StoreAccess.ReadOnly))
        {
            sealedYears = [.. ledger.Lines().Select(line => ledger.At(line.Number)!).Where(entry =>
                entry.Kind == LedgerKinds.Assessment && entry.Key.StartsWith("assessment/ou-river/", StringComparison.Ordinal)
                && entry.Key.EndsWith("/2025", StringComparison.Ordinal))];
        }
        Assert.NotEmpty(sealedYears);
        var csv = new StringBuilder("section,measurand,time,value,status\n");
        foreach (LedgerEntry entry in sealedYears)
        {
            byte[] kept = evidence.Find(entry.Evidence!)!;
            foreach (StoredReading r in AssessmentEvidence.Read(kept, entry.Evidence!).Inputs.Readings)
            {
                csv.AppendJoin(',', r.Section, r.Reading.Measurand, r.Reading.Time, r.Reading.Value, r.Reading.Status)
                    .Append('\n');
            }
        }
        string river = Path.Combine(DefinitionFiles.ShippedFolder, "ou-river.yaml");

        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor",
            "assess", river, "--readings", _folder.Write("readings.csv", csv.ToString()), "--period", "2025", "--json");

        Assert.True(code == 0, errors);
        // Sections without a single reading have no rows, and so no line.
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] expected = [.. sealedYears.Select(e => Encoding.UTF8.GetString(e.Body.Span)).Where(body =>
            csv.ToString().Contains($"\n{Section(body)},", StringComparison.Ordinal))];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    private byte[] Judge(
        RiverProgramme programme, RiverSection section, ReadingBatch[] arrivals, string file)
    {
        Period period = Period.OfYear(2025, programme.Zone);
        using SqliteReadingStore record = SqliteReadingStore.Open(_folder[file]);
        foreach (ReadingBatch[] group in arrivals.Chunk(200))
        {
            record.Append([.. group.Select(batch => new BatchArrival(batch))], period.End);
        }
        using SqliteRegistryStore registry = SqliteRegistryStore.Open(_folder[file]);
        JudgementInputs inputs = JudgementInputs.Read(
            record, registry, section.Id, programme.Statistic, period, record.LastPosition);
        return CanonicalAssessment.Write(RiverJudgement.Assess(programme, section, period, inputs));
    }

    /// <summary>
    /// A year of everything that is judged, near its baseline: gaps, maintenance, values below detection, and now and
    /// then
    /// a second value for the same moment.
    /// </summary>
    private static ReadingBatch[] Year(RiverProgramme programme, RiverSection section, Random chance)
    {
        Period period = Period.OfYear(2025, programme.Zone);
        string[] yearly = [.. programme.Index.Terms
            .Where(t => t.IsYearlyFigure).SelectMany(t => t.Parts).Select(p => p.Measurand)];
        string[] series = [.. section.Baseline.Keys.Concat(programme.ClassIndicators).Distinct().Except(yearly)];
        long step = programme.IntervalHours * SampleBatch.Hour;
        double level = 0.6 + chance.NextDouble();
        List<Reading> readings = [];
        void Add(string code, long time, decimal value, string status = "N", string sign = "") =>
            readings.Add(SampleBatch.One(
                0, time, sign + value.ToString("0.000", CultureInfo.InvariantCulture), code, programme.Statistic,
                status));
        for (long time = period.Start.UnixMilliseconds; time < period.End.UnixMilliseconds; time += step)
        {
            foreach (string code in series)
            {
                int draw = chance.Next(1000);
                decimal factor = (decimal)(level * (0.9 + (0.2 * chance.NextDouble())));
                decimal value = section.Baseline.GetValueOrDefault(code, 7m) * factor;
                if (draw >= 20) Add(code, time, value, draw < 40 ? "M" : "N", draw is >= 40 and < 50 ? "<" : "");
                if (draw is >= 50 and < 60) Add(code, time, value + 0.001m);
            }
        }
        foreach (string code in yearly) Add(code, period.End.UnixMilliseconds - step, section.Baseline[code]);
        return [.. readings.Chunk(100).Select((chunk, i) => SampleBatch.Of(
            i + 1, [.. chunk.Select((r, index) => r with { Index = index })], section: section.Id,
            sent: period.End.UnixMilliseconds))];
    }

    private static string Section(string body)
    {
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return json.RootElement.GetProperty("section").GetString()!;
    }
}
