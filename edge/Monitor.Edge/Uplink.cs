using System.Net.Sockets;
using System.Security.Authentication;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;

namespace Monitor.Edge;

/// <summary>
/// Keeps a connection to the server for as long as there is something to send, and sends the outbox over it. Whatever
/// ends a connection, the next one sends again all that was not acknowledged.
/// </summary>
internal sealed class Uplink(
    Outbox outbox, UplinkOptions options, Random chance, TimeProvider clock, Action<string> report)
{
    // The first attempts are fast: most interruptions are a restart of the server.
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TakenOverWaitMax = TimeSpan.FromHours(1);

    // A server that forgets the agent for this long misses no command.
    private const uint SessionSeconds = 7 * 24 * 3600;

    // A reconnect within this is no news to anybody.
    private const uint WillDelaySeconds = 30;

    // Fixed header, property lengths and the content type: what a PUBLISH needs beside topic and payload, at most.
    private const int PublishBytesBeside = 128;

    private readonly Backoff reconnect = new(WaitMin, options.RetryMax, chance);
    private readonly Backoff busy = new(WaitMin, options.RetryMax, chance);
    private readonly Backoff yielding = new(options.TakenOverWait, TakenOverWaitMax, chance);
    private readonly AgentTopics topics = new(outbox.Section, outbox.Agent);

    /// <summary>Runs until the sources have ended and nothing is pending, or until it is stopped.</summary>
    /// <param name="sourcesEnded">Completes when nothing more will be appended; for devices never.</param>
    /// <param name="stop">Ends it; what was not acknowledged stays in the outbox.</param>
    /// <exception cref="ServerRefusalException">The server refuses this agent: trying again will not help.</exception>
    internal async Task RunAsync(Task sourcesEnded, CancellationToken stop)
    {
        while (!sourcesEnded.IsCompleted || !outbox.IsDrained)
        {
            string lost;
            TimeSpan wait;
            try
            {
                if (await ConnectAndSendAsync(sourcesEnded, stop)) return;
                continue;
            }
            catch (AgentTakenOverException e)
            {
                // At least half of the ceiling: the other one may well do the same.
                lost = e.Message;
                wait = yielding.Ceiling / 2;
                wait += yielding.Next() / 2;
                outbox.Raise(Alarm.TakenOver, $"Another program connects as agent {outbox.Agent}: each ends the other's "
                    + "connections. Give one of the two another id, and look at what both have sent.");
            }
            catch (Exception e) when (IsOfTheConnection(e) && !stop.IsCancellationRequested)
            {
                lost = e.Message;
                wait = reconnect.Next();
            }
            report($"{options.Host}:{options.Port}: {lost} Next attempt in {wait.TotalSeconds:0.0} s.");
            await Task.Delay(wait, clock, stop);
        }
    }

    // False where another connection is to be made at once.
    private async Task<bool> ConnectAndSendAsync(Task sourcesEnded, CancellationToken stop)
    {
        await using var client = new MqttClient(clock);
        var link = new UplinkSession(client, outbox, topics, options, clock, report);
        MqttClientConnectResult answer = await client.ConnectAsync(Connect(link), stop);
        Require(answer);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, client.DisconnectedToken);
        try
        {
            if (await link.BeginAsync(ended.Token) == UplinkBeginning.ConnectAgain) return false;
            var window = new SendWindow(
                outbox, Math.Min(options.Width, answer.ReceiveMaximum),
                (batch, token) => Send(link, answer, batch, token), busy, clock, report);
            window.Acknowledged += reconnect.Reset;
            Task sending = window.RunAsync(sourcesEnded, ended.Token);
            await link.WhileAsync(sending, ended);
            await link.EndAsync(stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && client.IsConnected)
        {
            // Told to stop: whoever looks learns that it is no fault.
            await link.EndAsync(CancellationToken.None);
            throw;
        }
        catch (Exception e) when (
            e is OperationCanceledException or MqttConnectionLostException
            && client.Disconnected.IsCompleted && !stop.IsCancellationRequested)
        {
            MqttClientDisconnectedReason reason = await client.Disconnected;
            if (reason is { ByServer: true, ReasonCode: MqttDisconnectReasonCode.SessionTakenOver })
            {
                throw new AgentTakenOverException($"Another program connected as agent {outbox.Agent}.");
            }
            throw new MqttConnectionLostException(reason.Detail, reason.Exception);
        }
    }

    private MqttClientOptions Connect(UplinkSession link) => new()
    {
        Server = options.Host,
        Port = options.Port,
        TlsOptions = options.Tls,
        ClientId = outbox.Agent,
        UserName = options.UserName,
        Password = options.Password,
        KeepAlivePeriod = options.KeepAlive,
        CleanSession = false,
        SessionExpiryInterval = SessionSeconds,
        SendMaximum = (ushort)(options.Width + UplinkSession.PublishesBeside),
        Will = outbox.ServerTakesState ? link.Will() : null,
        WillDelayInterval = outbox.ServerTakesState ? WillDelaySeconds : null,
    };

    private Task<MqttPubAckReasonCode> Send(
        UplinkSession link, MqttClientConnectResult answer, OutboxBatch batch, CancellationToken stop)
    {
        if (batch.Payload.Length + topics.Data.Length + PublishBytesBeside > answer.MaximumPacketSize)
        {
            throw new ServerRefusalException(
                $"The server takes at most {answer.MaximumPacketSize} bytes at once, and a batch has "
                + $"{batch.Payload.Length}. Let the server take 65,536 and {PublishBytesBeside + topics.Data.Length} more.");
        }
        return link.SendAsync(batch, stop);
    }

    private static void Require(MqttClientConnectResult answer)
    {
        switch (answer.ResultCode)
        {
            case MqttConnectReasonCode.Success when answer.MaximumQoS == MqttQualityOfServiceLevel.AtMostOnce:
                throw new ServerRefusalException("The server takes messages at QoS 0 only, and acknowledges none of them. "
                    + "Let it take QoS 1.");
            case MqttConnectReasonCode.Success:
                return;
            case MqttConnectReasonCode.UnsupportedProtocolVersion:
            case MqttConnectReasonCode.ClientIdentifierNotValid:
            case MqttConnectReasonCode.BadUserNameOrPassword:
            case MqttConnectReasonCode.NotAuthorized:
            case MqttConnectReasonCode.Banned:
            case MqttConnectReasonCode.BadAuthenticationMethod:
                throw new ServerRefusalException($"The server refuses the connection: {answer.ResultCode} "
                    + $"{answer.ReasonString}. Register the agent at the server, and see its user name and password.");
            default:
                throw new MqttConnectionLostException(
                    $"The server is not ready: {answer.ResultCode} {answer.ReasonString}.");
        }
    }

    private static bool IsOfTheConnection(Exception e) =>
        e is MqttConnectionLostException or SocketException or IOException or TimeoutException
            or OperationCanceledException or AuthenticationException;
}
