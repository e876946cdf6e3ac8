using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;

namespace Monitor.Edge;

/// <summary>What the program was told, by a configuration file and options; an option overrules the file.</summary>
internal sealed record EdgeOptions
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Keys of the file, and with two dashes before them the options.</summary>
    private static readonly string[] Keys =
    [
        "agent", "section", "server", "outbox", "replay", "statistic", "batch", "rate", "window", "retry-max",
        "until-drained", "end-with-stdin", "username", "password-file", "tls", "ca", "cert", "cert-key", "sign-key",
        "keep-alive", "acknowledge", "outbox-max", "reserve", "when-full",
    ];

    /// <summary>A password stands in the file only: options are there for every user of the machine to see.</summary>
    private const string Password = "password";

    /// <summary>Agent id; also the MQTT client id.</summary>
    internal required string Agent { get; init; }

    /// <summary>Section id.</summary>
    internal required string Section { get; init; }

    /// <summary>The server, and who the agent is to it.</summary>
    internal required UplinkOptions Uplink { get; init; }

    /// <summary>The outbox's file.</summary>
    internal required string Outbox { get; init; }

    /// <summary>Bytes that the outbox may hold.</summary>
    internal required long OutboxBytesMax { get; init; }

    /// <summary>Bytes of the disk that it holds back.</summary>
    internal required long ReserveBytes { get; init; }

    /// <summary>The file with the key that signs; null for none.</summary>
    internal string? SignKey { get; init; }

    /// <summary>
    /// Whether a full outbox drops its oldest batches for new readings, rather than let the source wait.
    /// </summary>
    internal bool DropsWhenFull { get; init; }

    /// <summary>The devices that are listened to.</summary>
    internal IReadOnlyList<SensorSettings> Sensors { get; init; } = [];

    /// <summary>The file to replay; null where there are devices only.</summary>
    internal string? Replay { get; init; }

    /// <summary>What the file's values stand for.</summary>
    internal Statistic Statistic { get; init; }

    /// <summary>Readings in a batch, 1 to 500.</summary>
    internal int Batch { get; init; } = 200;

    /// <summary>Readings per second, or null for full speed.</summary>
    internal double? Rate { get; init; }

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
            arguments, [.. Keys, "config"], ["until-drained", "end-with-stdin", "tls"]);
        var said = new EdgeSettings();
        if (given.Remove("config", out string? file)) said.AddFile(file, readFile(file), [.. Keys, Password]);
        foreach ((string key, string value) in given) said.AddOption(key, value);
        return new EdgeOptions
        {
            Agent = said.Id("agent"),
            Section = said.Id("section"),
            Uplink = ReadUplink(said),
            Outbox = said.Text("outbox"),
            OutboxBytesMax = Mebibyte * (said.Number("outbox-max", 1, 1024 * 1024) ?? 1024),
            ReserveBytes = Mebibyte * (said.Number("reserve", 0, 1024) ?? 16),
            SignKey = said.TextOrNull("sign-key"),
            DropsWhenFull = said.Second("when-full", "wait", "drop-oldest"),
            Sensors = said.Sensors,
            Replay = said.Sensors.Count > 0 ? said.TextOrNull("replay") : said.Text("replay"),
            Statistic = said.Statistic("statistic"),
            Batch = said.Number("batch", 1, ReadingBatch.ReadingsMax) ?? 200,
            Rate = said.Number("rate", 1, 1_000_000),
            UntilDrained = said.Flag("until-drained"),
            EndWithStdin = said.Flag("end-with-stdin"),
        };
    }

    private static UplinkOptions ReadUplink(EdgeSettings said)
    {
        (string host, int port) = said.Address("server");
        string? password = said.TextOrNull(Password);
        if (said.TextOrNull("password-file") is string file)
        {
            if (password is not null) throw said.Wrong(Password, "stands beside a password file", "Give one of the two.");
            password = EdgeFiles.ReadText(file, "password-file").TrimEnd('\r', '\n');
        }
        if (password is not null && said.TextOrNull("username") is null)
        {
            throw new InputException(
                "a password is given and no user name.", "Give the user name too.", "", 0, "--username");
        }
        return new UplinkOptions
        {
            Host = host,
            Port = port,
            Width = said.Number("window", 1, 32) ?? 32,
            UserName = said.TextOrNull("username"),
            Password = password is null ? null : System.Text.Encoding.UTF8.GetBytes(password),
            Tls = UplinkTls.From(said, host),
            WaitsForReceipt = said.Second("acknowledge", "puback", "receipt"),
            KeepAlive = TimeSpan.FromSeconds(said.Number("keep-alive", 1, 3600) ?? 30),
            RetryMax = TimeSpan.FromSeconds(said.Number("retry-max", 1, 3600) ?? 60),
        };
    }
}
