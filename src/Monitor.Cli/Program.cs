using System.CommandLine;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Server;
using Monitor.Storage;

var root = new RootCommand("Monitoring pipeline for river sections and wetland banks.")
{
    ClassifyVerb.Create(),
    LedgerVerb.Create(),
    ScreenVerb.Create(),
    ServeVerb.Create(),
};
try
{
    ParseResult parsed = root.Parse(args);
    int code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    // A wrong option is bad input like any other; the library itself would say 1, which means "the answer is no" here.
    return parsed.Errors.Count > 0 ? 2 : code;
}
catch (InputException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
catch (Exception fault) when (fault
    is StoreUnavailableException or StoreUnusableException or ServiceUnavailableException)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 3;
}
