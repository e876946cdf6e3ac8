using System.CommandLine;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Imagery;

var root = new RootCommand("Monitoring pipeline for river sections and wetland banks.") { SceneVerb.Create() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
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
