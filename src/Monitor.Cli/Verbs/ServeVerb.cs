using System.CommandLine;
using System.Globalization;
using Monitor.Server;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor serve</c>: the service, until Ctrl-C or SIGTERM.</summary>
internal static class ServeVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        Option<string> data = DataOption.Create();
        Option<int> port = PortOption.Create("--port", "HTTP port on 127.0.0.1; 0 for any free one.", 8080);
        Option<int> mqttPort = PortOption.Create("--mqtt-port", "MQTT port on 127.0.0.1; 0 for any free one.", 1883);
        var command = new Command("serve", "Takes readings in and serves the page.") { data, port, mqttPort };
        command.SetAction((parsed, stopping) => ServeAsync(new MonitorServerOptions
        {
            Folder = parsed.Folder(data),
            HttpPort = parsed.Port(port),
            MqttPort = parsed.Port(mqttPort),
            Logging = LogToStandardError,
        }, stopping));
        return command;
    }

    private static async Task<int> ServeAsync(MonitorServerOptions options, CancellationToken stopping)
    {
        await using MonitorServer server = await MonitorServer.StartAsync(options.WithEnvironment(), stopping);
        string ports = string.Create(CultureInfo.InvariantCulture,
            $"http://127.0.0.1:{server.HttpPort}, mqtt 127.0.0.1:{server.MqttPort}");
        await Console.Error.WriteLineAsync($"Serving {options.Folder.Root}: {ports}. Ctrl-C ends.");
        await server.RunUntilAsync(stopping);
        return 0;
    }

    private static void LogToStandardError(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(line => line.SingleLine = true)
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
