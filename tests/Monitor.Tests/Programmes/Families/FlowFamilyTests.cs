using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Tests.House;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>
/// Statistics that are made with the flow, on a family that is in no source, MADE UP: every figure here is invented. Each sum is
/// made a second time by a plain loop.
/// </summary>
public sealed class FlowFamilyTests
{
    private const string File = "fixtures/programmes/made-up-flow.yaml";
    private const decimal SecondsOfDay = 86_400, LitresOfCubicMetre = 1_000, GramsOfTonne = 1_000_000;

    private static readonly RiverProgramme Programme = Family.At(File).Programme;

    private static readonly Period Year = Period.OfYear(2025, Programme.Zone);

    [Fact]
    public void It_passes_check() => Assert.DoesNotContain(Family.Check(File), f => f.Level == FaultLevel.Fault);

    // Made up to be gappy: one day makes a month there, and half a detection limit counts.
    [Fact]
    public void Check_warns_of_loads_that_gaps_lessen_and_that_count_what_was_not_detected()
    {
        string[] said = [.. Family.Check(File).Where(f => f.Level == FaultLevel.Warning).Select(f => f.Field)];
        Assert.Contains("validity.month.share_min", said);
        Assert.Contains("detection.below", said);
        Assert.DoesNotContain(
            Family.Check("pipelines/families/chishui-2014.yaml"), f => f.Text.Contains("load", StringComparison.Ordinal));
    }

    // Two days a month: COD 10 at 1,000 L/s and 30 at 3,000 L/s. Plain mean 20; by the flow (10 × 1 + 30 × 3) ÷ 4 = 25.
    // Ammonia 0.4 at both: 0.4 g/m³ × 4 m³/s × 86,400 s = 138,240 g a month, 1.65888 t a year.
    // E = 0.5 × 25 ÷ 12 + 0.5 × 1.65888 ÷ 10 = 1.041667 + 0.082944 = 1.124611.
    [Fact]
    public void A_flow_weighted_mean_and_a_load_enter_the_index()
    {
        RiverAssessment a = Assess(TwoDays());
        Assert.Equal([25m, 1.65888m], a.Terms.Select(t => decimal.Round(t.Value!.Value, 20)));
        Assert.Equal([24, 24], a.Terms.Select(t => t.Count));
        Assert.Equal([365, 365], a.Terms.Select(t => t.Expected));
        Assert.Equal(1.125m, a.Index);
        Assert.Equal(20m, a.Figures.Single(f => f.Measurand == "w01018").Value);
    }

    // Target II, 15 mg/L of COD. A month: (10 − 15) × 1 m³/s + (30 − 15) × 3 m³/s = 40 g/s × 86,400 s = 3.456 t; × 12 × 2,500.
    // The mean of the month times its mean flow over the whole month would be another figure: what was not measured is not paid.
    [Fact]
    public void Excess_mass_by_pairs_is_the_sum_over_the_slots_that_have_both()
    {
        RiverAssessment a = Assess(TwoDays());
        PartOutcome mass = a.Parts.Single(p => p.Part.Name == "mass");
        Assert.All(mass.Items, i => Assert.Equal((3.456m, 25m), (i.Counts!.Value, decimal.Round(i.Value!.Value, 20))));
        Assert.Equal(-12 * 3.456m * 2_500, mass.Yuan);
    }

    [Fact]
    public void What_is_alone_does_not_count_and_is_counted()
    {
        List<Reading> readings = TwoDays();
        readings.Add(Day("w01018", 3, 9, 99m)); // no flow on that day
        readings.Add(Day("w00000", 4, 9, 9_000m)); // neither COD nor ammonia
        RiverAssessment a = Assess(readings);
        Assert.Equal(25m, decimal.Round(a.Terms[0].Value!.Value, 20));
        Assert.Equal([(1, 1), (0, 1)], a.Terms.Select(t => (t.Flow!.ValuesAlone, t.Flow.FlowsAlone)));
        Assert.Contains(
            "\"statistic\":\"flow-weighted-mean\",\"flow\":\"w00000\",\"valuesAlone\":1,\"flowsAlone\":1", Family.Json(a),
            StringComparison.Ordinal);
        string notice = System.Text.Encoding.UTF8.GetString(NoticeDocument.Render(a, NoticeDocumentTests.Context));
        Assert.Contains("另有无流量的值 1 个、无值的流量 1 个不计入", notice, StringComparison.Ordinal);
    }

    // The same water above and below, 20 mg/L where 15 are allowed, at 1 m³/s; nobody measured the inflow on five days of ten.
    // Nothing was added on the way: of the days that both have, and of no others, one sum is taken from the other.
    [Fact]
    public void Days_that_the_inflow_lacks_are_not_taken_for_what_was_added()
    {
        RiverProgramme terms = Programme with { Inflow = new InflowTerms("in", InflowRule.AddedOnly) };
        List<Reading> own = [.. Enumerable.Range(1, 12).SelectMany(m => Enumerable.Range(1, 10).SelectMany(
            d => new[] { Day("w01018", m, d, 20), Day("w00000", m, d, 1_000), Day("w21003", m, d, 0.4m) }))];
        IEnumerable<Reading> came = own.Select(r => r with { Instrument = "in" });
        bool Falls(Reading r) => r.Time.UnixMilliseconds / 86_400_000L % 2 == 0;
        PartOutcome mass = Mass(RiverJudgement.Assess(terms, terms.Sections[0], Year, [.. own, .. came.Where(r => !Falls(r))]));
        Assert.Equal(0m, mass.Yuan);
        Assert.All(mass.Items, i => Assert.Equal((0m, 20m), (i.Counts!.Value, decimal.Round(i.Value!.Value, 20))));
        // Cleaner where it came in on the days that both have, the days of one place alone still count for nothing.
        PartOutcome none = Mass(RiverJudgement.Assess(
            terms, terms.Sections[0], Year, [.. own.Where(Falls), .. came.Where(r => !Falls(r))]));
        Assert.Equal(Direction.Suspended, none.Direction);
        Assert.Contains("too few slots that both", Assert.Single(none.Reasons).English, StringComparison.Ordinal);
    }

    // A day on which the river ran back is no pair, and both its numbers are counted as alone.
    [Fact]
    public void Water_that_runs_back_makes_no_pair_and_is_counted()
    {
        List<Reading> readings = TwoDays();
        readings.AddRange([Day("w01018", 3, 9, 99m), Day("w00000", 3, 9, -3_900m)]);
        IndexTerm term = Assess(readings).Terms[0];
        Assert.Equal(25m, decimal.Round(term.Value!.Value, 20));
        Assert.Equal((24, 1, 1), (term.Count, term.Flow!.ValuesAlone, term.Flow.FlowsAlone));
    }

    // Both lie in one civil day, the programme's slot.
    [Fact]
    public void Value_and_flow_of_the_same_slot_are_a_pair_though_their_minutes_differ()
    {
        List<Reading> readings = [.. TwoDays().Select(r => r.Measurand == "w00000" ? r : r with
        {
            Time = new Instant(r.Time.UnixMilliseconds + (7 * 3_600_000)),
        })];
        Assert.Equal(1.125m, Assess(readings).Index);
    }

    [Fact]
    public void Without_the_flow_the_year_is_suspended_and_says_so()
    {
        RiverAssessment a = Assess([.. TwoDays().Where(r => r.Measurand != "w00000")]);
        Assert.Equal(Direction.Suspended, a.Direction);
        Assert.Contains(a.Reasons, r => r.English == "w01018: too few readings paired with the flow w00000 (0 pairs)");
    }

    // Any values and flows of any days: the judgement's sums are those of one plain loop over the days.
    [Fact]
    public void The_sums_are_those_of_a_plain_loop() => Prop.ForAll(
        Gen.Choose(0, 60_000).Four().ListOf(40).ToArbitrary(),
        days =>
        {
            List<Reading> readings = TwoDays();
            (decimal grams, decimal volume) = Loop(readings);
            int day = 3;
            foreach ((int value, int flow, int month, int which) in days)
            {
                (int m, int d) = ((month % 12) + 1, (day++ % 25) + 3);
                if (readings.Exists(r => r.Time == Day("w01018", m, d, 1).Time)) continue;
                decimal c = value / 1000m, q = flow / 10m;
                if (which % 3 != 0) readings.Add(Day("w01018", m, d, c));
                if (which % 3 != 1) readings.Add(Day("w00000", m, d, q));
                if (which % 3 != 2) continue;
                volume += q * SecondsOfDay / LitresOfCubicMetre;
                grams += c * q * SecondsOfDay / LitresOfCubicMetre;
            }
            decimal expected = grams / volume;
            return Math.Abs(Assess(readings).Terms[0].Value!.Value - expected) < 0.000_000_000_000_001m;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void By_pairs_or_by_months_is_one_word_of_the_file()
    {
        static bool IsByPairs(Family family) => family.Programme.Outcome.Parts.OfType<MassExcessPart>().Single().ByPairs;
        Assert.True(IsByPairs(Family.At(File)));
        Assert.False(IsByPairs(Family.At(File, ("by: pairs", "by: months"))));
    }

    // One sample a month makes twelve pairs a year: no other way of reckoning its mass.
    [Theory]
    [InlineData("chishui-2014")]
    [InlineData("henan-2010")]
    public void Families_of_monthly_samples_declare_no_pairs(string family) =>
        Assert.Empty(Family.Of(family).Programme.Alternatives);

    [Theory]
    [InlineData("statistic: flow-weighted-mean, flow: w00000", "statistic: flow-weighted-mean", "is missing")]
    [InlineData("statistic: flow-weighted-mean, flow: w00000", "flow: w00000", "a plain mean has no flow")]
    [InlineData("statistic: load, flow: w00000", "statistic: load, flow: w01010", "'w01010' is no flow in L/s")]
    [InlineData("{ measurand: w01018, weight: 1, statistic", "{ measurand: w01001, weight: 1, statistic", "carries no mass")]
    [InlineData("w21003: { value: 10, unit: t }", "w21003: { value: 10, unit: mg/L }", "w21003 is judged in t, not mg/L")]
    [InlineData("w21003, weight: 1, statistic: load", "w01018, weight: 1, statistic: load", "with several statistics")]
    [InlineData("terms: [quality]", "terms: [quality, load]", "'load' holds a load: a month's tonnes")]
    public void A_missing_or_wrong_flow_is_a_fault_of_the_file(string find, string put, string said)
    {
        string text = HouseFiles.All.Text(File);
        Assert.Contains(find, text, StringComparison.Ordinal);
        IReadOnlyList<DefinitionFault> faults = RiverProgrammeReader.Check(
            new DefinitionText(File, System.Text.Encoding.UTF8.GetBytes(text.Replace(find, put, StringComparison.Ordinal))),
            _ => OuRiver.Standard);
        Assert.Contains(faults, f => f.Level == FaultLevel.Fault && f.Text.Contains(said, StringComparison.Ordinal));
    }

    private static (decimal Grams, decimal Volume) Loop(List<Reading> readings)
    {
        (decimal grams, decimal volume) = (0, 0);
        foreach (Reading c in readings.Where(r => r.Measurand == "w01018"))
        {
            decimal cubicMetres = readings.Single(r => r.Measurand == "w00000" && r.Time == c.Time).Value.ToDecimal()
                * SecondsOfDay / LitresOfCubicMetre;
            (grams, volume) = (grams + (c.Value.ToDecimal() * cubicMetres), volume + cubicMetres);
        }
        Assert.Equal(12 * 100 * SecondsOfDay / GramsOfTonne, grams / GramsOfTonne);
        return (grams, volume);
    }

    private static List<Reading> TwoDays() =>
    [
        .. Enumerable.Range(1, 12).SelectMany(m => new[]
        {
            Day("w01018", m, 1, 10), Day("w00000", m, 1, 1_000), Day("w21003", m, 1, 0.4m),
            Day("w01018", m, 2, 30), Day("w00000", m, 2, 3_000), Day("w21003", m, 2, 0.4m),
        }),
    ];

    private static Reading Day(string code, int month, int day, decimal value)
    {
        Assert.True(ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported));
        return new Reading
        {
            Index = 0,
            Measurand = code,
            Time = new Instant(Period.OfMonth(2025, month, Programme.Zone).Start.UnixMilliseconds + ((day - 1) * 86_400_000L)),
            Value = reported,
            Statistic = Statistic.Day,
            Unit = Measurands.Find(code)?.Unit ?? "",
        };
    }

    private static PartOutcome Mass(RiverAssessment a) => a.Parts.Single(p => p.Part.Name == "mass");

    private static RiverAssessment Assess(IEnumerable<Reading> readings) =>
        RiverJudgement.Assess(Programme, Programme.FindSection("FL-01")!, Year, readings);
}
