using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Edge;

const string Usage = """
    monitor-edge: takes readings in, keeps them until the server has them.

      monitor-edge run --agent ID --section ID --server HOST:PORT --outbox FILE --replay FILE.csv
                       [--config FILE.json] [--statistic rtd|min|hour|day] [--batch 1..500] [--rate PER_SECOND]
                       [--username NAME --password-file FILE] [--tls] [--ca FILE] [--cert FILE --cert-key FILE]
                       [--sign-key FILE] [--acknowledge puback|receipt] [--keep-alive SECONDS]
                       [--outbox-max MIB] [--reserve MIB] [--when-full wait|drop-oldest]
                       [--window 1..32] [--retry-max SECONDS] [--until-drained] [--end-with-stdin]
      monitor-edge --config FILE.json
      monitor-edge keygen --out FILE
      monitor-edge status --outbox FILE [--json]

    run      The configuration file has the same names as keys, and "password" beside them; an option overrules it, and
             file names in it are meant from its own folder. "sensors" stands in the file only: a list of devices, each
             with its "family" (hj212, modbus; docs/devices.md); --replay may then be left out. --replay reads a table of
             time,measurand,value,status[,instrument]: times with an offset (2025-01-01T00:00:00+08:00), values as
             reported, with < or > before them where they are bounds. Each row is taken once, however often the program
             is stopped or killed. --ca names the authority of the server's certificate (the system's where left out),
             --cert and --cert-key the agent's own. --sign-key signs each batch. --acknowledge receipt is for a server
             behind somebody else's broker: only its receipt counts. --outbox-max bounds the outbox (1024 MiB); when it
             is full the file waits, or the oldest batches are dropped and a tombstone tells which. --reserve is held
             back of the disk (16 MiB). --keep-alive (30 s): a silent server is lost within one and a half of it.
             --retry-max bounds the wait between attempts to reach the server (60 s).
             --until-drained ends when all is sent and answered, and prints one line of JSON:
             {"agent","boot","published","acknowledged","parked","dropped"}, in readings, over the outbox's whole life.
    keygen   Makes a key to sign with and prints the public key, to be registered at the server.
    status   Prints the same counts, how full the outbox is, what was lost, and the alarms of the last run.

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
        case ["--config", ..] or [['-', '-', 'c', 'o', 'n', 'f', 'i', 'g', '=', ..], ..]:
            return await RunAsync(args);
        case ["keygen", .. var rest]:
            return MakeKey(rest);
        case ["status", .. var rest]:
            return Status(rest);
        case [var verb, ..]:
            throw new InputException($"'{verb}' is no verb.", "Say run, keygen or status; monitor-edge --help tells more.");
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
    EdgeOptions options = EdgeOptions.Parse(rest, file => EdgeFiles.ReadText(file, "config"));
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

static int MakeKey(string[] rest)
{
    Dictionary<string, string> given = EdgeArguments.Read(rest, ["out"], []);
    if (!given.TryGetValue("out", out string? file))
    {
        throw new InputException("the option is missing.", "Name the file to be made.", "", 0, "--out");
    }
    using AgentKey key = AgentKey.Create(file);
    Console.Out.WriteLine(key.PublicKey);
    return 0;
}

static int Status(string[] rest)
{
    Dictionary<string, string> given = EdgeArguments.Read(rest, ["outbox", "json"], ["json"]);
    if (!given.TryGetValue("outbox", out string? file))
    {
        throw new InputException("the option is missing.", "Name the outbox's file.", "", 0, "--outbox");
    }
    OutboxReport report = Outbox.Inspect(file);
    Console.Out.WriteLine(given.ContainsKey("json") ? report.ToJson() : report.ToText());
    return 0;
}
