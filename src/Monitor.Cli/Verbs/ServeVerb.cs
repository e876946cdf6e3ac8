using System.CommandLine;
using System.Globalization;
using Monitor.Server;
using Monitor.Storage;

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
        var programmes = new Option<string?>("--programmes")
        {
            Description = "Programmes to judge by: a folder of definitions, or 'shipped'. "
                + "Default: DIR/pipelines, if it is there.",
            HelpName = "FOLDER",
        };
        var config = new Option<string?>("--config")
        {
            Description = "Settings in JSON: data, port, mqttPort, programmes, tls, broker, influx, unregisteredAgents. "
                + "Options here win.",
            HelpName = "FILE",
        };
        var command = new Command("serve", "Takes readings in, judges closed periods, and serves the page.")
        {
            data, port, mqttPort, programmes, config,
        };
        command.SetAction((parsed, stopping) =>
        {
            ServiceSettings settings = ServiceSettings.Read(parsed.GetValue(config));
            DataFolder folder = parsed.Folder(data, settings.Data);
            return ServeAsync(new MonitorServerOptions
            {
                Folder = folder,
                HttpPort = parsed.Port(port, settings.Port),
                MqttPort = parsed.Port(mqttPort, settings.MqttPort),
                Tls = settings.Door,
                Broker = settings.OutsideBroker,
                Influx = settings.InfluxTarget,
                UnregisteredAgents = settings.Strangers,
                Programmes = ProgrammeFolder.Load(folder, parsed.GetValue(programmes) ?? settings.Programmes),
                Logging = LogToStandardError,
            }, stopping);
        });
        return command;
    }

    private static async Task<int> ServeAsync(MonitorServerOptions options, CancellationToken stopping)
    {
        // Only now is SIGTERM answered: the command line takes signals over once a verb has given its thread back.
        await Task.Yield();
        await using MonitorServer server = await MonitorServer.StartAsync(options.WithEnvironment(), stopping);
        string ports = string.Create(CultureInfo.InvariantCulture,
            $"http://127.0.0.1:{server.HttpPort}, mqtt 127.0.0.1:{server.MqttPort}")
            + (server.MqttTlsPort > 0 ? $", mqtts {options.Tls!.Address}:{server.MqttTlsPort}" : "");
        await server.StartJobsAsync(stopping);
        await Console.Error.WriteLineAsync(Words(options));
        await Console.Error.WriteLineAsync($"Serving {options.Folder.Root}: {ports}. Ctrl-C ends.");
        await server.RunUntilAsync(stopping);
        return 0;
    }

    private static string Words(MonitorServerOptions options)
    {
        ProgrammeShelf shelf = options.Programmes;
        if (shelf.Rivers.Count + shelf.Wetlands.Count == 0)
        {
            return $"Nothing is judged: there is no programme in {options.Folder.Pipelines}.";
        }
        IEnumerable<string> names = shelf.Rivers
            .Select(p => p.Closing is null ? $"{p.Id} (has no `closing`: not judged by the clock)" : p.Id)
            .Concat(shelf.Wetlands.Select(p => p.Id));
        return $"Judging by {string.Join(", ", names)}; drafts only.";
    }

    private static void LogToStandardError(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Quartz", LogLevel.Warning)
        .AddSimpleConsole(line => line.SingleLine = true)
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
