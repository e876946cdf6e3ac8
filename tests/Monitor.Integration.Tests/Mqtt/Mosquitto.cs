using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Monitor.Integration.Tests.Mqtt;

/// <summary>A real Mosquitto on a probed port of the loopback, with its configuration in a folder of its own.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private Task<string>? _draining;

    private Mosquitto(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync()
    {
        string faults = "";
        for (int attempt = 0; attempt < 3; attempt++)
        {
            var server = Start();
            if (await server.AnswersAsync()) return server;
            server.Kill();
            faults += await server._process.StandardError.ReadToEndAsync();
            await server.DisposeAsync();
        }
        throw new InvalidOperationException("Mosquitto did not listen in three tries: " + faults);
    }

    /// <summary>The program, or a failed test that names the Debian package.</summary>
    public static string Find(string program, string package)
    {
        string[] folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin"];
        string? path = folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{program} is missing: install the Debian package {package}.");
        return path;
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        if (_draining is not null) await _draining;
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Mosquitto Start()
    {
        string program = Find("mosquitto", "mosquitto");
        string folder = Directory.CreateTempSubdirectory("monitor-mosquitto-").FullName;
        int port = ProbePort();
        string config = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(config,
            $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest stderr\n");
        var start = new ProcessStartInfo(program, ["-c", config]) { RedirectStandardError = true };
        return new(Process.Start(start)!, folder, port);
    }

    private static int ProbePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Mosquitto says "running" when it listens; its end of stderr means that it has given up.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _process.StandardError.ReadLineAsync(ceiling.Token) is { } line)
        {
            if (!line.Contains("running", StringComparison.Ordinal)) continue;
            // Read on, so that a full pipe never stops it.
            _draining = _process.StandardError.ReadToEndAsync(CancellationToken.None);
            return true;
        }
        return false;
    }
}
