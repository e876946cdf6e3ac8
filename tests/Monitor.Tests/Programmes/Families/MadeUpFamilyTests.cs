using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>
/// A family that is in no source, MADE UP: the vocabulary runs it from a file alone. Every figure here is invented.
/// </summary>
public sealed class MadeUpFamilyTests
{
    private const string File = "fixtures/programmes/made-up.yaml";

    // Ten months of ammonia at 0.1, one at 1.4 (1.1 of it came in), one at 3.5 (0.5 came in); COD 14.4 all year.
    private static Family Years(params (string, string)[] changes) => Family.At(File, changes)
        .Samples(2023, "w01018", 18m).Samples(2023, "w21003", 1.2m).Samples(2023, "output-per-water", Once(55))
        .Samples(2024, "w01018", 14.4m).Samples(2024, "w21003", Ammonia(0.1m, 1.4m, 3.5m))
        .Samples(2024, "output-per-water", Once(60)).Inflow(2024, "w21003", Ammonia(0.1m, 1.1m, 0.5m));

    [Fact]
    public void It_passes_check() =>
        Assert.DoesNotContain(Family.Check(File), f => f.Level == FaultLevel.Fault);

    // Baselines never laxer than 2023: COD min(20, 18) = 18; ammonia min(1.0, 1.2) = 1.0; output max(50, 55) = 55.
    // COD 14.4 ÷ 18 = 0.8; ammonia (10 × 0.1 + 1.4 + 3.5) ÷ 12 = 5.9 ÷ 12; output, inverse, 55 ÷ 60.
    // E = 0.7 × 0.9 × (0.5 × 0.8 + 0.5 × 5.9 ÷ 12) + 0.3 × 55 ÷ 60 = 0.406875 + 0.275 = 0.681875, cut off to 0.68.
    [Fact]
    public void The_index_has_baselines_that_are_never_laxer_than_last_year()
    {
        RiverAssessment a = Years().Assess("SH-01", "2024");
        Assert.Equal([18m, 1.0m, 55m], a.Terms.Select(t => t.Baseline!.Value));
        Assert.Equal(0.681875m, decimal.Round(a.UnroundedIndex!.Value, 20));
        Assert.Equal(0.68m, a.Index);
    }

    // Table: 0.68 ≤ 0.9, the section's 4,000,000 down to up.          + 4,000,000
    // Classes: ammonia 0.4917 and COD 14.4 are class II, one better.  + 2,000,000
    // Tiers: (1.4 − 1)/1 = 0.4, less 0.1 that came in: 100,000 × 1.3 = 130,000; (3.5 − 1)/1 = 2.5: 350,000; 480,000 in all,
    //        under the 500,000 a measurand, over the part's 400,000.  −   400,000
    // Months: 10 of 12 keep class III, 90 % are asked.                − 1,500,000
    //                                                                 = 4,100,000 down to up
    [Fact]
    public void Its_parts_are_added_and_netted()
    {
        RiverAssessment a = Years().Assess("SH-01", "2024");
        Assert.Equal(SurfaceWaterClass.II, a.MeasuredClass);
        Assert.Equal([4_000_000m, 2_000_000m, -400_000m, -1_500_000m], a.Parts.Select(p => p.Yuan!.Value));
        Assert.Equal([-130_000m, -350_000m], a.Parts[2].Items.Where(i => i.Yuan != 0).Select(i => i.Yuan!.Value));
        Assert.Equal(-480_000m, a.Parts[2].Uncapped);
        Assert.Equal((Direction.DownstreamPays, 4_100_000m), (a.Direction, a.AmountYuan!.Value));
    }

    // 4,100,000 by 2 : 1 in whole yuan: 2,733,333 and 1,366,667; each by 3 : 3 : 4.
    [Fact]
    public void The_amount_is_split_and_paid_in_instalments_that_lose_nothing()
    {
        RiverAssessment a = Years().Assess("SH-01", "2024");
        Assert.Equal(
            [("Plain County", "Hill County", 2_733_333m), ("Port County", "Hill County", 1_366_667m)],
            a.Payments.Select(p => (p.Payer.English, p.Payee.English, p.Yuan)));
        Assert.Equal([820_000m, 820_000m, 1_093_333m], a.Payments[0].Instalments);
        Assert.Equal([410_000m, 410_000m, 546_667m], a.Payments[1].Instalments);
        Assert.Equal("Plain County and Port County", a.Payer!.English);
    }

    [Fact]
    public void The_whole_is_capped()
    {
        RiverAssessment a = Years(("yuan: 4000000\n", "yuan: 12000000\n")).Assess("SH-01", "2024");
        Assert.Equal(12_100_000m, a.Parts.Sum(p => p.Yuan));
        Assert.Equal(9_000_000m, a.AmountYuan);
    }

    [Fact]
    public void Order_and_repeats_change_no_byte()
    {
        Assert.Equal(Family.Json(Years().Assess("SH-01", "2024")), Family.Json(Again().Assess("SH-01", "2024")));

        static Family Again() => Years().Samples(2024, "w01018", 14.4m).Samples(2023, "w21003", 1.2m);
    }

    [Fact]
    public void A_clause_of_its_own_is_carried_to_the_notice() =>
        Assert.Equal("The river of this notice is made up.", Assert.Single(Family.At(File).Programme.NoticeClauses).English);

    [Fact]
    public void Its_notice_says_what_each_part_came_to_and_who_pays_whom_when()
    {
        string notice = System.Text.Encoding.UTF8.GetString(
            NoticeDocument.Render(Years().Assess("SH-01", "2024"), NoticeDocumentTests.Context));
        foreach (string said in new[]
        {
            "指数表：下游补偿上游 4,000,000.00 元", "超标阶梯：上游补偿下游 400,000.00 元", "合计判定为<b>下游补偿上游</b>", "¥4,100,000.00",
            "<td>平县（虚构）</td><td>山县（虚构）</td><td class=\"n\">¥2,733,333.00</td>", "820,000.00；820,000.00；1,093,333.00",
            "本通知所涉河流为虚构。", "<td>2024-12 氨氮</td>", "以 9,000,000.00 元为限", "-350,000.00", "（上限 400,000.00）",
        })
        {
            Assert.Contains(said, notice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_yearly_figure_of_nothing_has_no_inverse_ratio()
    {
        RiverAssessment a = Family.At(File)
            .Samples(2023, "w01018", 18m).Samples(2023, "w21003", 1.2m).Samples(2023, "output-per-water", Once(55))
            .Samples(2024, "w01018", 14.4m).Samples(2024, "w21003", 0.1m).Samples(2024, "output-per-water", Once(0))
            .Inflow(2024, "w21003", 0.1m).Assess("SH-01", "2024");
        Assert.Equal(Direction.Suspended, a.Direction);
        Assert.Contains(a.Reasons, r => r.English == "output-per-water: no ratio to a value of 0");
    }

    private static decimal[] Ammonia(decimal usual, decimal eleventh, decimal twelfth) =>
        [.. Enumerable.Repeat(usual, 10), eleventh, twelfth];

    // In January alone.
    private static decimal[] Once(decimal value) => [value, .. Enumerable.Repeat(-1m, 11)];
}
