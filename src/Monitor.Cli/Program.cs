using System.CommandLine;
using Monitor.Cli;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Server;
using Monitor.Storage;
using Spectre.Console;

const int RedirectedColumns = 240;

// A file or a pipe has no width: tables must not be folded to a terminal's.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedColumns;

var root = new RootCommand("Monitoring pipeline for river sections and wetland banks.")
{
    AgentVerb.Create(),
    DecisionVerb.CreateApprove(),
    AssessVerb.Create(),
    BankVerb.Create(),
    CheckVerb.Create(),
    ClassifyVerb.Create(),
    DemoVerb.Create(),
    LedgerVerb.Create(),
    ReadingsVerb.Create(),
    ReconcileVerb.Create(),
    DecisionVerb.CreateReject(),
    ReplayVerb.Create(),
    ReviewVerb.Create(),
    SceneVerb.Create(),
    ScreenVerb.Create(),
    ServeVerb.Create(),
    SimulateVerb.Create(),
    SuspendVerb.Create(),
    UserVerb.Create(),
};
try
{
    CrashPoint.Arm();
    ParseResult parsed = root.Parse(args);
    // The library would print its help to stdout, and say 1, which means "the answer is no" here.
    if (parsed.Errors.Count > 0) return OptionFaults.Report(parsed);
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Time after Ctrl-C for a verb to finish the piece at hand and to take away what it had begun.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (InputException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return ExitCode.BadInput;
}
catch (Exception fault) when (fault is StoreUnavailableException or StoreUnusableException
    or ServiceUnavailableException or ImageryUnavailableException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return ExitCode.Failure;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped; nothing was half-written.");
    return 130;
}
catch (Exception fault) when (Environment.GetEnvironmentVariable("MONITOR_TRACE") != "1")
{
    await Console.Error.WriteLineAsync(
        $"A fault of the program itself: {fault.GetType().Name}: {fault.Message} "
        + "Set MONITOR_TRACE=1 to see where, and report it.");
    return ExitCode.Failure;
}
