using System.Globalization;
using System.Text;
using Monitor.Integration.Tests.Support;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// One agent over all its lives. Before each, its device has measured some more: the file grows, so that there is
/// always
/// something on the way when it, or the server, dies.
/// </summary>
internal sealed class FaultAgent
{
    private const int KilledCode = 128 + 9;
    private static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Codes = ["w01009", "w01019", "w21003", "w21011"];

    private readonly FaultField _field;
    private readonly IReadOnlyList<Fault> _faults;
    private readonly Random _chance;

    internal FaultAgent(FaultField field, int number, FaultPlan plan)
    {
        (_field, _faults) = (field, plan.OfAgent(number));
        _chance = new Random(unchecked((plan.Seed * 31) + number));
        Id = string.Create(CultureInfo.InvariantCulture, $"A-{number + 1}");
        Section = string.Create(CultureInfo.InvariantCulture, $"S-{number + 1}");
        File.WriteAllText(Replay, "time,measurand,value,status\n");
    }

    internal string Id { get; }

    internal string Section { get; }

    internal string Outbox => _field.File($"{Id}.db");

    /// <summary>All that was sampled: the value as text by time and measurand.</summary>
    internal Dictionary<(long Time, string Measurand), string> Sampled { get; } = [];

    /// <summary>Deaths by fault.</summary>
    internal List<string> Deaths { get; } = [];

    private string Replay => _field.File($"{Id}.csv");

    /// <summary>Lives until it and the server have died as planned, and then until all is acknowledged.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        foreach (Fault fault in _faults)
        {
            // A life that was over before its moment does not count: another, with more to do.
            while (!await LiveAsync(fault, stop)) stop.ThrowIfCancellationRequested();
            Deaths.Add(fault.Name);
        }
        while (!_field.ServerIsDone)
        {
            stop.ThrowIfCancellationRequested();
            await LiveAsync(null, stop);
        }
        await LiveAsync(null, stop);
    }

    /// <summary>True where it was killed, false where it ended with everything acknowledged.</summary>
    private async Task<bool> LiveAsync(Fault? fault, CancellationToken stop)
    {
        Grow();
        using ProgramProcess process = ProgramProcess.Start(
            "monitor-edge",
            [
                "run", "--agent", Id, "--section", Section, "--outbox", Outbox, "--replay", Replay, "--batch", "10",
                "--server", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_field.MqttPort}"),
                "--until-drained",
                // A server that dies all the time must find its agents there each time.
                "--retry-max", "1",
                .. _field.BrokerSettings.Length > 0 ? new[] { "--acknowledge", "receipt" } : [],
            ],
            fault?.DieAt is string step ? [("MONITOR_TEST", "1"), ("MONITOR_TEST_DIE_AT", step)] : []);
        await using CancellationTokenRegistration ending = stop.Register(process.Kill);
        Task end = process.EndedAsync(stop);
        if (fault?.After is TimeSpan moment)
        {
            await Task.WhenAny(end, Task.Delay(moment, stop));
            if (!end.IsCompleted) process.Kill();
        }
        // A life may last as long as the server's dying, which bounds itself death by death; the ceiling is for after it.
        await Task.WhenAny(end, _field.ServerEndedFaults);
        int code = await process.ExitAsync();
        stop.ThrowIfCancellationRequested();
        if (code is not (0 or KilledCode))
        {
            throw new InvalidOperationException($"{Id} ended with {code}: {process.Errors}");
        }
        bool killed = code == KilledCode;
        if (!killed || fault?.Name is "acked-before-mark" or "marked") _field.Acknowledge();
        return killed;
    }

    private void Grow()
    {
        var rows = new StringBuilder();
        for (int left = _chance.Next(100, 400); left > 0; left--)
        {
            int n = Sampled.Count;
            DateTimeOffset time = First.AddMinutes(n / Codes.Length);
            string code = Codes[n % Codes.Length];
            // Trailing zeros and all: what is stored must be what was sampled, to the digit.
            string value = (_chance.Next(1, 20_000) / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
            Sampled.Add((time.ToUnixTimeMilliseconds(), code), value);
            rows.Append(time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture))
                .Append(',').Append(code).Append(',').Append(value).Append(",N\n");
        }
        File.AppendAllText(Replay, rows.ToString());
    }
}
