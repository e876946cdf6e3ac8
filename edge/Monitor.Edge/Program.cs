using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Edge;

const string Usage = """
    monitor-edge: takes readings in, keeps them until the server has them.

      monitor-edge run --agent ID --section ID --server HOST:PORT --outbox FILE --replay FILE.csv
                       [--config FILE.json] [--statistic rtd|min|hour|day] [--batch 1..500] [--rate PER_SECOND]
                       [--window 1..32] [--retry-max SECONDS] [--until-drained] [--end-with-stdin]
      monitor-edge status --outbox FILE [--json]

    run      The configuration file has the same names as keys; an option overrules it. --replay reads a table of
             time,measurand,value,status[,instrument]: times with an offset (2025-01-01T00:00:00+08:00), values as
             reported, with < or > before them where they are bounds. Each row is taken once, however often the program
             is stopped or killed. --retry-max bounds the wait between attempts to reach the server (60 s).
             --until-drained ends when all is sent and answered, and prints one line of JSON:
             {"agent","boot","published","acknowledged","parked"}, in readings, over the outbox's whole life.
    status   Prints the same counts.

    Exit codes: 0 done; 2 wrong options or input; 3 the disk, the outbox or the server does not allow it.
    """;

try
{
    CrashPoint.Arm();
    switch (args)
    {
        case ["--help"] or ["-h"] or ["help"] or [_, "--help"] or [_, "-h"]:
            Console.Out.WriteLine(Usage);
            return 0;
        case ["run", .. var rest]:
            return await RunAsync(rest);
        case ["status", .. var rest]:
            return Status(rest);
        case [var verb, ..]:
            throw new InputException($"'{verb}' is no verb.", "Say run or status; monitor-edge --help tells more.");
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (InputException e)
{
    Console.Error.WriteLine("monitor-edge: " + e.Message);
    return 2;
}
catch (Exception e) when (
    e is StoreUnavailableException or ServerRefusalException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine("monitor-edge: " + e.Message);
    return 3;
}

static async Task<int> RunAsync(string[] rest)
{
    EdgeOptions options = EdgeOptions.Parse(rest, ReadConfiguration);
    using var stop = new CancellationTokenSource();
    void End(PosixSignalContext context)
    {
        // The run ends by itself, with the outbox closed.
        context.Cancel = true;
        stop.Cancel();
    }
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    if (options.EndWithStdin) _ = Task.Run(() => EndWithStdin(stop));
    OutboxCounts counts = await EdgeAgent.RunAsync(
        options, TimeProvider.System, line => Console.Error.WriteLine("monitor-edge: " + line), stop.Token);
    if (!options.UntilDrained) return 0;
    Console.Out.WriteLine(counts.ToJson());
    if (!stop.IsCancellationRequested) return 0;
    Console.Error.WriteLine("monitor-edge: stopped before all was sent; run it again to go on.");
    return 3;
}

static void EndWithStdin(CancellationTokenSource stop)
{
    using Stream input = Console.OpenStandardInput();
    Span<byte> ignored = stackalloc byte[256];
    while (input.Read(ignored) > 0)
    {
        // Nothing is said to an agent this way; only the end counts.
    }
    stop.Cancel();
}

static int Status(string[] rest)
{
    Dictionary<string, string> given = EdgeArguments.Read(rest, ["outbox", "json"], ["json"]);
    if (!given.TryGetValue("outbox", out string? file))
    {
        throw new InputException("the option is missing.", "Name the outbox's file.", "", 0, "--outbox");
    }
    OutboxCounts counts = Outbox.Look(file);
    Console.Out.WriteLine(given.ContainsKey("json") ? counts.ToJson() : $"""
        agent         {counts.Agent}
        boot          {counts.Boot}
        published     {counts.Published}
        acknowledged  {counts.Acknowledged}
        parked        {counts.Parked}
        pending       {counts.Pending}
        """);
    return 0;
}

static string ReadConfiguration(string file)
{
    try
    {
        return new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file));
    }
    catch (System.Text.DecoderFallbackException)
    {
        throw new InputException("the file is not UTF-8.", "Save it as UTF-8.", file, 0, "--config");
    }
    catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
    {
        throw new InputException(
            "the file cannot be read.", "Check its name and its permissions.", file, 0, "--config");
    }
}
