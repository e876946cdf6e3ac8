using System.CommandLine;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Imagery;

var root = new RootCommand("Monitoring pipeline for river sections and wetland banks.") { SceneVerb.Create() };
try
{
    ParseResult parsed = root.Parse(args);
    int code = await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Time after Ctrl-C for a verb to finish the piece at hand and to take away what it had begun.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
    // A command line that cannot be read is bad input like any other.
    return parsed.Errors.Count > 0 ? 2 : code;
}
catch (InputException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
catch (Exception fault) when (fault is StoreUnavailableException or ImageryUnavailableException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 3;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped; nothing was half-written.");
    return 130;
}
