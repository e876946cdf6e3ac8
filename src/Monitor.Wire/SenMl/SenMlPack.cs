using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Wire.SenMl;

/// <summary>Reads a SenML pack in JSON and resolves it (RFC 8428). Numbers are decimals throughout, to the digit.</summary>
public static class SenMlPack
{
    /// <summary>The version that is understood; a pack of a later one is refused (section 4.4).</summary>
    public const int Version = 10;

    // 2**28 seconds: what is less is meant from now (section 4.5.3).
    private const decimal AbsoluteFrom = 268435456;

    // What any decimal holds.
    private const int DigitsMax = 28;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = EnvelopeLimits.DepthMax,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads any bytes and never throws. One record that is wrong refuses the pack.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="now">What relative times are meant from.</param>
    /// <param name="records">The records; base fields alone make none.</param>
    /// <param name="reason">Why it is refused, in a sentence; empty where it is not.</param>
    public static bool TryResolve(
        ReadOnlyMemory<byte> payload, Instant now, [NotNullWhen(true)] out IReadOnlyList<SenMlRecord>? records,
        out string reason)
    {
        records = null;
        if (payload.Length > ReadingBatch.BytesMax)
        {
            reason = $"The pack has {payload.Length} bytes; at most {ReadingBatch.BytesMax} are accepted.";
            return false;
        }
        if (!Utf8.IsValid(payload.Span))
        {
            reason = "The pack is not UTF-8.";
            return false;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload, Options);
            records = Resolve(document.RootElement, now);
            reason = "";
            return true;
        }
        catch (JsonException)
        {
            reason = "The pack is not JSON, or names a field twice.";
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so of an escape such as \ud800, which is half of a character.
            reason = "The pack has an escape that stands for half a character.";
        }
        catch (SenMlFaultException fault)
        {
            reason = fault.Message;
        }
        return false;
    }

    private static List<SenMlRecord> Resolve(JsonElement root, Instant now)
    {
        if (root.ValueKind != JsonValueKind.Array) throw new SenMlFaultException("The pack is not a JSON array.");
        List<SenMlRecord> records = [];
        var bases = new SenMlBases();
        int index = 0;
        foreach (JsonElement element in root.EnumerateArray())
        {
            var fields = new SenMlFields(element, index++);
            bases.Take(fields);
            if (Resolve(fields, bases, now) is SenMlRecord record) records.Add(record);
        }
        return records;
    }

    // Null for base fields alone.
    private static SenMlRecord? Resolve(SenMlFields fields, SenMlBases bases, Instant now)
    {
        decimal? value = fields.Number("v"), sum = fields.Number("s");
        (string? text, bool? truth, string? data) = (fields.Text("vs"), fields.Truth("vb"), fields.Text("vd"));
        int values = new[] { value is null, text is null, truth is null, data is null }.Count(isMissing => !isMissing);
        if (values > 1) throw fields.Fault("has more than one value");
        if (values == 0 && sum is null)
        {
            return fields.HasOwn ? throw fields.Fault("has neither a value nor a sum") : null;
        }
        string name = (bases.Name ?? "") + (fields.Text("n") ?? "");
        if (!IsName(name)) throw fields.Fault($"has no name of SenML: '{name}'");
        decimal time = fields.Sum(bases.Time, fields.Number("t")) ?? 0;
        bool isRelative = time < AbsoluteFrom;
        if (isRelative) time += now.UnixMilliseconds / 1000m;
        return new SenMlRecord
        {
            Name = name,
            Unit = fields.Text("u") ?? bases.Unit,
            Time = time,
            IsRelative = isRelative,
            Value = value is null ? null : fields.Sum(bases.Value, value),
            Text = text,
            Truth = truth,
            Data = data,
            Sum = sum is null ? null : fields.Sum(bases.Sum, sum),
            UpdateTime = fields.Number("ut"),
            Others = fields.Others(),
        };
    }

    // Section 4.5.1: letters, digits and - : . / _, the first of them a letter or a digit.
    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':' or '.' or '/' or '_');

    /// <summary>A decimal as sent; an exponent is worked out. Null for what does not fit to the digit.</summary>
    internal static decimal? Number(string json)
    {
        int mark = json.AsSpan().IndexOfAny('e', 'E'), end = mark < 0 ? json.Length : mark;
        int exponent = 0;
        bool isPower = mark < 0 || int.TryParse(
            json.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        int point = json.IndexOf('.', StringComparison.Ordinal);
        int places = point < 0 ? 0 : end - point - 1;
        // A decimal rounds what it cannot hold, and says nothing.
        if (!isPower || Math.Abs((long)exponent) > DigitsMax || places - exponent > DigitsMax
            || json.AsSpan(0, end).TrimStart("-0.").Length > DigitsMax)
        {
            return null;
        }
        return decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;
    }
}
