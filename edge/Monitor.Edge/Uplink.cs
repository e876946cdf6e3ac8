using System.Net.Sockets;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Edge;

/// <summary>
/// Keeps a connection to the server for as long as there is something to send, and sends the outbox over it. Whatever
/// ends a connection, the next one sends again all that was not acknowledged.
/// </summary>
internal sealed class Uplink(
    Outbox outbox, string host, int port, int width, Random chance, TimeProvider clock, Action<string> report,
    TimeSpan? retryMax = null)
{
    // The first attempts are fast: most interruptions are a restart of the server.
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitMaxDefault = TimeSpan.FromSeconds(60);

    /// <summary>How long a server may take to answer one batch before the connection counts as lost.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);

    // Fixed header, property lengths and the content type: what a PUBLISH needs beside topic and payload, at most.
    private const int PublishBytesBeside = 128;

    private readonly Backoff reconnect = new(WaitMin, retryMax ?? WaitMaxDefault, chance);
    private readonly Backoff busy = new(WaitMin, retryMax ?? WaitMaxDefault, chance);

    /// <summary>Where the batches go.</summary>
    internal string Topic { get; } = $"monitor/v1/{outbox.Section}/{outbox.Agent}/data";

    /// <summary>Runs until the sources have ended and nothing is pending, or until it is stopped.</summary>
    /// <param name="sourcesEnded">Completes when nothing more will be appended; for devices never.</param>
    /// <param name="stop">Ends it; what was not acknowledged stays in the outbox.</param>
    /// <exception cref="ServerRefusalException">The server refuses this agent: trying again will not help.</exception>
    internal async Task RunAsync(Task sourcesEnded, CancellationToken stop)
    {
        while (!sourcesEnded.IsCompleted || !outbox.IsDrained)
        {
            string lost;
            try
            {
                await ConnectAndSendAsync(sourcesEnded, stop);
                return;
            }
            catch (Exception e) when (IsOfTheConnection(e) && !stop.IsCancellationRequested)
            {
                lost = e.Message;
            }
            TimeSpan wait = reconnect.Next();
            report($"{host}:{port}: {lost} Next attempt in {wait.TotalSeconds:0.0} s.");
            await Task.Delay(wait, clock, stop);
        }
    }

    private async Task ConnectAndSendAsync(Task sourcesEnded, CancellationToken stop)
    {
        await using var client = new MqttClient(clock);
        MqttClientConnectResult answer = await client.ConnectAsync(
            new MqttClientOptions
            {
                Server = host,
                Port = port,
                ClientId = outbox.Agent,
                SendMaximum = (ushort)width,
            },
            stop);
        Require(answer);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, client.DisconnectedToken);
        var window = new SendWindow(
            outbox, Math.Min(width, answer.ReceiveMaximum), (payload, token) => Send(client, answer, payload, token),
            busy, clock, report);
        window.Acknowledged += reconnect.Reset;
        try
        {
            await window.RunAsync(sourcesEnded, ended.Token);
        }
        catch (OperationCanceledException) when (client.Disconnected.IsCompleted && !stop.IsCancellationRequested)
        {
            MqttClientDisconnectedReason reason = await client.Disconnected;
            throw new MqttConnectionLostException(reason.Detail, reason.Exception);
        }
    }

    private Task<MqttPubAckReasonCode> Send(
        MqttClient client, MqttClientConnectResult answer, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (payload.Length + Topic.Length + PublishBytesBeside > answer.MaximumPacketSize)
        {
            throw new ServerRefusalException(
                $"The server takes at most {answer.MaximumPacketSize} bytes at once, and a batch has {payload.Length}. "
                + $"Let the server take 65,536 and {PublishBytesBeside + Topic.Length} more.");
        }
        var message = new MqttApplicationMessage
        {
            Topic = Topic,
            Payload = payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        return client.PublishAsync(message, stop).WaitAsync(AnswerMax, clock, stop);
    }

    private static void Require(MqttClientConnectResult answer)
    {
        switch (answer.ResultCode)
        {
            case MqttConnectReasonCode.Success:
                return;
            case MqttConnectReasonCode.UnsupportedProtocolVersion:
            case MqttConnectReasonCode.ClientIdentifierNotValid:
            case MqttConnectReasonCode.BadUserNameOrPassword:
            case MqttConnectReasonCode.NotAuthorized:
            case MqttConnectReasonCode.Banned:
            case MqttConnectReasonCode.BadAuthenticationMethod:
                throw new ServerRefusalException($"The server refuses the connection: {answer.ResultCode} "
                    + $"{answer.ReasonString}. Register the agent at the server.");
            default:
                throw new MqttConnectionLostException(
                    $"The server is not ready: {answer.ResultCode} {answer.ReasonString}.");
        }
    }

    private static bool IsOfTheConnection(Exception e) =>
        e is MqttConnectionLostException or SocketException or IOException or TimeoutException
            or OperationCanceledException;
}
