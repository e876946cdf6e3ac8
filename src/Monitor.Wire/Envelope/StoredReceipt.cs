using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// What a server says on an agent's topic <c>receipt</c> once batches are on its disk:
/// <c>{"v":1,"boot":"…","stored":[[1,5],[9,9]]}</c>, with <c>"refused":[[7,7]]</c> where some will never be.
/// Behind a broker of somebody else's it is the one word that counts, since the broker's own acknowledgement says nothing of
/// the store.
/// </summary>
/// <param name="Boot">Which of the agent's boots.</param>
/// <param name="Stored">What is stored, in any order; it may be said again.</param>
public sealed record StoredReceipt(string Boot, IReadOnlyList<SequenceRange> Stored)
{
    /// <summary>What is kept apart for good and need not come again, for a person to look at; mostly nothing.</summary>
    public IReadOnlyList<SequenceRange> Refused { get; init; } = [];

    /// <summary>Most ranges of a kind in one receipt.</summary>
    public const int RangesMax = 1000;

    /// <summary>Largest receipt, in bytes.</summary>
    public const int BytesMax = 48 * 1024;

    /// <summary>The receipt's bytes.</summary>
    public byte[] ToBytes() => JsonBytes.Write(json =>
    {
        json.WriteNumber("v"u8, EnvelopeLimits.Version);
        json.WriteString("boot"u8, Boot);
        json.WriteStartArray("stored"u8);
        foreach (SequenceRange range in Stored) Write(json, range);
        json.WriteEndArray();
        if (Refused.Count == 0) return;
        json.WriteStartArray("refused"u8);
        foreach (SequenceRange range in Refused) Write(json, range);
        json.WriteEndArray();
    });

    /// <summary>Reads any bytes and never throws; unknown keys are ignored.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="reason">Why it is none, in a sentence; empty where it is one.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out StoredReceipt? receipt, out string reason)
    {
        StoredReceipt? read = null;
        reason = JsonBytes.Read(payload, BytesMax, json =>
        {
            if (json.GetProperty("v").GetInt32() != EnvelopeLimits.Version) return "Its version is unknown.";
            string boot = json.GetProperty("boot").GetString() ?? "";
            JsonElement list = json.GetProperty("stored");
            if (!Identifier.IsValid(boot) || list.GetArrayLength() > RangesMax) return "It names no boot, or too much.";
            SequenceRange[] ranges = [.. list.EnumerateArray().Select(Range)], refused = [];
            if (json.TryGetProperty("refused", out JsonElement more))
            {
                if (more.GetArrayLength() > RangesMax) return "It names no boot, or too much.";
                refused = [.. more.EnumerateArray().Select(Range)];
            }
            if (!ranges.Concat(refused).All(range => range.IsValid)) return "A range is none.";
            read = new StoredReceipt(boot, ranges) { Refused = refused };
            return "";
        });
        receipt = read;
        return receipt is not null;
    }

    private static void Write(Utf8JsonWriter json, SequenceRange range)
    {
        json.WriteStartArray();
        json.WriteNumberValue(range.From);
        json.WriteNumberValue(range.To);
        json.WriteEndArray();
    }

    private static SequenceRange Range(JsonElement pair) =>
        pair.GetArrayLength() == 2 ? new SequenceRange(pair[0].GetInt64(), pair[1].GetInt64()) : default;
}
