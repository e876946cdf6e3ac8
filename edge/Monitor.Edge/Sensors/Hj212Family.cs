using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;

namespace Monitor.Edge.Sensors;

/// <summary>Data loggers that speak HJ 212 over TCP: they connect to the agent, or the agent to them.</summary>
internal sealed class Hj212Family : ISensorFamily
{
    /// <inheritdoc/>
    public string Name => "hj212";

    /// <inheritdoc/>
    public ISensorSource Open(SensorSettings said, SensorPlace place)
    {
        (string, int)? listen = said.AddressOrNull("listen", portMin: 0), connect = said.AddressOrNull("connect");
        if (listen is null == connect is null)
        {
            throw said.Wrong("listen", "it is not said who connects to whom.",
                "Write listen, where the logger connects here, or connect, where this connects to it; not both.");
        }
        string profile = said.Word("profile", Hj212Profile.Of2017.Name, Hj212Profile.All.Select(p => p.Name));
        string crc = said.Word("crc", CrcRule.Standard.Name, CrcRule.All.Select(rule => rule.Name));
        return new Hj212Source(
            new Hj212Options
            {
                Name = said.Id("name", Name),
                Listen = listen,
                Connect = connect,
                Mn = said.Text("mn"),
                Password = said.TextOrNull("password"),
                St = said.TextOrNull("st") ?? "21",
                Station = new Hj212Station
                {
                    Profile = Hj212Profile.All.First(known => known.Name == profile),
                    Crc = CrcRule.All.First(known => known.Name == crc),
                    Units = Units(said.PartOrNull("units")),
                    Instrument = said.Id("instrument", ""),
                },
                History = said.TextOrNull("history") is null
                    ? null
                    : said.Word("history", "", Hj212Commands.Hour, Hj212Commands.Minute, Hj212Commands.Day),
                HistoryFrom = said.MomentOrNull("history-from"),
                SetsTime = said.Flag("set-time", true),
                SilentAfter = TimeSpan.FromSeconds(said.Number("silent-after", 1, 7 * 24 * 3600, 7200)),
                AnswerWithin = TimeSpan.FromSeconds(said.Number("answer-within", 1, 3600, 10)),
                Until = said.MomentOrNull("until"),
            },
            place);
    }

    private static Dictionary<string, string> Units(SensorSettings? said)
    {
        Dictionary<string, string> units = [];
        foreach ((string code, string unit) in said?.Pairs() ?? [])
        {
            if (!Measurands.IsCode(code)) throw said!.Wrong(code, "it is no measurand's code.", "Write it as w20120.");
            if (!Hj212Units.IsKnown(unit)) throw said!.Wrong(code, $"'{unit}' is no unit.", "Write it as mg/L or ug/L.");
            units.Add(code, unit);
        }
        return units;
    }
}

/// <summary>What is set for one logger.</summary>
internal sealed record Hj212Options
{
    /// <summary>Names the source in its outbox.</summary>
    internal required string Name { get; init; }

    /// <summary>Where loggers connect to; null where this connects to the logger.</summary>
    internal (string Host, int Port)? Listen { get; init; }

    /// <summary>The logger that is connected to.</summary>
    internal (string Host, int Port)? Connect { get; init; }

    /// <summary>Whose packets are taken; others are counted and refused.</summary>
    internal required string Mn { get; init; }

    /// <summary>The password that packets must carry; null where any will do.</summary>
    internal string? Password { get; init; }

    /// <summary>The kind of station, for requests.</summary>
    internal string St { get; init; } = "21";

    /// <summary>How its values become readings.</summary>
    internal Hj212Station Station { get; init; } = new();

    /// <summary>The command by which missed data are asked for; null where they are not.</summary>
    internal string? History { get; init; }

    /// <summary>From when on, where nothing was taken yet; null for then not at all.</summary>
    internal Instant? HistoryFrom { get; init; }

    /// <summary>Whether a logger that asks for the time is given it.</summary>
    internal bool SetsTime { get; init; } = true;

    /// <summary>Without a packet for so long it counts as silent.</summary>
    internal TimeSpan SilentAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a logger may take to answer a request; three times it is asked.</summary>
    internal TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The source ends when everything up to this time of the logger's was taken; null for never.</summary>
    internal Instant? Until { get; init; }
}
