using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Cli.Verbs;
using Monitor.Domain;
using Monitor.Server.Intake;
using Monitor.Server.Intake.Broker;
using Monitor.Storage.Influx;

namespace Monitor.Cli;

/// <summary>
/// The file of <c>serve --config FILE</c>: JSON, comments allowed. Every key may be left out; what the command line says
/// itself wins. Paths are relative to the file's own folder, so that it means the same from wherever it is started.
/// </summary>
/// <param name="Data">Folder of the stores.</param>
/// <param name="Port">HTTP port on 127.0.0.1.</param>
/// <param name="MqttPort">MQTT port on 127.0.0.1.</param>
/// <param name="Programmes">A folder of definitions, or <c>shipped</c>.</param>
/// <param name="Tls">The door for agents beyond this machine.</param>
/// <param name="UnregisteredAgents">
/// <c>until-first</c>: taken from this machine until one is registered, the default; <c>refused</c>: never.
/// </param>
/// <param name="Broker">A broker of somebody else's to take batches from.</param>
/// <param name="Influx">Where readings are copied to, for charts.</param>
internal sealed record ServiceSettings(
    string? Data = null, int? Port = null, int? MqttPort = null, string? Programmes = null, AgentDoorSettings? Tls = null,
    string? UnregisteredAgents = null, BrokerSettings? Broker = null, InfluxSettings? Influx = null)
{
    private const string Remedy = "The keys are: data, port, mqttPort, programmes, unregisteredAgents; "
        + "tls with certificate, key, agentAuthority, address, port; "
        + "broker with address, tls, authority, certificate, key, user, passwordFile, clientId, share, silence, retryMax; "
        + "influx with url, version, bucket, org, tokenFile, user, passwordFile, retentionPolicy.";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The door for agents beyond this machine; null where there is none.</summary>
    internal IntakeTls? Door { get; private init; }

    /// <summary>The broker of somebody else's; null where there is none.</summary>
    internal BrokerOptions? OutsideBroker { get; private init; }

    /// <summary>Where readings are copied to; null where they are not.</summary>
    internal InfluxTarget? InfluxTarget { get; private init; }

    /// <summary>What becomes of agents that nobody registered.</summary>
    internal Server.Intake.UnregisteredAgents Strangers { get; private init; }

    /// <summary>Reads the file; none asked for is an empty one.</summary>
    /// <exception cref="InputException">It is not there, or not as above.</exception>
    internal static ServiceSettings Read(string? file)
    {
        if (file is null) return new ServiceSettings();
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        try
        {
            ServiceSettings settings = JsonSerializer.Deserialize<ServiceSettings>(File.ReadAllBytes(file), Options)
                ?? throw new JsonException("it is null.");
            CheckPort(settings.Port, "port", file);
            CheckPort(settings.MqttPort, "mqttPort", file);
            CheckPort(settings.Tls?.Port, "tls.port", file);
            if (settings.Data is "") throw Wrong("The folder's name is empty.", "Name a folder, or leave it out.", file, "data");
            return settings with
            {
                Data = settings.Data is { Length: > 0 } data ? Path.GetFullPath(data, folder) : settings.Data,
                Programmes = settings.Programmes is { Length: > 0 } named and not ProgrammeFolder.Shipped
                    ? Path.GetFullPath(named, folder)
                    : settings.Programmes,
                Door = settings.Tls?.ToTls(folder, file),
                OutsideBroker = settings.Broker?.ToOptions(folder, file),
                InfluxTarget = settings.Influx?.ToTarget(folder, file),
                Strangers = settings.UnregisteredAgents switch
                {
                    null or "until-first" => Server.Intake.UnregisteredAgents.UntilOneIsRegistered,
                    "refused" => Server.Intake.UnregisteredAgents.Refused,
                    string other => throw Wrong(
                        $"'{other}' is not known.", "Write until-first or refused.", file, "unregisteredAgents"),
                },
            };
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"These are no settings of the service: {e.Message}", Remedy, file, (int)(e.LineNumber ?? 0) + 1,
                (e.Path ?? "").TrimStart('$', '.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The settings cannot be read: {e.Message}", "Name a file that is there, with --config.", file);
        }
    }

    private static void CheckPort(int? port, string key, string file)
    {
        if (port is int number) PortOption.Check(number, key, file);
    }

    private static InputException Wrong(string fault, string remedy, string file, string key) =>
        new(fault, remedy, file, 0, key);
}
