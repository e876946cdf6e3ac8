using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Ledger;

/// <summary>
/// The hash chain: seals drafts into entries and verifies stored lines. The hash covers the stored bytes, never a
/// re-serialization, so bytes sealed by any former version verify for ever.
/// </summary>
public static class LedgerChain
{
    /// <summary>Longest key, in characters.</summary>
    public const int KeyLengthMax = 256;

    /// <summary>Longest name of software, in characters.</summary>
    public const int SoftwareLengthMax = 64;

    // Relaxed escaping leaves printable ASCII as it is; the bytes are for people with `cat`, never for HTML.
    /// <summary>Makes the entry that follows another; the first where there is none.</summary>
    /// <exception cref="ArgumentException">The draft has no valid shape.</exception>
    public static LedgerEntry Seal(LedgerEntry? previous, LedgerDraft draft, Instant at)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (LedgerShape.FaultOf(draft) is string fault) throw new ArgumentException(fault, nameof(draft));
        long number = previous is null ? 1 : previous.Number + 1;
        byte[] bytes = Encode(number, previous?.Hash ?? LedgerHash.Zero, draft, at);
        // Pair assertion: what is about to be stored reads back as what was meant.
        if (!TryParse(bytes, out LedgerEntry? entry, out string reason))
        {
            throw new ArgumentException($"The draft does not seal: {reason}", nameof(draft));
        }
        if (!entry.Body.Span.SequenceEqual(draft.Body.Span) || entry.Key != draft.Key || entry.SealedAt != at)
        {
            throw new ArgumentException("The draft does not seal: it reads back as something else.", nameof(draft));
        }
        return entry;
    }

    /// <summary>Reads stored bytes and checks their shape; the hash is computed here and is theirs.</summary>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="entry">The entry, or null.</param>
    /// <param name="reason">What is wrong with the shape, in a sentence; empty where nothing is.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> stored,
        [NotNullWhen(true)] out LedgerEntry? entry,
        out string reason) => LedgerShape.TryParse(stored, out entry, out reason);

    /// <summary>
    /// Walks the chain from the first entry and stops at the first that does not hold: bytes that do not have the hash
    /// beside them, a wrong shape, a number out of turn (missing, twice, swapped), a wrong link to the entry before, a
    /// key used twice. With a head, also a tail cut off, entries beyond the head, and a head of another chain.
    /// </summary>
    /// <param name="lines">All lines from the first, in the order of the store.</param>
    /// <param name="head">The head kept apart; null checks the chain alone, which cannot see a cut tail.</param>
    public static LedgerVerdict Verify(IEnumerable<StoredLedgerLine> lines, LedgerHead? head)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var keys = new Dictionary<string, long>(StringComparer.Ordinal);
        (long count, string hash) = (0, LedgerHash.Zero);
        foreach (StoredLedgerLine line in lines)
        {
            string? fault = FaultOf(line, count + 1, hash, keys);
            if (fault is not null) return new LedgerVerdict(false, count, hash, count + 1, fault);
            if (head is not null && head.Entries == count + 1 && head.Hash != line.Hash)
            {
                return new LedgerVerdict(false, count, hash, count + 1, $"Entry {count + 1} has the hash {line.Hash}, "
                    + $"but the head names {head.Hash}: the entry or the head was replaced.");
            }
            (count, hash) = (count + 1, line.Hash);
        }
        string? end = head is null ? null : FaultOfHead(head, count);
        if (end is null) return new LedgerVerdict(true, count, hash, null, "");
        return new LedgerVerdict(false, count, hash, Math.Min(count, head!.Entries) + 1, end);
    }

    /// <summary>
    /// Decides an append whose key is there already: the existing entry where kind and body are the same. Time,
    /// software and position may differ, since they say who sealed first and not what.
    /// </summary>
    /// <exception cref="LedgerKeyConflictException">Another kind or body.</exception>
    public static LedgerEntry Recognise(LedgerEntry existing, LedgerDraft draft)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(draft);
        bool same = existing.Kind == draft.Kind && existing.Body.Span.SequenceEqual(draft.Body.Span);
        return same ? existing : throw new LedgerKeyConflictException(draft.Key, existing.Number);
    }

    private static byte[] Encode(long number, string previous, LedgerDraft draft, Instant at)
    {
        var buffer = new ArrayBufferWriter<byte>(draft.Body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", number);
            writer.WriteString("kind", draft.Kind);
            writer.WriteString("key", draft.Key);
            writer.WriteString("at", at.ToString());
            writer.WriteString("prev", previous);
            writer.WriteString("software", draft.Software);
            if (draft.Position is long position) writer.WriteNumber("position", position);
            if (draft.Evidence is string evidence) writer.WriteString("evidence", evidence);
            writer.WritePropertyName("body");
            writer.WriteRawValue(draft.Body.Span, skipInputValidation: true); // LedgerShape has validated it
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string? FaultOf(StoredLedgerLine line, long expected, string previous, Dictionary<string, long> keys)
    {
        string actual = LedgerHash.Of(line.Bytes.Span);
        if (line.Number != expected)
        {
            return line.Number > expected
                ? $"Entry {expected} is missing: entry {line.Number} stands in its place."
                : $"Entry {expected} is expected, but entry {line.Number} comes again or out of turn.";
        }
        if (actual != line.Hash)
        {
            return $"Entry {expected} was changed: its bytes hash to {actual}, and {line.Hash} is stored beside them.";
        }
        if (!TryParse(line.Bytes, out LedgerEntry? entry, out string reason))
        {
            return $"Entry {expected} is not a ledger entry: {reason}";
        }
        if (entry.Number != expected) return $"Entry {expected} says of itself that it is number {entry.Number}.";
        if (entry.Previous != previous)
        {
            return expected == 1
                ? $"Entry 1 names {entry.Previous} as the hash before it; the first entry names 64 zeros."
                : $"Entry {expected} does not follow entry {expected - 1}: it names {entry.Previous} as the hash "
                    + $"before it, and that hash is {previous}.";
        }
        return keys.TryAdd(entry.Key, expected)
            ? null
            : $"Entry {expected} has the key \"{entry.Key}\" of entry {keys[entry.Key]}.";
    }

    private static string? FaultOfHead(LedgerHead head, long count)
    {
        if (head.Entries == 0 && head.Hash != LedgerHash.Zero) return "The head of no entries names a hash.";
        if (head.Entries > count)
        {
            return $"The head names {head.Entries} entries and the ledger ends after {count}: its tail is cut off.";
        }
        return head.Entries < count
            ? $"The head names {head.Entries} entries and the ledger has {count}: "
                + "the head is old, or entries were added past it."
            : null;
    }
}
