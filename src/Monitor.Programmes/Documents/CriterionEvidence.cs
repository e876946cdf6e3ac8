using System.Globalization;
using System.Text.Json;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>
/// Requirement against measured, for the criteria whose entries name their kind: hydrology, survey, yearly.
/// </summary>
internal static class CriterionEvidence
{
    private const string OutcomeName = "判定 Outcome";

    /// <summary>The lines of a judgement on wells.</summary>
    internal static IEnumerable<EvidenceLine> Hydrology(JsonElement body)
    {
        JsonElement required = body.GetProperty("required"), season = body.GetProperty("season");
        yield return new("生长季 Season", $"{season[0].GetString()} – {season[1].GetString()}");
        yield return new(
            "要求 Required", string.Create(
                CultureInfo.InvariantCulture,
                $"埋深 ≤ {Text(required, "depthMax")} m，连续 {required.GetProperty("days").GetInt32()} 天 ") + string.Create(
                CultureInfo.InvariantCulture,
                $"depth ≤ {Text(required, "depthMax")} m for {required.GetProperty("days").GetInt32()} consecutive days"));
        yield return new(
            "完整率与井 Completeness and wells", string.Create(
                CultureInfo.InvariantCulture,
                $"日数据 ≥ {Text(required, "completenessMin")}，每日至少 {required.GetProperty("readingsPerDayMin").GetInt32()} 个读数，")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"至少 {required.GetProperty("wellsMin").GetInt32()} 口井可判，达标比例 ≥ {Text(required, "wellsShare")}"));
        foreach (JsonElement well in body.GetProperty("wells").EnumerateArray())
        {
            yield return new($"观测井 Well {Text(well, "well")}", Well(well));
        }
        JsonElement rainfall = body.GetProperty("rainfall");
        yield return new("降雨年型 Rainfall", Text(rainfall, "class") switch
        {
            "dry" => "偏枯 dry",
            "normal" => "平 normal",
            "wet" => "偏丰 wet",
            _ => "未知 not known",
        } + $"（历年位次 rank {Text(rainfall, "rank")}；{Text(rainfall, "agent")}）");
        yield return Outcome(body, Reason(body));
    }

    /// <summary>The lines of a survey.</summary>
    internal static IEnumerable<EvidenceLine> Survey(JsonElement body)
    {
        yield return new("调查日期 Day of the survey", Text(body, "day")
            + (body.GetProperty("inSeason").GetBoolean() ? "" : "（不在规定日期内 out of season）"));
        yield return new(
            "样方要求 Plots required",
            string.Create(CultureInfo.InvariantCulture, $"≥ {body.GetProperty("plotsMin").GetInt32()}"));
        foreach (JsonElement row in body.GetProperty("rows").EnumerateArray())
        {
            Bilingual measure = CriterionWords.Measure(Text(row, "measure"));
            string sign = BySurvey.SignOf(BySurvey.Operators.First(o => o.Word == Text(row, "operator")).Operator);
            yield return new(
                $"{measure.Chinese} {measure.English}", string.Create(
                    CultureInfo.InvariantCulture,
                    $"要求 required {sign} {Text(row, "threshold")} {Text(row, "unit")}；实测 measured {Text(row, "value")}，")
                + string.Create(CultureInfo.InvariantCulture, $"{row.GetProperty("plots").GetInt32()} 个样方 plots：")
                + CriterionWords.Outcome(Text(row, "outcome")));
        }
        yield return Outcome(body, "");
    }

    /// <summary>The lines of a year: of each part its outcome, and below it what was required and measured.</summary>
    /// <param name="body">The year's judgement.</param>
    /// <param name="linesOf">The lines of a part's own judgement, by its entry; none where it is not at hand.</param>
    internal static IEnumerable<EvidenceLine> Year(JsonElement body, Func<long, IReadOnlyList<EvidenceLine>> linesOf)
    {
        yield return new("监测年 Monitoring year", string.Create(
            CultureInfo.InvariantCulture, $"{body.GetProperty("stage").GetInt32()}（{Text(body, "year")}）"));
        foreach (JsonElement part in body.GetProperty("parts").EnumerateArray())
        {
            yield return new(
                $"{Text(part, "zh")} {Text(part, "en")}",
                CriterionWords.Outcome(part.GetProperty("outcome").GetString()) + Entry(part, "entry") + Entry(part, "accepted"));
            if (part.GetProperty("entry") is not { ValueKind: JsonValueKind.Number } entry) continue;
            // Its outcome stands in the line above, unless there is a reason to tell.
            string bare = CriterionWords.Outcome(part.GetProperty("outcome").GetString());
            foreach (EvidenceLine line in linesOf(entry.GetInt64()).Where(l => l.Name != OutcomeName || l.Value != bare))
            {
                yield return line with { Name = $"{Text(part, "zh")} – {line.Name}" };
            }
        }
        JsonElement report = body.GetProperty("report");
        bool isFiled = report.GetProperty("entry").ValueKind == JsonValueKind.Number;
        yield return new(
            "年度监测报告 Monitoring report", (isFiled ? "已提交 filed" : "未提交 not filed") + Entry(report, "entry"));
        string missing = string.Join("、", body.GetProperty("missing").EnumerateArray().Select(m => m.GetString()));
        if (missing.Length > 0) yield return new("尚缺 Missing", missing);
        yield return Outcome(body, "");
    }

    private static string Well(JsonElement well)
    {
        string run = string.Create(
            CultureInfo.InvariantCulture, $"最长连续 longest run {well.GetProperty("longestRun").GetInt32()} d");
        string span = well.TryGetProperty("from", out JsonElement from)
            ? $"（{from.GetString()} – {Text(well, "to")}）"
            : "";
        int bridged = well.GetProperty("bridgedDays").GetInt32();
        string days = string.Create(
            CultureInfo.InvariantCulture,
            $"，有数据 measured {well.GetProperty("days").GetInt32()}/{well.GetProperty("seasonDays").GetInt32()} d");
        return run + span
            + (bridged > 0 ? string.Create(CultureInfo.InvariantCulture, $"，其中缺测 bridged {bridged} d") : "")
            + days + "：" + CriterionWords.Outcome(Text(well, "outcome"));
    }

    private static EvidenceLine Outcome(JsonElement body, string reason) =>
        new(OutcomeName, CriterionWords.Outcome(Text(body, "outcome")) + reason);

    private static string Reason(JsonElement body) => body.GetProperty("reason").GetString() switch
    {
        null => "",
        "too-few-wells" => "：可判的井过少 too few wells are decided",
        "not-met" => "：达标的井过少 too few wells pass",
        "open-wells" => "：取决于数据不足的井 it depends on wells with too few days",
        "bridged" => "：仅计入缺测日方达到 met only with days that nobody measured",
        "wet-year" => "：丰水年 a wet year",
        "unknown-rainfall" => "：降雨年型未知 the year's rain is not known",
        string other => $"：{other}",
    };

    private static string Entry(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement entry) && entry.ValueKind == JsonValueKind.Number
            ? string.Create(CultureInfo.InvariantCulture, $"（#{entry.GetInt64()}）")
            : "";

    private static string Text(JsonElement json, string key) => json.GetProperty(key).GetString() ?? "—";
}
