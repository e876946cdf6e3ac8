using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Documents;

/// <summary>What shows a milestone, as a certificate prints it: a filed document or a scene's figures.</summary>
public static class MilestoneEvidence
{
    /// <summary>The lines of an assessment's entry.</summary>
    public static IReadOnlyList<EvidenceLine> Lines(LedgerEntry shown)
    {
        using JsonDocument json = JsonDocument.Parse(shown.Body);
        JsonElement body = json.RootElement;
        List<EvidenceLine> lines = body.TryGetProperty("document", out JsonElement document)
            ? Filed(body, document)
            : Scene(body);
        lines.Add(new EvidenceLine(
            "评判记录 Entry", string.Create(CultureInfo.InvariantCulture, $"#{shown.Number} {shown.Hash}"), IsCode: true));
        return lines;
    }

    private static List<EvidenceLine> Filed(JsonElement body, JsonElement document) =>
    [
        new("文件 Document", document.GetProperty("name").GetString()!),
        new("文件摘要 SHA-256", document.GetProperty("sha256").GetString()!, IsCode: true),
        new("报送人 Filed by", body.GetProperty("signer").GetProperty("person").GetString()!),
    ];

    private static List<EvidenceLine> Scene(JsonElement body)
    {
        JsonElement cover = body.GetProperty("cover");
        string band = $"{Text(cover, "low")} – {Text(cover, "central")} – {Text(cover, "high")}";
        return
        [
            new("影像时间 Scene", Text(body, "scene")),
            new("无云像元比例 Clear fraction", Text(body, "clearFraction")),
            new("植被覆盖度（低 – 中 – 高）Cover", band),
            new("要求：低值不小于 Required of the low cover", Text(body, "atLeast")),
            new("判定 Outcome", Text(body, "outcome") == "pass" ? "达到 pass" : Text(body, "outcome")),
        ];
    }

    private static string Text(JsonElement json, string key) => json.GetProperty(key).GetString() ?? "—";
}
