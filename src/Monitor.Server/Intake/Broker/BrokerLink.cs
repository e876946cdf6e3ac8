using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Monitor.Domain;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// Keeps a connection to the broker as long as the service runs. The broker keeps our session in between; where it has
/// lost it, agents are asked for what it may have held.
/// </summary>
internal sealed class BrokerLink(
    BrokerOptions options, BrokerDesk desk, BrokerAsking asking, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _ended;

    /// <summary>What was done so far.</summary>
    internal BrokerTally Tally { get; } = new();

    /// <summary>Where the broker is.</summary>
    internal string Address => $"{options.Host}:{options.Port}";

    /// <summary>Begins; returns at once, whether the broker is there or not.</summary>
    /// <exception cref="InputException">A certificate cannot be used.</exception>
    internal void Start()
    {
        // Read once before anybody is told that the service runs: a wrong file is the operator's to know now.
        _ = options.Tls?.ToClientOptions(options.Host);
        _running = Task.Run(() => RunAsync(_stop.Token));
    }

    /// <summary>Ends the connection in good order. What was in hand and not acknowledged comes again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        for (TimeSpan wait = WaitMin; !stop.IsCancellationRequested;)
        {
            (long begun, long acknowledged) = (clock.GetTimestamp(), Tally.Acknowledged);
            try
            {
                await ConnectAndServeAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // After a connection that was of use the next attempt is a fast one again.
                bool wasOfUse = Tally.Acknowledged > acknowledged || clock.GetElapsedTime(begun) > options.RetryMax;
                if (wasOfUse) wait = WaitMin;
                bool isExpected = IsOfTheConnection(e);
                log.Log(isExpected ? LogLevel.Warning : LogLevel.Error, isExpected ? null : e,
                    "Broker {Address}: {Reason} Next attempt in {Seconds:0.0} s.", Address, e.Message, wait.TotalSeconds);
            }
            finally
            {
                Tally.IsUp = false;
            }
            if (!await PauseAsync((wait / 2) + (wait / 2 * Random.Shared.NextDouble()), stop)) return;
            wait = wait * 2 < options.RetryMax ? wait * 2 : options.RetryMax;
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, clock, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Ends only by an exception, which says why.
    private async Task ConnectAndServeAsync(CancellationToken stop)
    {
        await using var client = new MqttClient(clock);
        MqttClientConnectResult answer = await client.ConnectAsync(Connect(), stop);
        if (answer.ResultCode != MqttConnectReasonCode.Success) throw new BrokerRefusalException(
            $"It refuses the connection: {answer.ResultCode} {answer.ReasonString}");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, client.DisconnectedToken);
        try
        {
            var session = new BrokerSession(client, desk, asking, options, Tally, clock, log);
            await session.SubscribeAsync(ended.Token);
            Tally.Connect(!answer.IsSessionPresent);
            Tally.IsUp = true;
            log.LogInformation("Broker {Address}: subscribed as {Client}; the session is {Session}.",
                Address, options.Identity, answer.IsSessionPresent ? "the former one" : "new");
            await session.RunAsync(!answer.IsSessionPresent, ended.Token);
        }
        catch (Exception e) when (
            e is OperationCanceledException or MqttConnectionLostException
            && client.Disconnected.IsCompleted && !stop.IsCancellationRequested)
        {
            MqttClientDisconnectedReason reason = await client.Disconnected;
            throw new MqttConnectionLostException(reason.Detail, reason.Exception);
        }
    }

    private MqttClientOptions Connect() => new()
    {
        Server = options.Host,
        Port = options.Port,
        TlsOptions = options.Tls?.ToClientOptions(options.Host),
        ClientId = options.Identity,
        UserName = options.User,
        Password = options.Password is string password ? Encoding.UTF8.GetBytes(password) : null,
        KeepAlivePeriod = options.KeepAlive,
        CleanSession = false,
        SessionExpiryInterval = (uint)options.SessionExpiry.TotalSeconds,
        ReceiveMaximum = options.InHandMax,
        // One that does not keep to it would be left, and would send as much again on the next connection, for ever.
        EnforcesReceiveMaximum = false,
        SendMaximum = options.InHandMax,
    };

    private static bool IsOfTheConnection(Exception e) =>
        e is MqttConnectionLostException or SocketException or IOException or TimeoutException or AuthenticationException
            or StoreUnavailableException or BrokerRefusalException or InputException or OperationCanceledException;
}
