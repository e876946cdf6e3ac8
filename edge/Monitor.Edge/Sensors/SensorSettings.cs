using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// What a configuration file says of one sensor, or of a part of it. It remembers what was asked for, so that a key that
/// means nothing is refused and not overlooked.
/// </summary>
internal sealed class SensorSettings
{
    private readonly JsonElement json;
    private readonly string file;
    private readonly string place;
    private readonly HashSet<string> asked = [];
    private readonly List<SensorSettings> parts = [];

    /// <param name="json">The object; it must outlive this.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="place">Where in the file, as <c>sensors[0]</c>.</param>
    /// <exception cref="InputException">It is no object.</exception>
    internal SensorSettings(JsonElement json, string file, string place)
    {
        (this.json, this.file, this.place) = (json, file, place);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InputException("it is no object.", "Write {\"family\": …}.", file, 0, place);
        }
    }

    /// <summary>A text, or null where it was not said; numbers and true and false as they are written.</summary>
    internal string? TextOrNull(string key)
    {
        if (Find(key) is not JsonElement value) return null;
        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null
            ? throw Wrong(key, "the value is neither a text, a number nor true or false.", "Write it as one.")
            : value.ToString();
    }

    /// <summary>A text that must be there.</summary>
    internal string Text(string key) =>
        TextOrNull(key) is { Length: > 0 } text ? text : throw Wrong(key, "it is missing.", "Write it.");

    /// <summary>An id; what is given otherwise where it was not said.</summary>
    internal string Id(string key, string otherwise)
    {
        if (TextOrNull(key) is not { Length: > 0 } text) return otherwise;
        return Identifier.IsValid(text) ? text : throw Wrong(key, $"'{text}' is no id.", "Use 1 to 32 of A-Z a-z 0-9 _ -.");
    }

    /// <summary>A whole number, both ends inclusive; what is given otherwise where it was not said.</summary>
    internal int Number(string key, int min, int max, int? otherwise = null)
    {
        if (TextOrNull(key) is not string text) return otherwise ?? throw Wrong(key, "it is missing.", "Write it.");
        bool isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        return isWhole && number >= min && number <= max ? number : throw Wrong(
            key, $"'{text}' is no whole number in range.", $"Write one from {min} to {max}.");
    }

    /// <summary>A decimal, its places kept; null where it was not said.</summary>
    internal decimal? DecimalOrNull(string key)
    {
        if (TextOrNull(key) is not string text) return null;
        return ReportedValue.TryParse(text, Qualifier.None, out ReportedValue value) ? value.ToDecimal() : throw Wrong(
            key, $"'{text}' is no plain decimal.", "Write it as 0.01.");
    }

    /// <summary>Whether a switch is on.</summary>
    internal bool Flag(string key, bool otherwise) =>
        Word(key, otherwise ? "true" : "false", "true", "false", "True", "False") is "true" or "True";

    /// <summary>One of some words.</summary>
    internal string Word(string key, string otherwise, params IEnumerable<string> words)
    {
        string text = TextOrNull(key) ?? otherwise;
        return words.Contains(text) ? text : throw Wrong(
            key, $"'{text}' is not known here.", $"Write one of {string.Join(", ", words)}.");
    }

    /// <summary>A moment with an offset, as <c>2025-01-01T00:00:00+08:00</c>; null where it was not said.</summary>
    internal Instant? MomentOrNull(string key)
    {
        if (TextOrNull(key) is not string text) return null;
        bool isMoment = DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out DateTimeOffset moment);
        return isMoment ? Instant.From(moment) : throw Wrong(
            key, $"'{text}' is no moment with an offset.", "Write it as 2025-01-01T00:00:00+08:00.");
    }

    /// <summary>A host and a port; null where it was not said.</summary>
    internal (string Host, int Port)? AddressOrNull(string key, int portMin = 1)
    {
        if (TextOrNull(key) is not string text) return null;
        int colon = text.LastIndexOf(':');
        bool isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        return colon >= 1 && isPort && port >= portMin && port <= 65535 ? (text[..colon].Trim('[', ']'), port) : throw Wrong(
            key, $"'{text}' is no address.", "Write host:port, as 192.168.1.20:502.");
    }

    /// <summary>A part of its own; null where it was not said.</summary>
    internal SensorSettings? PartOrNull(string key) =>
        Find(key) is JsonElement value ? Part(value, $"{place}.{key}") : null;

    /// <summary>A list of parts; empty where it was not said.</summary>
    internal IReadOnlyList<SensorSettings> Parts(string key)
    {
        if (Find(key) is not JsonElement value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(key, "it is no list.", "Write [ … ].");
        return [.. value.EnumerateArray().Select((part, i) => Part(part, $"{place}.{key}[{i}]"))];
    }

    /// <summary>All its keys with their texts, in the order of the file.</summary>
    internal IReadOnlyList<(string Key, string Text)> Pairs() =>
        [.. json.EnumerateObject().Select(property => (property.Name, Text(property.Name)))];

    /// <summary>The fault that a key's value was found to have, with its place.</summary>
    internal InputException Wrong(string key, string fault, string remedy) =>
        new(fault, remedy, file, 0, $"{place}.{key}");

    /// <summary>Refuses keys that nobody asked for.</summary>
    internal void RequireNoOther()
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(p => !asked.Contains(p.Name)))
        {
            throw Wrong(property.Name, "the key is unknown.", $"Known are {string.Join(", ", asked.Order())}.");
        }
        foreach (SensorSettings part in parts) part.RequireNoOther();
    }

    private SensorSettings Part(JsonElement value, string at)
    {
        var part = new SensorSettings(value, file, at);
        parts.Add(part);
        return part;
    }

    private JsonElement? Find(string key)
    {
        asked.Add(key);
        return json.TryGetProperty(key, out JsonElement value) ? value : null;
    }
}
