using System.Globalization;
using System.Text.Json;
using Monitor.Ledger;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>An entry as anybody reads it, without the product's records: kind, number, and its body's members.</summary>
internal sealed class Words(LedgerEntry entry)
{
    private readonly JsonElement body = JsonDocument.Parse(entry.Body).RootElement;

    public long Number => entry.Number;

    public string Kind => entry.Kind;

    public LedgerEntry Entry => entry;

    public string? Text(string member, string? inside = null)
    {
        JsonElement at = body;
        if (inside is not null && !body.TryGetProperty(inside, out at)) return null;
        return at.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    public long? Count(string member) =>
        body.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    public decimal Credits => decimal.Parse(Text("credits")!, CultureInfo.InvariantCulture);

    /// <summary>The serial numbers of the body, as first and last of each range.</summary>
    public IReadOnlyList<(long First, long Last)> Serials => Text("serials") is { Length: > 0 } text
        ? [.. text.Split(',').Select(r => r.Split('-')).Select(
            r => (Whole(r[0]), Whole(r[^1])))]
        : [];

    public static bool Overlap(IEnumerable<(long First, long Last)> one, IReadOnlyList<(long First, long Last)> other) =>
        one.Any(a => other.Any(b => a.First <= b.Last && b.First <= a.Last));

    private static long Whole(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
