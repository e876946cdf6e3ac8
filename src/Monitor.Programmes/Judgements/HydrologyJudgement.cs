using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>Judges hydrology criteria from the record of a bank's wells. Pure.</summary>
public static class HydrologyJudgement
{
    /// <summary>
    /// The judgement of one season; null where no well of the bank sent anything in it, so that there is nothing to judge.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme, with wells.</param>
    /// <param name="part">A milestone, or a part of one, whose criterion is hydrology.</param>
    /// <param name="year">The season's civil year.</param>
    /// <param name="inputs">The bank's readings and records of that civil year.</param>
    public static HydrologyAssessment? Assess(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, int year, JudgementInputs inputs)
    {
        if (part.Criterion is not ByHydrology asked || bank.Monitoring is not MonitoringTerms monitoring) return null;
        List<(string Agent, ReviewedReading Reading)> readings =
            [.. inputs.Readings.Zip(ReviewedReading.Of(inputs), (stored, r) => (stored.Agent, r))];
        ILookup<string, ReviewedReading> wells = readings
            .Where(r => r.Reading.Reading.Measurand == Measurands.WaterTableDepth).ToLookup(r => r.Agent, r => r.Reading);
        if (!monitoring.Wells.Any(wells.Contains)) return null;
        List<IReadOnlyList<decimal?>> days =
            [.. monitoring.Wells.Select(well => WellDays.Of(asked, year, programme.Zone, wells[well]))];
        decimal? rank = RankOf(readings.Where(r => r.Agent == monitoring.RainfallAgent).Select(r => r.Reading));
        SiteHydrologyFinding found = SiteHydrology.Judge(days, asked.Terms, asked.Site, asked.Site.ClassOf(rank));
        return new HydrologyAssessment(
            programme, bank, part, asked, year,
            [.. monitoring.Wells.Select((well, i) => new WellSeason(well, days[i], found.Wells[i]))], rank, found);
    }

    /// <summary>The canonical bytes: keys in fixed order, no white space, decimals as strings.</summary>
    public static byte[] Write(HydrologyAssessment a)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("programme", a.Programme.Id);
            json.WriteString("version", a.Programme.Version);
            json.WriteString("bank", a.Bank.Id);
            json.WriteString("milestone", a.Part.Path);
            json.WriteString("criterion", a.Asked.Kind);
            json.WriteString("year", Text(a.Year));
            json.WriteStartArray("season");
            json.WriteStringValue(Day(a, 0));
            json.WriteStringValue(Day(a, a.Asked.Season.Days(a.Year) - 1));
            json.WriteEndArray();
            WriteRequired(json, a.Asked, a.Year);
            json.WriteStartArray("wells");
            foreach (WellSeason well in a.Wells) WriteWell(json, a, well);
            json.WriteEndArray();
            WriteRainfall(json, a);
            json.WriteString("outcome", MilestoneJudgement.Name(a.Finding.Outcome));
            json.WriteString("reason", ReasonName(a.Finding.Reason));
            MilestoneJudgement.WriteCredits(json, a.Programme, a.Bank, a.Part);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRequired(Utf8JsonWriter json, ByHydrology asked, int year)
    {
        json.WriteStartObject("required");
        json.WriteString("statistic", asked.Statistic.Name());
        json.WriteString("depthMax", CanonicalAssessment.Plain(asked.Terms.DepthMax));
        json.WriteNumber("days", asked.Terms.DaysNeeded(asked.Season.Days(year)));
        json.WriteNumber("daysMin", asked.Terms.DaysMin);
        json.WriteString("seasonShare", CanonicalAssessment.Plain(asked.Terms.SeasonShare));
        json.WriteString("completenessMin", CanonicalAssessment.Plain(asked.Terms.CompletenessMin));
        json.WriteNumber("gapDaysMax", asked.Terms.GapDaysMax);
        json.WriteNumber("readingsPerDayMin", asked.ReadingsPerDayMin);
        json.WriteNumber("wellsMin", asked.Site.WellsMin);
        json.WriteString("wellsShare", CanonicalAssessment.Plain(asked.Site.WellsShare));
        json.WriteEndObject();
    }

    private static void WriteWell(Utf8JsonWriter json, HydrologyAssessment a, WellSeason well)
    {
        HydrologyFinding found = well.Finding.Finding;
        json.WriteStartObject();
        json.WriteString("well", well.Well);
        json.WriteString("outcome", MilestoneJudgement.Name(found.Outcome));
        json.WriteNumber("longestRun", found.LongestRun);
        if (found.RunFrom is int from)
        {
            json.WriteString("from", Day(a, from));
            json.WriteString("to", Day(a, from + found.LongestRun - 1));
        }
        json.WriteNumber("bridgedDays", found.BridgedDays);
        json.WriteBoolean("withoutBridging", well.Finding.IsFirm);
        json.WriteNumber("days", found.Days);
        json.WriteNumber("seasonDays", found.SeasonDays);
        json.WriteEndObject();
    }

    private static void WriteRainfall(Utf8JsonWriter json, HydrologyAssessment a)
    {
        json.WriteStartObject("rainfall");
        json.WriteString("agent", a.Bank.Monitoring!.RainfallAgent);
        json.WriteString("rank", CanonicalAssessment.Plain(a.RainfallRank));
        json.WriteString("dryBelow", CanonicalAssessment.Plain(a.Asked.Site.DryBelow));
        json.WriteString("wetAbove", CanonicalAssessment.Plain(a.Asked.Site.WetAbove));
        json.WriteString("class", a.Rainfall?.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    // The newest figure of the year holds; where two of one moment differ, nobody knows.
    private static decimal? RankOf(IEnumerable<ReviewedReading> readings)
    {
        IGrouping<Instant, ReviewedReading>? newest = readings
            .Where(r => r.Reading.Measurand == Measurands.RainfallRank && !r.IsOut && r.Status == DeviceStatus.Normal)
            .GroupBy(r => r.Reading.Time).MaxBy(g => g.Key);
        List<ReportedValue> values = [.. newest?.Select(r => r.Value).Distinct() ?? []];
        return values is [{ Qualifier: Qualifier.None } one] && one.ToDecimal() is >= 0 and <= 1 ? one.ToDecimal() : null;
    }

    private static string? ReasonName(HydrologyReason? reason) => reason switch
    {
        null => null,
        HydrologyReason.TooFewWells => "too-few-wells",
        HydrologyReason.NotMet => "not-met",
        HydrologyReason.OpenWells => "open-wells",
        HydrologyReason.Bridged => "bridged",
        HydrologyReason.WetYear => "wet-year",
        _ => "unknown-rainfall",
    };

    private static string Day(HydrologyAssessment a, int day) =>
        a.Asked.Season.From.In(a.Year).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString("D4", CultureInfo.InvariantCulture);
}
