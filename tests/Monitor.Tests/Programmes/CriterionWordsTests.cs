using System.Text;
using Monitor.Ledger;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Tests.Programmes.Judgements;
using Xunit;

namespace Monitor.Tests.Programmes;

/// <summary>What documents and pages say of a criterion: what is asked, and beside it what was found.</summary>
public sealed class CriterionWordsTests
{
    [Theory]
    [InlineData("easement", "凭文件")]
    [InlineData("cover", "植被覆盖度（低值）≥ 0.6")]
    [InlineData("year-1", "第 1 监测年：水文、植物调查，并提交年度监测报告")]
    [InlineData("year-1.hydrology",
        "地下水埋深 ≤ 0.3 m 连续至少 max(14, ⌈12.5 % × 生长季⌉) 天，日数据完整率 ≥ 90 %，达标井比例 ≥ 100 %")]
    [InlineData("year-1.survey",
        "现场调查：乡土植物盖度 native-cover ≥ 80 %，入侵植物盖度 invasive-cover < 5 %，物种数 species-count ≥ 5 species；样方不少于 10 个")]
    public void A_criterion_says_what_it_asks(string path, string expected) =>
        Assert.Equal(expected, CriterionWords.Of(WellYear.Programme.FindPart(path)!.Criterion).Chinese);

    [Fact]
    public void Wells_are_listed_with_their_run_beside_what_is_required()
    {
        HydrologyAssessment judged = new WellYear().Days("03-15", "04-12", "0.30").Days("04-13", "11-09", "0.55").Rain("0.8")
            .Judge();
        Assert.Equal(
            [
                "生长季 Season: 2025-03-15 – 2025-11-09",
                "要求 Required: 埋深 ≤ 0.3 m，连续 30 天 depth ≤ 0.3 m for 30 consecutive days",
                "完整率与井 Completeness and wells: 日数据 ≥ 0.9，每日至少 4 个读数，至少 2 口井可判，达标比例 ≥ 1",
                "观测井 Well jiulong-w1: 最长连续 longest run 29 d（2025-03-15 – 2025-04-12），有数据 measured 240/240 d：未达到 fail",
                "观测井 Well jiulong-w2: 最长连续 longest run 29 d（2025-03-15 – 2025-04-12），有数据 measured 240/240 d：未达到 fail",
                "降雨年型 Rainfall: 偏丰 wet（历年位次 rank 0.8；jiulong-rain）",
                "判定 Outcome: 未达到 fail：达标的井过少 too few wells pass",
            ],
            MilestoneEvidence.Lines(Entry(HydrologyJudgement.Write(judged)), _ => null, null).SkipLast(1)
                .Select(l => $"{l.Name}: {l.Value}"));
    }

    [Fact]
    public void A_year_prints_below_each_part_what_was_required_and_measured()
    {
        HydrologyAssessment judged = new WellYear().Days("03-15", "04-13", "0.30").Rain("0.5").Judge();
        LedgerEntry wells = Entry(HydrologyJudgement.Write(judged));
        YearAssessment open = YearJudgement.Assess(
            WellYear.Programme, WellYear.Bank, WellYear.Programme.FindMilestone("year-1")!, [])!;
        YearAssessment year = open with
        {
            Parts = [.. open.Parts.Select(p => p.Part.Part == "hydrology" ? p with { Outcome = "pass", Entry = wells } : p)],
        };
        List<EvidenceLine> lines = [.. MilestoneEvidence.Lines(
            Entry(YearJudgement.Write(year)), n => n == wells.Number ? wells : null, WellYear.Programme.Zone)];
        int part = lines.FindIndex(l => l is { Name: "水文 hydrology", Value: "达到 pass（#1）" });
        Assert.Equal("水文 – 生长季 Season", lines[part + 1].Name);
        Assert.Equal(
            "埋深 ≤ 0.3 m，连续 30 天 depth ≤ 0.3 m for 30 consecutive days",
            lines.Single(l => l.Name == "水文 – 要求 Required").Value);
        Assert.StartsWith(
            "最长连续 longest run 30 d（2025-03-15 – 2025-04-13）",
            lines.Single(l => l.Name == "水文 – 观测井 Well jiulong-w1").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_without_anything_says_all_that_is_missing()
    {
        YearAssessment year = YearJudgement.Assess(
            WellYear.Programme, WellYear.Bank, WellYear.Programme.FindMilestone("year-1")!, [])!;
        Assert.False(year.HasBegun);
        IReadOnlyList<EvidenceLine> lines = MilestoneEvidence.Lines(Entry(YearJudgement.Write(year)), _ => null, null);
        Assert.Contains(lines, l => l is { Name: "尚缺 Missing", Value: "hydrology、survey、report" });
        Assert.Contains(lines, l => l is { Name: "水文 hydrology", Value: "尚无 none yet" });
        Assert.Contains(lines, l => l is { Name: "判定 Outcome", Value: "不判定 inconclusive" });
    }

    private static LedgerEntry Entry(byte[] body) => LedgerChain.TryParse(
        Encoding.UTF8.GetBytes(
            "{\"n\":1,\"kind\":\"assessment\",\"key\":\"k\",\"at\":\"2026-01-01T00:00:00.000Z\",\"prev\":\"" + LedgerHash.Zero
            + "\",\"software\":\"s\",\"body\":" + Encoding.UTF8.GetString(body) + "}"),
        out LedgerEntry? entry, out string reason) ? entry : throw new InvalidOperationException(reason);
}
