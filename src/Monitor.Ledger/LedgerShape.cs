using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Ledger;

/// <summary>The shape of drafts and of stored bytes: one order of keys, none unknown, nothing after them.</summary>
internal static class LedgerShape
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with a draft, in a sentence; null where nothing is.</summary>
    public static string? FaultOf(LedgerDraft draft)
    {
        if (draft.Kind is null || !LedgerKinds.IsKnown(draft.Kind)) return $"\"{draft.Kind}\" is not a kind of entry.";
        if (!IsPlain(draft.Key, LedgerChain.KeyLengthMax))
        {
            return "The key must be 1 to 256 printable ASCII characters without quote and backslash.";
        }
        if (!IsPlain(draft.Software, LedgerChain.SoftwareLengthMax))
        {
            return "The software must be 1 to 64 printable ASCII characters without quote and backslash.";
        }
        if (draft.Position < 0) return "The position is negative.";
        if (draft.Evidence is not null && !LedgerHash.IsValid(draft.Evidence))
        {
            return "The evidence must be 64 lower-case hexadecimal digits.";
        }
        return FaultOfBody(draft.Body.Span);
    }

    /// <summary>See <see cref="LedgerChain.TryParse"/>.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> stored, [NotNullWhen(true)] out LedgerEntry? entry, out string reason)
    {
        entry = null;
        try
        {
            entry = Parse(stored);
            reason = "";
            return true;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            reason = fault.Message;
            return false;
        }
    }

    private static LedgerEntry Parse(ReadOnlyMemory<byte> stored)
    {
        var reader = new Utf8JsonReader(stored.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || reader.TokenStartIndex != 0)
        {
            throw new FormatException("It is no JSON object.");
        }
        long number = ReadCount(ref reader, "n");
        string kind = ReadText(ref reader, "kind");
        string key = ReadText(ref reader, "key");
        string at = ReadText(ref reader, "at");
        string previous = ReadText(ref reader, "prev");
        string software = ReadText(ref reader, "software");
        string next = ReadName(ref reader);
        long? position = null;
        if (next == "position")
        {
            position = ReadCount(ref reader);
            next = ReadName(ref reader);
        }
        string? evidence = null;
        if (next == "evidence")
        {
            evidence = ReadText(ref reader);
            next = ReadName(ref reader);
        }
        if (next != "body") throw new FormatException($"It has \"{next}\" where \"body\" belongs.");
        if (!reader.Read()) throw new FormatException("It has no body.");
        int start = checked((int)reader.TokenStartIndex);
        reader.Skip();
        ReadOnlyMemory<byte> body = stored[start..checked((int)reader.BytesConsumed)];
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)
        {
            throw new FormatException("Something follows the body.");
        }
        if (reader.BytesConsumed != stored.Length) throw new FormatException("Something follows the object.");
        if (number < 1) throw new FormatException("Its number is not positive.");
        if (!LedgerHash.IsValid(previous)) throw new FormatException("The hash before it is not 64 lower-case digits.");
        if (FaultOf(new LedgerDraft(kind, key, software, position, evidence, body)) is string fault)
        {
            throw new FormatException(fault);
        }
        return new LedgerEntry
        {
            Number = number,
            Kind = kind,
            Key = key,
            SealedAt = ParseInstant(at),
            Previous = previous,
            Hash = LedgerHash.Of(stored.Span),
            Bytes = stored,
            Software = software,
            Position = position,
            Evidence = evidence,
            Body = body,
        };
    }

    private static string ReadName(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            ? Text(ref reader)
            : throw new FormatException("It ends before its body.");

    private static void Expect(ref Utf8JsonReader reader, string name)
    {
        string actual = ReadName(ref reader);
        if (actual != name) throw new FormatException($"It has \"{actual}\" where \"{name}\" belongs.");
    }

    private static string ReadText(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, name);
        return ReadText(ref reader);
    }

    private static string ReadText(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
            ? Text(ref reader)
            : throw new FormatException("A text is missing.");

    // No text of the frame ever needs an escape.
    private static string Text(ref Utf8JsonReader reader)
    {
        bool plain = !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan);
        if (!plain) throw new FormatException("A text is not plain ASCII.");
        return Encoding.ASCII.GetString(reader.ValueSpan);
    }

    private static long ReadCount(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, name);
        return ReadCount(ref reader);
    }

    private static long ReadCount(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long count)
            ? count
            : throw new FormatException("A number is missing.");

    private static Instant ParseInstant(string text) =>
        DateTimeOffset.TryParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Instant.From(moment)
            : throw new FormatException($"\"{text}\" is not a time as the ledger writes it.");

    private static bool IsPlain(string? text, int lengthMax)
    {
        if (text is null || text.Length is 0 || text.Length > lengthMax) return false;
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\') return false;
        }
        return true;
    }

    private static string? FaultOfBody(ReadOnlySpan<byte> body)
    {
        try
        {
            // The JSON reader accepts broken UTF-8 inside strings until someone asks for the string.
            _ = StrictUtf8.GetCharCount(body);
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenStartIndex != 0) return "White space stands before the body.";
            reader.Skip();
            return reader.BytesConsumed == body.Length ? null : "Something follows the body's JSON value.";
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException)
        {
            return $"The body is not JSON in UTF-8: {fault.Message}";
        }
    }
}
