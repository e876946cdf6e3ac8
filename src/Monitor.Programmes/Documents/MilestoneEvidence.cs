using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Documents;

/// <summary>What shows a milestone, as a certificate prints it: a filed document, a scene's figures,
/// wells, a survey, or a year's parts.</summary>
public static class MilestoneEvidence
{
    /// <summary>The lines of an assessment's entry.</summary>
    /// <param name="shown">The entry.</param>
    /// <param name="at">Finds entries by number: those that a year's parts rest on.</param>
    /// <param name="zone">
    /// Whose civil time scenes are printed in; null prints UTC, as certificates of scenes always did.
    /// </param>
    public static IReadOnlyList<EvidenceLine> Lines(LedgerEntry shown, Func<long, LedgerEntry?> at, TimeZoneInfo? zone) =>
        [.. Judgement(shown, at, zone), new EvidenceLine(
            EntryName, string.Create(CultureInfo.InvariantCulture, $"#{shown.Number} {shown.Hash}"), IsCode: true)];

    private const string EntryName = "评判记录 Entry";

    private static List<EvidenceLine> Judgement(LedgerEntry shown, Func<long, LedgerEntry?> at, TimeZoneInfo? zone)
    {
        using JsonDocument json = JsonDocument.Parse(shown.Body);
        JsonElement body = json.RootElement;
        string? kind = body.TryGetProperty("criterion", out JsonElement criterion) ? criterion.GetString() : null;
        List<EvidenceLine> lines = kind switch
        {
            "hydrology" => [.. CriterionEvidence.Hydrology(body)],
            "survey" => [.. CriterionEvidence.Survey(body)],
            "yearly" =>
            [
                .. CriterionEvidence.Year(body, part => at(part) is LedgerEntry judged ? Judgement(judged, at, zone) : []),
            ],
            _ => [],
        };
        if (body.TryGetProperty("document", out JsonElement document)) lines.AddRange(Filed(body, document));
        else if (kind is null) lines.AddRange(Scene(body, zone));
        return lines;
    }

    private static IEnumerable<EvidenceLine> Filed(JsonElement body, JsonElement document) =>
    [
        .. body.TryGetProperty("reviews", out JsonElement reviews)
            ? [new EvidenceLine("人工核定 Accepts the judgement", string.Create(
                CultureInfo.InvariantCulture, $"#{reviews.GetInt64()} {body.GetProperty("reviewsHash").GetString()}"),
                IsCode: true)]
            : Array.Empty<EvidenceLine>(),
        new("文件 Document", document.GetProperty("name").GetString()!),
        new("文件摘要 SHA-256", document.GetProperty("sha256").GetString()!, IsCode: true),
        new("报送人 Filed by", body.GetProperty("signer").GetProperty("person").GetString()!),
    ];

    private static List<EvidenceLine> Scene(JsonElement body, TimeZoneInfo? zone)
    {
        JsonElement cover = body.GetProperty("cover");
        string band = $"{Text(cover, "low")} – {Text(cover, "central")} – {Text(cover, "high")}";
        List<EvidenceLine> lines =
        [
            new("影像时间 Scene", Time(body, "scene", zone)),
            new("无云像元比例 Clear fraction", Text(body, "clearFraction")),
            new("植被覆盖度（低 – 中 – 高）Cover", band),
            new("要求：低值不小于 Required of the low cover", Text(body, "atLeast")),
            new("判定 Outcome", Text(body, "outcome") == "pass" ? "达到 pass" : Text(body, "outcome")),
        ];
        // Entries sealed before judgements listed their scenes have none.
        if (!body.TryGetProperty("scenes", out JsonElement scenes)) return lines;
        if (body.TryGetProperty("composite", out JsonElement composite)) lines.AddRange(Composite(composite));
        bool counted = Text(body, "water") == "counted";
        lines.Add(new("算法版本 Algorithm", Text(body, "algorithm"), IsCode: true));
        lines.Add(new("水面 Open water", counted ? "计入分母 counted in the denominator" : "不计入分母 left out of the denominator"));
        lines.AddRange(scenes.EnumerateArray().Select(scene => SceneLine(scene, zone)));
        return lines;
    }

    private static IEnumerable<EvidenceLine> Composite(JsonElement composite)
    {
        JsonElement season = composite.GetProperty("season");
        yield return new EvidenceLine("生长季 Season", $"{season[0].GetString()} – {season[1].GetString()}");
        yield return new EvidenceLine(
            "合成：逐像元中值 Composite, median of each pixel",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{composite.GetProperty("dates").GetInt32()} 景（每像元至少 {composite.GetProperty("datesMin").GetInt32()} 景无云）"));
        yield return new EvidenceLine(
            "日期足够的像元比例 Share with enough dates",
            $"{Text(composite, "enoughFraction")}（不小于 {Text(composite, "enoughMin")}）");
    }

    private static EvidenceLine SceneLine(JsonElement scene, TimeZoneInfo? zone) => new(
        scene.GetProperty("reason").GetString() switch
        {
            null => "采用影像 Scene used",
            "not-clear" => "未采用：无云部分不足 Scene rejected, not clear enough",
            "out-of-season" => "未采用：不在生长季 Scene rejected, out of season",
            "too-few-dates" => "未采用：可用影像过少 Scene not used, too few for a composite",
            "came-late" => "未采用：合成后才到 Scene not used, came after the composite was made",
            _ => "未采用：较早，已单独评判 Scene not used, earlier, judged for itself",
        },
        $"{Time(scene, "time", zone)}（{Text(scene, "clearFraction")}）");

    private static string Time(JsonElement json, string key, TimeZoneInfo? zone) => zone is null
        ? Text(json, key)
        : TimeZoneInfo.ConvertTime(json.GetProperty(key).GetDateTimeOffset(), zone)
            .ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Text(JsonElement json, string key) => json.GetProperty(key).GetString() ?? "—";
}
