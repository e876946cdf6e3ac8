using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Monitor.Integration.Tests.Edge;

/// <summary>A real Mosquitto broker on a free port, which can be killed, held and started again.</summary>
internal sealed class Mosquitto : IDisposable
{
    private const string Packages = "the packages mosquitto and mosquitto-clients are needed for this test";

    private readonly string configuration;
    private readonly List<Process> subscribers = [];
    private Process? broker;

    private Mosquitto(int port, string configuration) => (Port, this.configuration) = (port, configuration);

    internal int Port { get; }

    /// <summary>Starts a broker; a port that was taken in between is tried anew, three times.</summary>
    internal static async Task<Mosquitto> StartAsync(
        EdgeFolder folder, CancellationToken stop, string more = "allow_anonymous true", int at = 0)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = at == 0 ? FreePort() : at;
            string file = folder.File($"mosquitto-{port}.conf");
            // No limits of the broker's own: what it has acknowledged it has also written to its subscribers.
            await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
                listener {port} 127.0.0.1
                {more}
                user {Environment.UserName}
                max_inflight_messages 0
                max_queued_messages 0
                log_dest stderr
                """), stop);
            var mosquitto = new Mosquitto(port, file);
            if (await mosquitto.TryRunAsync(stop)) return mosquitto;
            mosquitto.Dispose();
            if (attempt == 3) throw new InvalidOperationException("mosquitto does not start on a free port");
        }
    }

    /// <summary>Starts it again on the same port.</summary>
    internal async Task RestartAsync(CancellationToken stop)
    {
        if (!await TryRunAsync(stop)) throw new InvalidOperationException("mosquitto does not start again");
    }

    /// <summary>SIGTERM, as an operator stops it: what it is to keep it writes first.</summary>
    internal async Task StopAsync(CancellationToken stop)
    {
        using (var kill = Process.Start("/bin/kill", ["-TERM", $"{broker!.Id}"])) await kill.WaitForExitAsync(stop);
        await broker.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        Kill();
    }

    /// <summary>SIGSTOP: connections stay up and nothing is answered.</summary>
    internal void Hold()
    {
        using var kill = Process.Start("/bin/kill", ["-STOP", $"{broker!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL, and the end of the subscribers, which would come back by themselves.</summary>
    internal void Kill()
    {
        foreach (Process subscriber in subscribers) End(subscriber);
        subscribers.Clear();
        if (broker is not null) End(broker);
        broker = null;
    }

    /// <summary>Subscribes to all data; done when the broker said so.</summary>
    /// <param name="onLine">Gets each payload.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <param name="more">Who the subscriber is to the broker.</param>
    internal async Task SubscribeAsync(Action<string> onLine, CancellationToken stop, params string[] more)
    {
        // Line by line: into a pipe it would else keep its lines until a message comes.
        Process subscriber = Run("stdbuf", ["-oL", Find("mosquitto_sub"),
            "-h", more is ["--cafile", ..] ? "localhost" : "127.0.0.1", "-p", $"{Port}", "-V", "mqttv5", "-q", "1",
            "-t", "monitor/v1/+/+/data", "-d", "-F", "%p", .. more]);
        subscribers.Add(subscriber);
        var subscribed = new TaskCompletionSource();
        _ = Task.Run(async () =>
        {
            while (await subscriber.StandardOutput.ReadLineAsync(CancellationToken.None) is string line)
            {
                if (line.StartsWith("Subscribed", StringComparison.Ordinal)) subscribed.TrySetResult();
                if (line.StartsWith('{')) onLine(line);
            }
        }, CancellationToken.None);
        await subscribed.Task.WaitAsync(TimeSpan.FromSeconds(60), stop);
    }

    public void Dispose() => Kill();

    private async Task<bool> TryRunAsync(CancellationToken stop)
    {
        broker = Run("mosquitto", ["-c", configuration]);
        var running = new TaskCompletionSource<bool>();
        Process watched = broker;
        _ = Task.Run(async () =>
        {
            while (await watched.StandardError.ReadLineAsync(CancellationToken.None) is string line)
            {
                if (line.EndsWith(" running", StringComparison.Ordinal)) running.TrySetResult(true);
            }
            running.TrySetResult(false);
        }, CancellationToken.None);
        return await running.Task.WaitAsync(TimeSpan.FromSeconds(60), stop);
    }

    private static Process Run(string program, IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(Find(program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} does not start: {Packages}");

    // Debian puts the broker where only root looks.
    private static string Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} is missing: {Packages}");

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
