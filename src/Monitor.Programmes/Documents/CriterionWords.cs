using System.Globalization;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Documents;

/// <summary>What a criterion asks for, in a sentence for people.</summary>
public static class CriterionWords
{
    /// <summary>The requirement.</summary>
    public static Bilingual Of(Criterion criterion) => criterion switch
    {
        ByCover cover => new(
            $"植被覆盖度（低值）≥ {Plain(cover.AtLeast)}", $"vegetation cover (low end) ≥ {Plain(cover.AtLeast)}"),
        ByHydrology wells => Hydrology(wells),
        BySurvey survey => new(
            $"现场调查：{Rows(survey)}；样方不少于 {survey.PlotsMin} 个",
            $"field survey: {Rows(survey)}; at least {survey.PlotsMin} plots"),
        ByYear year => new(
            $"第 {year.Stage} 监测年：{string.Join("、", year.Parts.Select(p => p.Name.Chinese))}，并提交年度监测报告",
            $"monitoring year {year.Stage}: {string.Join(", ", year.Parts.Select(p => p.Name.English))}, "
            + "and the year's monitoring report"),
        _ => new("凭文件", "by document"),
    };

    /// <summary>What a survey measures, as documents name it; the id where it is not a known one.</summary>
    public static Bilingual Measure(string id) => id switch
    {
        "native-cover" => new("乡土植物盖度", "native cover"),
        "invasive-cover" => new("入侵植物盖度", "invasive cover"),
        "species-count" => new("物种数", "species"),
        "stems" => new("株数", "stems"),
        "survival" => new("存活率", "survival"),
        _ => new(id, id),
    };

    /// <summary>An outcome's word for people, Chinese first.</summary>
    public static string Outcome(string? word) => word switch
    {
        "pass" => "达到 pass",
        "fail" => "未达到 fail",
        "inconclusive" => "不判定 inconclusive",
        "review" => "留待人工核定 left to people",
        null => "尚无 none yet",
        _ => word,
    };

    private static Bilingual Hydrology(ByHydrology wells)
    {
        HydrologyTerms t = wells.Terms;
        string depth = Plain(t.DepthMax)!, share = Plain(t.SeasonShare * 100)!, complete = Plain(t.CompletenessMin * 100)!;
        string part = Plain(wells.Site.WellsShare * 100)!;
        return new(
            string.Create(CultureInfo.InvariantCulture,
                $"地下水埋深 ≤ {depth} m 连续至少 max({t.DaysMin}, ⌈{share} % × 生长季⌉) 天，日数据完整率 ≥ {complete} %，达标井比例 ≥ {part} %"),
            string.Create(CultureInfo.InvariantCulture,
                $"water table ≤ {depth} m deep for max({t.DaysMin}, ⌈{share} % × season⌉) consecutive days, ")
            + $"≥ {complete} % of days measured, ≥ {part} % of wells");
    }

    private static string Rows(BySurvey survey) => string.Join("，", survey.Requirements.Select(r =>
        $"{Measure(r.Measure).Chinese} {r.Measure} {BySurvey.SignOf(r.Operator)} {Plain(r.Threshold)} {r.Unit}"));

    private static string? Plain(decimal number) => CanonicalAssessment.Plain(number);
}
