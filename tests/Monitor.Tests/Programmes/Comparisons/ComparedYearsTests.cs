using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Programmes.Comparisons;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Monitor.Tests.Programmes.Families;
using Monitor.Tests.Programmes.Judgements;
using Xunit;

namespace Monitor.Tests.Programmes.Comparisons;

/// <summary>Years of OJ-05, target III: 2024 at a multiple of the baseline, 2025 at another; by rounds three and two.</summary>
public sealed class ComparedYearsTests
{
    private static readonly RiverProgramme Today = AheadYear.Programme;

    // 5,000,000 yuan in place of 8,000,000, all else the same numbers.
    private static readonly RiverProgramme RoundTwo = Family.Of("ou-river-2021").Programme with
    {
        Validity = Today.Validity, Screening = Today.Screening,
    };

    // E is the factor. Round three, class III: < 0.95 the downstream side pays 8 million, > 1.05 the upstream side.
    [Fact]
    public void The_change_from_a_year_to_the_next_is_a_difference_of_index_and_of_signed_yuan()
    {
        ComparedSection compared = Compare((2024, 0.9m), (2025, 1.2m));
        ComparedYear[] years = [.. compared.Rows[0].Years];
        Assert.Equal([0.9m, 1.2m], years.Select(y => y.Result!.Index!.Value));
        Assert.Equal([8_000_000m, -8_000_000m], years.Select(y => y.Result!.Signed!.Value));
        Assert.Null(years[0].Change);
        YearChange change = years[1].Change!;
        Assert.Equal((2024, 1.2m - 0.9m, -8_000_000m - 8_000_000m), (change.From, change.Index!.Value, change.Yuan!.Value));
        Assert.Empty(change.Unsaid);
    }

    [Fact]
    public void A_class_that_changes_by_one_is_some_change()
    {
        // Ammonia's baseline of OJ-05 is 0.55: 0.9 × 0.55 = 0.495 is class II, 1.2 × 0.55 = 0.66 class III.
        YearChange change = Compare((2024, 0.9m), (2025, 1.2m)).Rows[0].Years[1].Change!;
        Assert.Equal((ClassChange.Worse, 1), (change.Class!.Value, change.Steps!.Value));
    }

    [Fact]
    public void Another_round_is_held_against_todays_terms_year_by_year()
    {
        ComparedSection compared = Compare((2024, 0.9m), (2025, 1m));
        Assert.Equal([Today.Version, RoundTwo.Version], compared.Rows.Select(r => r.Terms!.Version));
        Assert.All(compared.Rows[0].Years, y => Assert.Null(y.Against));
        Assert.Equal([5_000_000m, 0m], compared.Rows[1].Years.Select(y => y.Result!.Yuan!.Value));
        // 5 million is not 8 million; nothing is nothing.
        Assert.Equal([false, true], compared.Rows[1].Years.Select(y => y.Against!.IsSame));
    }

    [Fact]
    public void What_was_sealed_counts_and_everything_else_is_a_what_if()
    {
        var kept = new Dictionary<int, YearResult> { [2024] = Sealed(2024, RoundTwo.Version, 5_000_000) };
        ComparedSection compared = Compare(kept, (2024, 0.9m), (2025, 0.9m));
        Assert.Null(compared.Rows[0].Terms);
        Assert.Equal((false, 7L), (compared.Rows[0].Years[0].Result!.IsWhatIf, compared.Rows[0].Years[0].Result!.Entry));
        Assert.Equal("no judgement of that year is sealed", compared.Rows[0].Years[1].Absent!.English);
        Assert.All(compared.Rows.Skip(1).SelectMany(r => r.Years), y => Assert.True(y.Result!.IsWhatIf));
        // Today's terms on the past year give 8 million where 5 were sealed; by the terms of then it is what was sealed.
        YearAgainst today = compared.Rows[1].Years[0].Against!;
        Assert.Equal((false, RoundTwo.Version), (today.IsSame!.Value, today.Version));
        Assert.True(compared.Rows[2].Years[0].Against!.IsSame);
        // The year that nobody sealed is held against today's what-if, and says so.
        YearAnswer[] round = [.. YearsAnswer.Of(compared).Rows[2].Years];
        Assert.Equal([(false, 7L), (true, null)], round.Select(y => (y.Against!.WhatIf, y.Against.Entry)));
    }

    [Fact]
    public void Years_sealed_by_two_rounds_are_not_subtracted()
    {
        var kept = new Dictionary<int, YearResult>
        {
            [2024] = Sealed(2024, RoundTwo.Version, 5_000_000), [2025] = Sealed(2025, Today.Version, 8_000_000),
        };
        YearChange change = Compare(kept, (2024, 0.9m), (2025, 0.9m)).Rows[0].Years[1].Change!;
        Assert.Equal((ClassChange.None, null, null), (change.Class, change.Index, change.Yuan));
        Assert.StartsWith(
            "by other terms (2021-demo.1, 2024-demo.1)", Assert.Single(change.Unsaid).English, StringComparison.Ordinal);
    }

    // Edited, and the version left as it was.
    [Fact]
    public void Two_texts_of_one_version_are_two_sets_of_terms()
    {
        YearResult before = Sealed(2024, Today.Version, 8_000_000) with { TermsSha256 = RoundTwo.Text.Sha256 };
        var change = YearChange.Between(before, Sealed(2025, Today.Version, 8_000_000));
        Assert.Null(change.Yuan);
        Assert.Equal(
            $"by other terms (2024-demo.1 {RoundTwo.Text.Sha256[..8]}, 2024-demo.1 {Today.Text.Sha256[..8]}): "
            + "index and amount are not subtracted",
            Assert.Single(change.Unsaid).English);
    }

    [Fact]
    public void Another_target_class_cannot_be_compared_and_says_so()
    {
        RiverProgramme stricter = RoundTwo with
        {
            Sections = [.. RoundTwo.Sections.Select(s => s.Id == "OJ-05" ? s with { Target = SurfaceWaterClass.II } : s)],
        };
        ComparedSection compared = Compare([Today, stricter], new Dictionary<int, YearResult>(), (2025, 1m));
        YearAgainst against = compared.Rows[1].Years[0].Against!;
        Assert.Null(against.IsSame);
        Assert.Equal("another target class: III by 2024-demo.1, II by 2021-demo.1", Assert.Single(against.Unsaid).English);
    }

    [Fact]
    public void A_hole_of_the_table_and_a_measurand_that_was_not_measured_say_so()
    {
        List<Reading> hole = Readings((2024, 1.02m), (2025, 1m));
        hole.RemoveAll(r => r.Measurand == "w21001" && Year(2025).Contains(r.Time));
        ComparedSection compared = ComparedSection.Of(
            "OJ-05", [2024, 2025], new Dictionary<int, YearResult>(), [Today],
            (terms, place, year) => YearResult.WhatIf(RiverJudgement.Assess(terms, place, year, hole)));
        ComparedYear[] years = [.. compared.Rows[0].Years];
        Assert.Equal(Direction.UndefinedInSource, years[0].Result!.Direction);
        Assert.Equal("not measured that year: w21001", Assert.Single(years[1].Result!.Reasons).English);
        string[] unsaid = [.. years[1].Change!.Unsaid.Select(u => u.English)];
        Assert.StartsWith(
            "2024 is undecided by the rule: for class III the table prints no result", unsaid[0], StringComparison.Ordinal);
        Assert.Equal("2025 is suspended: not measured that year: w21001", unsaid[1]);
        Assert.Null(years[1].Change!.Yuan);
    }

    [Fact]
    public void A_section_that_a_round_did_not_have_is_absent_there()
    {
        RiverProgramme fewer = RoundTwo with { Sections = [.. RoundTwo.Sections.Where(s => s.Id != "OJ-05")] };
        ComparedYear year = Compare([Today, fewer], new Dictionary<int, YearResult>(), (2025, 1m)).Rows[1].Years[0];
        Assert.Null(year.Result);
        Assert.Equal("these terms have no such section", year.Absent!.English);
    }

    // Two sections: one better and paid, one worse and paying. Never netted, and what was sealed never added to a what-if.
    [Fact]
    public void A_basin_is_summed_direction_by_direction_and_row_by_row()
    {
        var kept = new Dictionary<int, YearResult> { [2025] = Sealed(2025, Today.Version, 8_000_000) };
        ComparedSection first = Compare(kept, (2024, 1m), (2025, 0.9m));
        ComparedSection second = Compare((2024, 1m), (2025, 1.2m));
        ComparedBasin basin = ComparedBasin.Of([first, second]);
        Assert.Equal([null, Today.Version, RoundTwo.Version], basin.Rows.Select(r => r.Terms?.Version));
        BasinYear kept2025 = basin.Rows[0].Years.Single(y => y.Year == 2025);
        Assert.Equal((1, 8_000_000m, 0m), (kept2025.Sections, kept2025.DownstreamYuan, kept2025.UpstreamYuan));
        BasinYear whatIf = basin.Rows[1].Years.Single(y => y.Year == 2025);
        Assert.Equal((2, 8_000_000m, 8_000_000m), (whatIf.Sections, whatIf.DownstreamYuan, whatIf.UpstreamYuan));
        Assert.Equal((1, 0, 1), (whatIf.Change!.IndexLower, whatIf.Change.IndexSame, whatIf.Change.IndexHigher));
        // (−0.1 + 0.2) ÷ 2
        Assert.Equal(0.05m, whatIf.Change.IndexMean);
        Assert.Equal(5_000_000m, basin.Rows[2].Years.Single(y => y.Year == 2025).UpstreamYuan);
    }

    [Fact]
    public void The_answer_marks_every_row_that_nobody_sealed()
    {
        var kept = new Dictionary<int, YearResult> { [2025] = Sealed(2025, Today.Version, 8_000_000) };
        var answer = YearsAnswer.Of(Compare(kept, (2024, 1m), (2025, 0.9m)));
        Assert.Equal(["sealed", "today", "round"], answer.Rows.Select(r => r.Terms));
        Assert.Equal([false, true, true], answer.Rows.Select(r => r.WhatIf));
        string json = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
        Assert.Contains("\"terms\":\"round\",\"whatIf\":true", json, StringComparison.Ordinal);
        Assert.Contains("\"index\":\"0.900\"", json, StringComparison.Ordinal);
    }

    private static ComparedSection Compare(params (int Year, decimal Factor)[] years) =>
        Compare(new Dictionary<int, YearResult>(), years);

    private static ComparedSection Compare(Dictionary<int, YearResult> kept, params (int Year, decimal Factor)[] years) =>
        Compare([Today, RoundTwo], kept, years);

    private static ComparedSection Compare(
        RiverProgramme[] terms, Dictionary<int, YearResult> kept, params (int Year, decimal Factor)[] years)
    {
        List<Reading> readings = Readings(years);
        return ComparedSection.Of(
            "OJ-05", years.Select(y => y.Year), kept, terms,
            (programme, place, year) => YearResult.WhatIf(RiverJudgement.Assess(programme, place, year, readings)));
    }

    // One reading a month of each measurand, moved from 2025 to the year.
    private static List<Reading> Readings(params (int Year, decimal Factor)[] years) =>
    [
        .. years.SelectMany(y => AheadYear.Readings(y.Factor)
            .Select(r => (Moved: r, Yearly: r.Measurand is Measurands.WaterUse or Measurands.WaterIntensity))
            .Select(r => r.Moved with
            {
                Time = InYear(r.Moved.Time, y.Year),
                Value = r.Yearly ? Times(r.Moved.Value, y.Factor) : r.Moved.Value,
            })),
    ];

    // The same month and day: a leap year has a day more.
    private static Instant InYear(Instant time, int year)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), Today.Zone);
        return Instant.From(local.AddYears(year - local.Year));
    }

    private static ReportedValue Times(ReportedValue value, decimal factor)
    {
        Assert.True(ReportedValue.TryFrom(value.ToDecimal() * factor, Qualifier.None, out ReportedValue times));
        return times;
    }

    private static Period Year(int year) => Period.OfYear(year, Today.Zone);

    private static YearResult Sealed(int year, string version, decimal yuan) => new()
    {
        Year = year,
        Programme = Today.Id,
        Version = version,
        TermsSha256 = version == Today.Version ? Today.Text.Sha256 : RoundTwo.Text.Sha256,
        Entry = 7,
        Target = SurfaceWaterClass.III,
        Class = SurfaceWaterClass.II,
        Index = 0.9m,
        Direction = Direction.DownstreamPays,
        Yuan = yuan,
    };
}
