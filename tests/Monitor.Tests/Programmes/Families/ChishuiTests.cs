using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

public sealed class ChishuiTests
{
    private const string Missed = "missed: { direction: undefined-in-source }";

    // 200 million, in 1:5:4, out 3:4:3: 新华社贵阳 2018-03-25. That Guizhou and Sichuan gave Yunnan 20 million each in 2019
    // is printed too (a report on the basin's ten years): 5/10 − 4/10 and 4/10 − 3/10 of 200 million.
    [Fact]
    public void Where_class_II_is_kept_Guizhou_and_Sichuan_give_Yunnan_20_million_each()
    {
        Family family = Family.Of("chishui-2018");
        RiverAssessment[] kept = [.. family.Programme.Sections.Select(
            s => family.Printed(s.Id, "2019", measured: SurfaceWaterClass.II))];
        Assert.All(kept, a => Assert.Equal((Direction.None, 0m), (a.Direction, a.AmountYuan!.Value)));
        IReadOnlyList<PartyAccount> accounts = PoolAccount.Of(family.Programme, kept)!;
        Assert.Equal(
            [
                ("Yunnan Province", 20_000_000m, 60_000_000m, 40_000_000m),
                ("Guizhou Province", 100_000_000m, 80_000_000m, -20_000_000m),
                ("Sichuan Province", 80_000_000m, 60_000_000m, -20_000_000m),
            ],
            accounts.Select(a => (a.Party.English, a.PaysIn, a.Receives, a.Net)));
        Assert.Equal(0m, accounts.Sum(a => a.Net));
    }

    [Fact]
    public void A_missed_section_has_no_amount_in_the_source_and_so_has_the_account()
    {
        Family family = Family.Of("chishui-2018");
        RiverAssessment missed = family.Printed("CS-QSP", "2019", measured: SurfaceWaterClass.III);
        Assert.Equal((Direction.UndefinedInSource, null), (missed.Direction, missed.AmountYuan));
        Assert.Contains(missed.Reasons, r => r.English.Contains("where the target is missed", StringComparison.Ordinal));
        Assert.Null(PoolAccount.Of(family.Programme, [missed]));
    }

    // With an amount that the parties would have to agree on (made up, and odd to the fen): who pays whom is printed.
    [Fact]
    public void A_cut_is_shared_as_the_agreement_says()
    {
        Family family = Family.Of(
            "chishui-2018", (Missed, "missed: { direction: upstream-pays, yuan: 1000000.01, assumed: made up }"));
        RiverAssessment above = family.Printed("CS-QSP", "2019", measured: SurfaceWaterClass.III);
        Assert.Equal(
            [("Yunnan Province", "Guizhou Province", 500_000.01m), ("Yunnan Province", "Sichuan Province", 500_000.00m)],
            above.Payments.Select(p => (p.Payer.English, p.Payee.English, p.Yuan)));
        RiverAssessment below = family.Printed("CS-LYX", "2019", measured: SurfaceWaterClass.IV);
        Assert.Equal(
            [("Guizhou Province", "Sichuan Province", 1_000_000.01m)],
            below.Payments.Select(p => (p.Payer.English, p.Payee.English, p.Yuan)));
        RiverAssessment middle = family.Printed("CS-MT", "2019", measured: SurfaceWaterClass.III);
        Assert.Equal([500_000.01m, 500_000.00m], middle.Payments.Select(p => p.Yuan));
        Assert.Equal(["Guizhou Province", "Sichuan Province"], middle.Payments.Select(p => p.Payer.English));
        // Yunnan: 60 − 20 − 1.00000001 million.
        PartyAccount yunnan = PoolAccount.Of(family.Programme, [above, below])![0];
        Assert.Equal(60_000_000m - 20_000_000m - 1_000_000.01m, yunnan.Net);
        Assert.Contains("\"payments\":[{\"payer\":\"云南省人民政府\"", Family.Json(above), StringComparison.Ordinal);
    }

    // Prices: 经济日报 2014-04-29. Made-up samples: 20,000 L/s, CODMn 5 where class II allows 4, the others at their limits.
    // January: (5 − 4) g/m³ × 20 m³/s × 31 × 86,400 s = 53,568,000 g = 53.568 t, × 1,000 yuan = 53,568 yuan.
    [Fact]
    public void Mass_above_class_II_is_paid_by_the_tonne()
    {
        RiverAssessment a = Family.Of("chishui-2014")
            .Samples(2014, "w00000", 20_000m).Samples(2014, "w01019", 5m)
            .Samples(2014, "w21003", 0.5m).Samples(2014, "w21011", 0.1m)
            .Assess("CS-BJ", "2014");
        PartItem january = a.Parts[0].Items[0];
        Assert.Equal(("2014-01 w01019", 53.568m, -53_568m), (january.Name, january.Counts!.Value, january.Yuan!.Value));
        // 365 days: 20 × 365 × 86,400 ÷ 10⁶ = 630.72 t.
        Assert.Equal((Direction.UpstreamPays, 630_720m), (a.Direction, a.AmountYuan!.Value));
        Assert.Equal(("Bijie City", "Zunyi City"), (a.Payer!.English, a.Payee!.English));
    }

    // TP 0.05 where class II allows 0.1: −0.05 × 20 × 365 × 86,400 ÷ 10⁶ = −31.536 t, × 10,000 yuan; Zunyi pays.
    [Fact]
    public void Cleaner_water_is_paid_the_other_way()
    {
        RiverAssessment a = Family.Of("chishui-2014")
            .Samples(2014, "w00000", 20_000m).Samples(2014, "w01019", 4m)
            .Samples(2014, "w21003", 0.5m).Samples(2014, "w21011", 0.05m)
            .Assess("CS-BJ", "2014");
        Assert.Equal((Direction.DownstreamPays, 315_360m), (a.Direction, a.AmountYuan!.Value));
    }

    [Fact]
    public void Mass_without_flow_is_suspended()
    {
        RiverAssessment a = Family.Of("chishui-2014")
            .Samples(2014, "w01019", 5m).Samples(2014, "w21003", 0.5m).Samples(2014, "w21011", 0.1m)
            .Assess("CS-BJ", "2014");
        Assert.Equal(Direction.Suspended, a.Direction);
        Assert.Contains(a.Reasons, r => r.English == "w00000: only 0 of 12 months are valid");
    }
}
