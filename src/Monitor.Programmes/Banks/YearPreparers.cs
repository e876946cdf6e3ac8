using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Programmes.Banks;

/// <summary>
/// Finds who signed what a yearly judgement rests on: its surveys, the documents that accept a part, and the year's report.
/// The service puts the year together, and yet each of them prepared its release.
/// </summary>
public static class YearPreparers
{
    /// <summary>Each signer once, in the order of the parts; null of any other judgement, and where nobody signed.</summary>
    /// <param name="judged">A judgement's entry.</param>
    /// <param name="at">Gives the entry of a number; null where there is none.</param>
    /// <exception cref="JsonException">The judgement is not JSON.</exception>
    public static IReadOnlyList<PreparedBy>? Of(LedgerEntry judged, Func<long, LedgerEntry?> at)
    {
        using JsonDocument json = JsonDocument.Parse(judged.Body);
        JsonElement body = json.RootElement;
        bool isYearly = body.TryGetProperty("criterion", out JsonElement kind) && kind.ValueEquals("yearly");
        if (!isYearly) return null;
        List<PreparedBy> made = [.. Signed(body).Select(at).OfType<LedgerEntry>()
            .Select(PreparedBy.SignerOf).OfType<PreparedBy>().Distinct()];
        return made.Count == 0 ? null : made;
    }

    private static IEnumerable<long> Signed(JsonElement body)
    {
        foreach (JsonElement part in body.GetProperty("parts").EnumerateArray())
        {
            if (Number(part, "entry") is long entry) yield return entry;
            if (Number(part, "accepted") is long accepted) yield return accepted;
        }
        if (Number(body.GetProperty("report"), "entry") is long report) yield return report;
    }

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : null;
}
