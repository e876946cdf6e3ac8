using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>What the program was told, by a configuration file and options; an option overrules the file.</summary>
internal sealed record EdgeOptions
{
    /// <summary>Keys of the file, and with two dashes before them the options.</summary>
    private static readonly string[] Keys =
    [
        "agent", "section", "server", "outbox", "replay", "statistic", "batch", "rate", "window", "retry-max",
        "until-drained", "end-with-stdin",
    ];

    /// <summary>Agent id; also the MQTT client id.</summary>
    internal required string Agent { get; init; }

    /// <summary>Section id.</summary>
    internal required string Section { get; init; }

    /// <summary>The server's name or address.</summary>
    internal required string Host { get; init; }

    /// <summary>Its MQTT port.</summary>
    internal required int Port { get; init; }

    /// <summary>The outbox's file.</summary>
    internal required string Outbox { get; init; }

    /// <summary>The file to replay.</summary>
    internal required string Replay { get; init; }

    /// <summary>What the file's values stand for.</summary>
    internal Statistic Statistic { get; init; }

    /// <summary>Readings in a batch, 1 to 500.</summary>
    internal int Batch { get; init; } = 200;

    /// <summary>Readings per second, or null for full speed.</summary>
    internal double? Rate { get; init; }

    /// <summary>Batches in flight at most, 1 to 32.</summary>
    internal int Window { get; init; } = 32;

    /// <summary>Longest wait between two attempts to reach the server.</summary>
    internal TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether to end when all is sent and answered.</summary>
    internal bool UntilDrained { get; init; }

    /// <summary>
    /// Whether to end when standard input ends: the program that started this one holds its other end, and an agent must
    /// not outlive it, even one that was killed.
    /// </summary>
    internal bool EndWithStdin { get; init; }

    /// <summary>Reads the arguments after the verb.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="readFile">Reads the configuration file's text.</param>
    /// <exception cref="InputException">Something is missing, unknown or out of range.</exception>
    internal static EdgeOptions Parse(IReadOnlyList<string> arguments, Func<string, string> readFile)
    {
        Dictionary<string, string> given = EdgeArguments.Read(
            arguments, [.. Keys, "config"], ["until-drained", "end-with-stdin"]);
        var said = new Said();
        if (given.Remove("config", out string? file)) said.AddFile(file, readFile(file));
        foreach ((string key, string value) in given) said.Values[key] = (value, "", "--" + key);
        (string host, int port) = said.Address("server");
        return new EdgeOptions
        {
            Agent = said.Id("agent"),
            Section = said.Id("section"),
            Host = host,
            Port = port,
            Outbox = said.Text("outbox"),
            Replay = said.Text("replay"),
            Statistic = said.Statistic("statistic"),
            Batch = said.Number("batch", 1, ReadingBatch.ReadingsMax) ?? 200,
            Rate = said.Number("rate", 1, 1_000_000),
            Window = said.Number("window", 1, 32) ?? 32,
            RetryMax = TimeSpan.FromSeconds(said.Number("retry-max", 1, 3600) ?? 60),
            UntilDrained = said.Flag("until-drained"),
            EndWithStdin = said.Flag("end-with-stdin"),
        };
    }

    // What was said, and where, so that a fault can name the place.
    private sealed class Said
    {
        internal Dictionary<string, (string Value, string File, string Field)> Values { get; } = [];

        internal void AddFile(string file, string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false, MaxDepth = 4 });
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                {
                    throw new InputException("the file is not a JSON object.", "Write {\"agent\": …}.", file);
                }
                foreach (JsonProperty property in document.RootElement.EnumerateObject())
                {
                    string key = property.Name;
                    if (!Keys.Contains(key))
                    {
                        throw new InputException(
                            "the key is unknown.", $"Known are {string.Join(", ", Keys)}.", file, 0, key);
                    }
                    Values[key] = (property.Value.ToString(), file, key);
                }
            }
            catch (JsonException e)
            {
                throw new InputException(
                    $"the file is not JSON: {e.Message}", "Correct it.", file, (int)(e.LineNumber ?? 0) + 1);
            }
        }

        internal string Text(string key) => Values.TryGetValue(key, out var said) && said.Value.Length > 0
            ? said.Value
            : throw new InputException("it is missing.", "Give it, or write it in the file.", "", 0, "--" + key);

        internal string Id(string key) => Identifier.IsValid(Text(key))
            ? Text(key)
            : throw Wrong(key, "is no id", "Use 1 to 32 of A-Z a-z 0-9 _ -.");

        internal int? Number(string key, int min, int max)
        {
            if (!Values.TryGetValue(key, out var said)) return null;
            bool whole = int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            return whole && number >= min && number <= max
                ? number
                : throw Wrong(key, "is no whole number in range", $"Give one from {min} to {max}.");
        }

        internal bool Flag(string key) => Values.TryGetValue(key, out var said) && said.Value switch
        {
            "true" or "True" => true,
            "false" or "False" => false,
            _ => throw Wrong(key, "is neither true nor false", "Write true or false."),
        };

        internal Statistic Statistic(string key)
        {
            if (!Values.TryGetValue(key, out var said)) return Domain.Readings.Statistic.Instantaneous;
            return StatisticNames.TryParse(said.Value, out Statistic statistic)
                ? statistic
                : throw Wrong(key, "is no statistic", "Give rtd, min, hour or day.");
        }

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

        private InputException Wrong(string key, string fault, string remedy) =>
            new($"'{Values[key].Value}' {fault}.", remedy, Values[key].File, 0, Values[key].Field);
    }
}
