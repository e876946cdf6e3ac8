using System.Globalization;
using Monitor.Integration.Tests.Support;

namespace Monitor.Integration.Tests.Faults;

/// <summary>The service over all its lives, the last of which lasts until it is told to end.</summary>
internal sealed class FaultServer(FaultField field, FaultPlan plan)
{
    private const int KilledCode = 128 + 9;

    /// <summary>Whether the faults are over once it has died as planned; else they are others' and end by themselves.</summary>
    internal bool EndsFaults { get; init; } = true;

    /// <summary>Deaths by fault.</summary>
    internal List<string> Deaths { get; } = [];

    /// <summary>Dies as planned, serves on until all agents are done, and ends in good order.</summary>
    internal async Task RunAsync(Task agents, CancellationToken stop)
    {
        foreach (Fault fault in plan.Server)
        {
            await DieAsync(fault, stop);
            Deaths.Add(fault.Name);
        }
        using ProgramProcess process = Start(null);
        await using CancellationTokenRegistration ending = stop.Register(process.Kill);
        await UpAsync(process);
        if (EndsFaults) field.EndServerFaults();
        await agents;
        process.Terminate();
        int code = await process.ExitAsync();
        if (code != 0)
        {
            throw new InvalidOperationException($"Told to end, the server ended with {code}: {process.Errors}");
        }
    }

    private async Task DieAsync(Fault fault, CancellationToken stop)
    {
        Task acknowledged = field.NextAcknowledgement();
        using ProgramProcess process = Start(fault.DieAt);
        await using CancellationTokenRegistration ending = stop.Register(process.Kill);
        if (fault.DieAt is null)
        {
            await UpAsync(process);
            await (fault.After is TimeSpan moment
                ? Task.Delay(moment, stop)
                : acknowledged.WaitAsync(ProgramProcess.Ceiling, stop));
            process.Kill();
        }
        int code = await process.ExitAsync();
        stop.ThrowIfCancellationRequested();
        if (code != KilledCode) throw new InvalidOperationException($"The server ended with {code}: {process.Errors}");
    }

    private static async Task UpAsync(ProgramProcess process)
    {
        if (await process.IsUpAsync()) return;
        throw new InvalidOperationException($"The server does not start: {process.Errors}");
    }

    private ProgramProcess Start(string? dieAt)
    {
        List<(string, string)> environment = [];
        if (dieAt is not null) environment.Add(("MONITOR_TEST_DIE_AT", dieAt));
        if (plan.AcknowledgesBeforeCommit) environment.Add(("MONITOR_TEST_ACK_BEFORE_COMMIT", "1"));
        if (environment.Count > 0) environment.Add(("MONITOR_TEST", "1"));
        string[] door = field.BrokerSettings.Length > 0
            ? ["0", "--config", field.BrokerSettings]
            : [field.MqttPort.ToString(CultureInfo.InvariantCulture)];
        return ProgramProcess.Start(
            "monitor", ["serve", "--data", field.Data, "--port", "0", "--mqtt-port", .. door],
            environment, "Serving ");
    }
}
