using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;

namespace Monitor.Edge;

/// <summary>
/// What was said, by a configuration file and by options, and where: so that a fault can name the place. An option
/// overrules the file.
/// </summary>
internal sealed class EdgeSettings
{
    // Names of files: in a configuration file they are meant from its own folder, so that it can be carried about.
    private static readonly string[] Paths = ["outbox", "replay", "ca", "cert", "cert-key", "sign-key", "password-file"];

    private const string SensorsKey = "sensors";

    private readonly Dictionary<string, (string Value, string File, string Field)> values = [];

    /// <summary>The devices that the configuration file names; an option cannot.</summary>
    internal IReadOnlyList<SensorSettings> Sensors { get; private set; } = [];

    /// <summary>Takes a configuration file's keys.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text: one JSON object, flat but for <c>sensors</c>.</param>
    /// <param name="keys">The keys there are.</param>
    /// <exception cref="InputException">It is no such object, or has another key.</exception>
    internal void AddFile(string file, string text, IReadOnlyCollection<string> keys)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InputException("the file is not a JSON object.", "Write {\"agent\": …}.", file);
            }
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == SensorsKey) AddSensors(file, property.Value.Clone());
                else Add(file, property, keys);
            }
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"the file is not JSON: {e.Message}", "Correct it.", file, (int)(e.LineNumber ?? 0) + 1);
        }
    }

    /// <summary>Takes an option.</summary>
    internal void AddOption(string key, string value) => values[key] = (value, "", "--" + key);

    /// <summary>A text that must be there.</summary>
    internal string Text(string key) => TextOrNull(key)
        ?? throw new InputException("it is missing.", "Give it, or write it in the file.", "", 0, "--" + key);

    /// <summary>A text, or null where it was not said.</summary>
    internal string? TextOrNull(string key) =>
        values.TryGetValue(key, out var said) && said.Value.Length > 0 ? said.Value : null;

    /// <summary>An id that must be there.</summary>
    internal string Id(string key) => Identifier.IsValid(Text(key))
        ? Text(key)
        : throw Wrong(key, "is no id", "Use 1 to 32 of A-Z a-z 0-9 _ -.");

    /// <summary>A whole number, both ends inclusive; null where it was not said.</summary>
    internal int? Number(string key, int min, int max)
    {
        if (!values.TryGetValue(key, out var said)) return null;
        bool whole = int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return whole && number >= min && number <= max
            ? number
            : throw Wrong(key, "is no whole number in range", $"Give one from {min} to {max}.");
    }

    /// <summary>Whether a switch is on; off where it was not said.</summary>
    internal bool Flag(string key) => values.TryGetValue(key, out var said) && said.Value switch
    {
        "true" or "True" => true,
        "false" or "False" => false,
        _ => throw Wrong(key, "is neither true nor false", "Write true or false."),
    };

    /// <summary>One of two words: whether it is the second; false where it was not said.</summary>
    internal bool Second(string key, string first, string second)
    {
        string said = TextOrNull(key) ?? first;
        if (said == first || said == second) return said == second;
        throw Wrong(key, $"is neither {first} nor {second}", $"Write {first} or {second}.");
    }

    /// <summary>What values stand for; a moment where it was not said.</summary>
    internal Statistic Statistic(string key)
    {
        if (!values.TryGetValue(key, out var said)) return Domain.Readings.Statistic.Instantaneous;
        return StatisticNames.TryParse(said.Value, out Statistic statistic)
            ? statistic
            : throw Wrong(key, "is no statistic", "Give rtd, min, hour or day.");
    }

    /// <summary>A host and a port that must be there.</summary>
    internal (string Host, int Port) Address(string key)
    {
        string text = Text(key);
        int colon = text.LastIndexOf(':');
        bool right = int.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        if (colon < 1 || !right || port is < 1 or > 65535)
        {
            throw Wrong(key, "is no address", "Write host:port, as 127.0.0.1:1883.");
        }
        return (text[..colon].Trim('[', ']'), port);
    }

    /// <summary>The fault that a key's value was found to have, with its place.</summary>
    internal InputException Wrong(string key, string fault, string remedy) =>
        new($"'{values[key].Value}' {fault}.", remedy, values[key].File, 0, values[key].Field);

    private void AddSensors(string file, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new InputException("it is no list.", "Write [{\"family\": …}].", file, 0, SensorsKey);
        }
        Sensors = [.. list.EnumerateArray().Select((said, i) => new SensorSettings(said, file, $"{SensorsKey}[{i}]"))];
    }

    private void Add(string file, JsonProperty property, IReadOnlyCollection<string> keys)
    {
        string key = property.Name;
        if (!keys.Contains(key))
        {
            throw new InputException(
                "the key is unknown.", $"Known are {string.Join(", ", keys)} and {SensorsKey}.", file, 0, key);
        }
        if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
        {
            throw new InputException(
                "the value is neither a text, a number nor true or false.", "Write it as one.", file, 0, key);
        }
        string value = property.Value.ToString();
        if (Paths.Contains(key) && value.Length > 0)
        {
            value = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", value);
        }
        values[key] = (value, file, key);
    }
}
