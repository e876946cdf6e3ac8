using System.CommandLine;
using Monitor.Cli;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Server;
using Monitor.Storage;
using Spectre.Console;

const int RedirectedColumns = 240;

(string Name, Func<Command> Create)[] verbs =
[
    ("adopt", AdoptVerb.Create),
    ("agent", AgentVerb.Create),
    ("approve", DecisionVerb.CreateApprove),
    ("assess", AssessVerb.Create),
    ("bank", BankVerb.Create),
    ("bundle", BundleVerb.Create),
    ("calibrate", CalibrateVerb.Create),
    ("check", CheckVerb.Create),
    ("classify", ClassifyVerb.Create),
    ("compare", CompareVerb.Create),
    ("demo", DemoVerb.Create),
    ("hj212", Hj212Verb.Create),
    ("influx", InfluxVerb.Create),
    ("ledger", LedgerVerb.Create),
    ("readings", ReadingsVerb.Create),
    ("reconcile", ReconcileVerb.Create),
    ("reject", DecisionVerb.CreateReject),
    ("replay", ReplayVerb.Create),
    ("review", ReviewVerb.Create),
    ("revise", ReviseVerb.Create),
    ("scene", SceneVerb.Create),
    ("screen", ScreenVerb.Create),
    ("serve", ServeVerb.Create),
    ("simulate", SimulateVerb.Create),
    ("suspend", SuspendVerb.Create),
    ("user", UserVerb.Create),
    ("verify", VerifyVerb.Create),
];
var root = new RootCommand("Monitoring pipeline for river sections and wetland banks.");
// A call that begins with a verb needs no other: making them all takes as long as reading a small scene.
int asked = -1;
for (int i = 0; i < verbs.Length; i++)
    if (args.Length > 0 && verbs[i].Name == args[0]) asked = i;
for (int i = 0; i < verbs.Length; i++)
    if (asked < 0 || asked == i) root.Subcommands.Add(verbs[i].Create());
// A file or a pipe has no width: tables must not be folded to a terminal's. `scene` draws no tables, and starts without
// the library that does.
if (Console.IsOutputRedirected && (asked < 0 || verbs[asked].Name != "scene"))
    AnsiConsole.Profile.Width = RedirectedColumns;
try
{
    CrashPoint.Arm();
    ParseResult parsed = root.Parse(args);
    // The library would print its help to stdout, and say 1, which means "the answer is no" here.
    if (parsed.Errors.Count > 0) return OptionFaults.Report(parsed);
    // Waited for: a program that is one call has no other work meanwhile, and starts sooner without a state machine.
    return parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Time after Ctrl-C for a verb to finish the piece at hand and to take away what it had begun.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    }).GetAwaiter().GetResult();
}
catch (InputException fault)
{
    Console.Error.WriteLine(fault.Message);
    return ExitCode.BadInput;
}
catch (Exception fault) when (fault is StoreUnavailableException or StoreUnusableException
    or ServiceUnavailableException or ImageryUnavailableException)
{
    Console.Error.WriteLine(fault.Message);
    return ExitCode.Failure;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped; nothing was half-written.");
    return 130;
}
catch (Exception fault) when (Environment.GetEnvironmentVariable("MONITOR_TRACE") != "1")
{
    Console.Error.WriteLine(
        $"A fault of the program itself: {fault.GetType().Name}: {fault.Message} "
        + "Set MONITOR_TRACE=1 to see where, and report it.");
    return ExitCode.Failure;
}
