using System.Text.Json;

namespace Monitor.Wire.SenMl;

/// <summary>The fields of one record as sent. A field of another kind than its label says is a fault of the record.</summary>
internal sealed class SenMlFields
{
    private static readonly string[] Known =
        ["n", "u", "v", "vs", "vb", "vd", "s", "t", "ut", "bn", "bt", "bu", "bv", "bs", "bver"];

    private readonly JsonElement json;
    private readonly int index;

    internal SenMlFields(JsonElement json, int index)
    {
        (this.json, this.index) = (json, index);
        if (json.ValueKind != JsonValueKind.Object) throw Fault("is no object");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            // Section 4.4: a label that ends so must be understood.
            if (property.Name.EndsWith('_')) throw Fault($"has a field that must be understood and is not: {property.Name}");
        }
    }

    /// <summary>Whether there is anything but base fields.</summary>
    internal bool HasOwn => json.EnumerateObject().Any(property => !property.Name.StartsWith('b'));

    internal string? Text(string label)
    {
        if (!json.TryGetProperty(label, out JsonElement value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Fault($"has a {label} that is no text");
    }

    internal decimal? Number(string label)
    {
        if (!json.TryGetProperty(label, out JsonElement value)) return null;
        if (value.ValueKind != JsonValueKind.Number) throw Fault($"has a {label} that is no number");
        string text = value.GetRawText();
        return SenMlPack.Number(text) ?? throw Fault($"has a {label} that does not fit to the digit: {text}");
    }

    internal bool? Truth(string label)
    {
        if (!json.TryGetProperty(label, out JsonElement value)) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Fault($"has a {label} that is neither true nor false");
    }

    /// <summary>A base and a record's own number together; null where both are.</summary>
    internal decimal? Sum(decimal? common, decimal? own)
    {
        try
        {
            return common is null && own is null ? null : (common ?? 0) + (own ?? 0);
        }
        catch (OverflowException)
        {
            throw Fault("has a number that does not fit with its base");
        }
    }

    internal List<(string, string)> Others() =>
        [.. json.EnumerateObject().Where(p => !Known.Contains(p.Name)).Select(p => (p.Name, p.Value.GetRawText()))];

    internal SenMlFaultException Fault(string what) => new($"Record {index} {what}.");
}

/// <summary>What the base fields of a pack's records said so far (section 4.1).</summary>
internal sealed class SenMlBases
{
    internal string? Name { get; private set; }

    internal string? Unit { get; private set; }

    internal decimal? Time { get; private set; }

    internal decimal? Value { get; private set; }

    internal decimal? Sum { get; private set; }

    internal void Take(SenMlFields fields)
    {
        Name = fields.Text("bn") ?? Name;
        Unit = fields.Text("bu") ?? Unit;
        Time = fields.Number("bt") ?? Time;
        Value = fields.Number("bv") ?? Value;
        Sum = fields.Number("bs") ?? Sum;
        if (fields.Number("bver") is decimal version && version is < 1 or > SenMlPack.Version)
        {
            throw fields.Fault($"is of version {version}, which is not understood");
        }
    }
}

/// <summary>A pack is not what it should be; its message says how, in a sentence. Never leaves the room.</summary>
internal sealed class SenMlFaultException(string message) : Exception(message);
