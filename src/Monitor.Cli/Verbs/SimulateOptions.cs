using System.CommandLine;
using System.Globalization;
using Monitor.Cli.Simulation;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Cli.Verbs;

/// <summary>The options of <c>simulate</c>, and the plan that they make.</summary>
internal sealed class SimulateOptions
{
    private const int AgentsMax = 20_000;
    private const int WindowMax = 256;

    private readonly Option<int> _sections = Whole("--sections", "Sections, shared out among the agents.", 10);
    private readonly Option<int> _agents = Whole("--agents", "Agents, each a connection.", 10);
    private readonly Option<double> _rate = new("--rate")
    {
        Description = "Readings per second of each agent; 0 for as fast as they are answered.", HelpName = "R",
    };
    private readonly Option<string> _for = Text("--for", "How long, as 10s, 5m, 1h.", "T", "10s");
    private readonly Option<int?> _messages = new("--messages")
    {
        Description = "Messages of each agent, instead of --for; 0 to hold silent connections for --for.", HelpName = "N",
    };
    private readonly Option<int> _batch = Whole("--batch", "Readings in a message.", 20);
    private readonly Option<int> _window = Whole("--window", "Messages in flight on each connection.", 4);
    private readonly Option<string> _offline =
        Text("--offline", "Backlog of each agent, as 30d; drained beside live readings.", "T", "0s");
    private readonly Option<string> _interval = Text("--interval", "Time between samples.", "T", "5m");
    private readonly Option<string> _malformed =
        Text("--malformed", "Share of broken messages sent in between, as 10%.", "P", "0%");
    private readonly Option<string> _duplicate = Text("--duplicate", "Share of messages sent twice, as 20%.", "P", "0%");
    private readonly Option<bool> _shuffle = new("--shuffle") { Description = "Send out of order." };
    private readonly Option<int> _seed = Whole("--seed", "Fixes values, faults and order.", 1);

    /// <summary>Into the store instead of over sockets.</summary>
    internal Option<bool> Direct { get; } = new("--direct") { Description = "Straight into a store, without a service." };

    /// <summary>The service's host.</summary>
    internal Option<string> Host { get; } = Text("--host", "Host of a running service.", "HOST", "127.0.0.1");

    /// <summary>Its port; null for a service of its own.</summary>
    internal Option<int?> Port { get; } = new("--port")
    {
        Description = "MQTT port of a running service. Without it, a service of its own.", HelpName = "N",
    };

    /// <summary>The folder of the own service or of the store; null for a temporary one.</summary>
    internal Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder to keep what is stored in; without it a temporary one. With --port: the folder of that " +
            "service, where the agents are registered for the run and revoked after it.", HelpName = "DIR",
    };

    /// <summary>Whether for machines.</summary>
    internal Option<bool> Json { get; } = new("--json") { Description = "One JSON object." };

    /// <summary>All of them.</summary>
    internal IEnumerable<Option> All =>
    [
        _sections, _agents, _rate, _for, _messages, _batch, _window, _offline, _interval, _malformed, _duplicate, _shuffle,
        _seed, Direct, Host, Port, Data, Json,
    ];

    /// <summary>The plan.</summary>
    /// <exception cref="InputException">A figure is out of its bounds.</exception>
    internal SimulationPlan Plan(ParseResult parsed)
    {
        double rate = parsed.GetValue(_rate);
        if (!(rate >= 0 && rate <= 1_000_000)) throw new InputException(
            $"{rate} is no rate.", "Write readings per second, or 0.", field: "--rate");
        return new SimulationPlan
        {
            Sections = Bounded(parsed, _sections, 1, 1000),
            Agents = Bounded(parsed, _agents, 1, AgentsMax),
            Rate = rate,
            Duration = Time(parsed, _for),
            Messages = parsed.GetValue(_messages) is not int messages ? null : messages >= 0
                ? messages
                : throw new InputException($"{messages} is no number of messages.", "Write 0 or more.", field: "--messages"),
            Batch = Bounded(parsed, _batch, 1, ReadingBatch.ReadingsMax),
            Window = Bounded(parsed, _window, 1, WindowMax),
            Offline = Time(parsed, _offline),
            Interval = Time(parsed, _interval) is { Ticks: > 0 } interval ? interval : throw new InputException(
                "There is no time between samples.", "Write as 5m.", field: "--interval"),
            Malformed = Share(parsed, _malformed),
            Duplicate = Share(parsed, _duplicate),
            Shuffle = parsed.GetValue(_shuffle),
            Seed = parsed.GetValue(_seed),
        };
    }

    private static int Bounded(ParseResult parsed, Option<int> option, int least, int most)
    {
        int number = parsed.GetValue(option);
        return least <= number && number <= most ? number : throw new InputException(
            $"{number} will not do.", $"Write a whole number from {least} to {most}.", field: option.Name);
    }

    private static TimeSpan Time(ParseResult parsed, Option<string> option)
    {
        string text = parsed.GetRequiredValue(option);
        double? unit = text.Length == 0 ? null : text[^1] switch
        {
            's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null,
        };
        bool valid = double.TryParse(
            text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double number) && number <= 100_000;
        return valid && unit is double seconds ? TimeSpan.FromSeconds(number * seconds) : throw new InputException(
            $"'{text}' is no time.", "Write a number and s, m, h or d, as 10s.", field: option.Name);
    }

    private static double Share(ParseResult parsed, Option<string> option)
    {
        string text = parsed.GetRequiredValue(option);
        bool valid = double.TryParse(text.AsSpan().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double number);
        double share = text.EndsWith('%') ? number / 100 : number;
        return valid && share <= 1 ? share : throw new InputException(
            $"'{text}' is no share.", "Write as 10%, or 0.1.", field: option.Name);
    }

    private static Option<int> Whole(string name, string description, int otherwise) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise,
    };

    private static Option<string> Text(string name, string description, string help, string otherwise) => new(name)
    {
        Description = description, HelpName = help, DefaultValueFactory = _ => otherwise,
    };
}
