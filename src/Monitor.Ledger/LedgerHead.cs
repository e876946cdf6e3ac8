using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Monitor.Ledger;

/// <summary>The newest entry, kept apart from the chain, so that a cut tail is found.</summary>
/// <param name="Entries">Count of entries, which is the newest one's number; 0 for an empty ledger.</param>
/// <param name="Hash">Hash of the newest entry; of an empty ledger, <see cref="LedgerHash.Zero"/>.</param>
public sealed record LedgerHead(long Entries, string Hash)
{
    /// <summary>The head of a ledger without entries.</summary>
    public static LedgerHead Empty { get; } = new(0, LedgerHash.Zero);

    /// <summary>The head after an entry.</summary>
    public static LedgerHead After(LedgerEntry entry) => new(entry.Number, entry.Hash);

    /// <summary>The bytes of <c>head.json</c>: <c>{"entries":N,"hash":"…"}</c> and a line feed.</summary>
    public byte[] ToJson() => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{{\"entries\":{Entries},\"hash\":\"{Hash}\"}}\n"));

    /// <summary>
    /// Reads <c>head.json</c>. Null where the bytes are no head; what is no head must never pass for an empty one.
    /// </summary>
    public static LedgerHead? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            while (reader.Read()) return null;
            if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != 2) return null;
            if (!root.TryGetProperty("entries", out JsonElement entries)) return null;
            if (!root.TryGetProperty("hash", out JsonElement hash)) return null;
            if (entries.ValueKind != JsonValueKind.Number || !entries.TryGetInt64(out long count)) return null;
            if (count < 0) return null;
            if (hash.ValueKind != JsonValueKind.String || !LedgerHash.IsValid(hash.GetString())) return null;
            return new LedgerHead(count, hash.GetString()!);
        }
        catch (JsonException)
        {
            // Not JSON, hence not a head: the caller says so with the file's name.
            return null;
        }
    }
}
