using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Screening;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>A year of section OJ-05 with one reading a month for each measurand, under terms that ask for no more.</summary>
internal static class AheadYear
{
    private static readonly string[] Index = ["w01019", "w21003", "w21011", "w21001"];

    internal static RiverProgramme Programme { get; } = OuRiver.Programme with
    {
        Validity = new Validity(1, 0.01m, 12),
        Screening = new ScreeningTerms("none", new Dictionary<string, ScreeningLimits>()),
    };

    internal static RiverSection Section => Programme.FindSection("OJ-05")!;

    internal static Period Year { get; } = Period.OfYear(2025, Programme.Zone);

    /// <summary>Twelve months at a multiple of the baseline, one of them at another; yearly figures at the baseline.</summary>
    internal static List<Reading> Readings(decimal factor, (int Month, decimal Factor)? changed = null) =>
        [.. Enumerable.Range(1, 12).SelectMany(m => Month(m, m == changed?.Month ? changed.Value.Factor : factor)), .. Yearly(1)];

    internal static IEnumerable<Reading> Month(int month, decimal factor, int day = 1, string status = "N") =>
    [
        .. Index.Select(code => Reading(code, month, Section.Baseline[code] * factor, day, status)),
        Reading("w01001", month, 7, day, status), Reading("w01009", month, 8, day, status),
    ];

    internal static IEnumerable<Reading> Yearly(decimal factor) =>
        new[] { Measurands.WaterUse, Measurands.WaterIntensity }
            .Select(code => Reading(code, 12, Section.Baseline[code] * factor, day: 31));

    internal static Reading Reading(string code, int month, decimal value, int day = 1, string status = "N") =>
        OuRiver.Reading(
            code, Period.OfMonth(2025, month, Programme.Zone).Start.UnixMilliseconds + ((day - 1) * 86_400_000L),
            decimal.Round(value, 6), status);

    internal static RiverAssessment Assess(IEnumerable<Reading> readings, RiverProgramme? programme = null) =>
        RiverJudgement.Assess(programme ?? Programme, Section, Year, readings);

    /// <summary>Looks ahead from the end of a month; 0 for the year's start.</summary>
    internal static LookAhead Ahead(IEnumerable<Reading> readings, int month, RiverProgramme? programme = null)
    {
        Instant until = month == 0 ? Year.Start : Period.OfMonth(2025, month, Programme.Zone).End;
        return AheadJudgement.Of(Assess(readings.Where(r => r.Time < until), programme), until);
    }
}
