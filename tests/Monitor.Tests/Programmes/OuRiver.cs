using System.Text;
using Xunit;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Tests.House;

namespace Monitor.Tests.Programmes;

/// <summary>The shipped Ou River programme, and years made for it.</summary>
internal static class OuRiver
{
    internal static readonly DefinitionText Text = new("ou-river.yaml", File.ReadAllBytes(Path.Combine(
        HouseFiles.All.Root, "pipelines", "ou-river.yaml")));

    internal static readonly StandardFile Standard = StandardFile.Read(new DefinitionText(
        "gb3838-2002.yaml", Encoding.UTF8.GetBytes(StandardDefinition.Gb3838Text())));

    internal static readonly RiverProgramme Programme = Read();

    /// <summary>A programme that does not change with the shipped one, for golden bytes.</summary>
    internal static readonly RiverProgramme Frozen = RiverProgrammeReader.Read(
        new DefinitionText("programme.yaml", File.ReadAllBytes(Path.Combine(
            HouseFiles.All.Root, "fixtures", "assessment", "programme.yaml"))),
        _ => Standard);

    internal static RiverProgramme Read(params string[] changes) =>
        RiverProgrammeReader.Read(Text, _ => Standard, [.. changes.Select(WhatIf.Parse)]);

    /// <summary>Faults of the programme with one piece of its text replaced.</summary>
    internal static IReadOnlyList<DefinitionFault> Faults(string find, string put)
    {
        string text = Encoding.UTF8.GetString(Text.Bytes.Span);
        Assert.Contains(find, text, StringComparison.Ordinal);
        int at = text.IndexOf(find, StringComparison.Ordinal);
        string changed = text[..at] + put + text[(at + find.Length)..];
        return [.. RiverProgrammeReader.Check(new DefinitionText("ou-river.yaml", Encoding.UTF8.GetBytes(changed)), _ => Standard)
            .Where(f => f.Level == FaultLevel.Fault)];
    }

    /// <summary>
    /// A whole year of a section in which every measurand of the index has its baseline times a factor, pH 7 and DO 8;
    /// so that E is that factor. Yearly figures are the baseline times it as well.
    /// </summary>
    internal static List<Reading> Year(string section, decimal factor)
    {
        RiverSection place = Programme.FindSection(section)!;
        Period year = Period.OfYear(2025, Programme.Zone);
        List<Reading> readings = [];
        for (long time = year.Start.UnixMilliseconds; time < year.End.UnixMilliseconds; time += 4 * 3_600_000)
        {
            // Up and down by one percent, so that nothing looks stuck and each day's mean is exact.
            int sign = time / (4 * 3_600_000) % 2 == 0 ? 1 : -1;
            foreach (string code in new[] { "w01019", "w21003", "w21011", "w21001" })
            {
                readings.Add(Reading(code, time, place.Baseline[code] * factor * (1 + (sign * 0.01m))));
            }
            readings.Add(Reading("w01001", time, 7.00m + (sign * 0.05m)));
            readings.Add(Reading("w01009", time, 8.00m + (sign * 0.10m)));
        }
        readings.Add(Reading(Measurands.WaterUse, year.Start.UnixMilliseconds, place.Baseline[Measurands.WaterUse] * factor));
        readings.Add(Reading(
            Measurands.WaterIntensity, year.Start.UnixMilliseconds, place.Baseline[Measurands.WaterIntensity] * factor));
        return readings;
    }

    internal static Reading Reading(
        string code, long time, decimal value, string status = "N", Qualifier qualifier = Qualifier.None)
    {
        Assert.True(ReportedValue.TryFrom(value, qualifier, out ReportedValue reported));
        return new Reading
        {
            Index = 0,
            Measurand = code,
            Time = new Instant(time),
            Value = reported,
            Statistic = Statistic.Hour,
            Unit = "mg/L",
            Status = status,
        };
    }

    internal static RiverAssessment Assess(
        string section, IEnumerable<Reading> readings, string period = "2025", RiverProgramme? programme = null)
    {
        RiverProgramme terms = programme ?? Programme;
        Assert.True(Period.TryParse(period, terms.Zone, out Period? when));
        return RiverJudgement.Assess(terms, terms.FindSection(section)!, when, readings);
    }
}
