using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Client;

/// <summary>
/// One connection to a server, for publishing and subscribing at QoS 0 and 1. It does not reconnect and stores
/// nothing: when it has ended, make another and send again what was not acknowledged. Safe for use by several
/// threads.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disconnectedSource = new();
    private readonly TaskCompletionSource<MqttClientDisconnectedReason> _end =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MqttClientConnection? _connection;
    private Task _running = Task.CompletedTask;
    private int _started;

    /// <summary>A client that has not connected yet.</summary>
    /// <param name="timeProvider">The clock of keep-alive and timeouts; the system's when null.</param>
    public MqttClient(TimeProvider? timeProvider = null) => _clock = timeProvider ?? TimeProvider.System;

    /// <summary>Completes when the connection ends, with why. Of a connection that never was, never.</summary>
    public Task<MqttClientDisconnectedReason> Disconnected => _end.Task;

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken DisconnectedToken => _disconnectedSource.Token;

    /// <summary>Whether the server took the client and the connection has not ended.</summary>
    public bool IsConnected => _connection is not null && !_end.Task.IsCompleted;

    /// <summary>
    /// What the server sends; ends with the connection. It holds at most <see
    /// cref="MqttClientOptions.ReceiveMaximum"/>: while it is full nothing is read from the server, answers to own
    /// publishes neither.
    /// </summary>
    public ChannelReader<MqttReceivedMessage> ReceivedMessages => Connection().Received.Messages;

    /// <summary>Connects by TCP, and TLS where asked. To be called once.</summary>
    /// <returns>What the server said, also when it refused; the client is then of no more use.</returns>
    /// <exception cref="SocketException">No server there.</exception>
    /// <exception cref="MqttConnectionLostException">The server closed, or spoke no MQTT.</exception>
    /// <exception cref="TimeoutException">No CONNACK in time.</exception>
    public async Task<MqttClientConnectResult> ConnectAsync(
        MqttClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var timeout = new CancellationTokenSource(options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Stream stream;
        try
        {
            stream = await OpenAsync(options, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{options.Server}:{options.Port} did not answer in {options.Timeout}.");
        }
        var input = PipeReader.Create(stream, new(bufferSize: 32 * 1024));
        var output = PipeWriter.Create(stream, new(minimumBufferSize: 16 * 1024));
        return await ConnectAsync(input, output, options, cancellationToken);
    }

    /// <summary>
    /// Connects over a transport that is already there; the client completes both pipes when it ends.
    /// </summary>
    /// <inheritdoc cref="ConnectAsync(MqttClientOptions, CancellationToken)"/>
    public async Task<MqttClientConnectResult> ConnectAsync(
        PipeReader input, PipeWriter output, MqttClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A client connects once; make another.");
        var connection = new MqttClientConnection(input, output, options, _clock, End);
        var connected = new TaskCompletionSource<MqttClientConnectResult>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _running = connection.RunAsync(connected);
        try
        {
            var result = await connected.Task.WaitAsync(options.Timeout, _clock, cancellationToken);
            if (result.ResultCode == MqttConnectReasonCode.Success) _connection = connection;
            return result;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            connection.End(new(MqttDisconnectReasonCode.UnspecifiedError, "Connecting took too long or was given up."));
            throw;
        }
    }

    /// <summary>
    /// Publishes. At QoS 1 done when the server has answered; many may be on the way at once. A code of 0x80 or more
    /// is a refusal, and <see cref="MqttPubAckReasonCode.NoMatchingSubscribers"/> means that nobody took it. To a server that
    /// retains nothing it goes without RETAIN.
    /// </summary>
    /// <exception cref="MqttConnectionLostException">
    /// The connection ended before the answer: it may or may not have arrived.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up; it may still arrive.</exception>
    /// <exception cref="ArgumentException">
    /// QoS 2 or above the server's, no topic name, or larger than the server takes.
    /// </exception>
    public Task<MqttPubAckReasonCode> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Connection().Publishes.PublishAsync(message.ToPacket(), cancellationToken);
    }

    /// <summary>Subscribes, at QoS 0 or 1; one code per filter, in the order asked.</summary>
    /// <exception cref="MqttConnectionLostException">The connection ended before the answer.</exception>
    public async Task<IReadOnlyList<MqttSubscribeReasonCode>> SubscribeAsync(
        IReadOnlyList<MqttTopicFilter> filters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filters);
        if (filters.Any(f => f.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce))
            throw new ArgumentException("This client receives at QoS 0 and 1.", nameof(filters));
        var answer = await Connection().Requests.AskAsync(
            new MqttSubscribePacket { TopicFilters = filters }, cancellationToken);
        return ((MqttSubAckPacket)answer).ReasonCodes;
    }

    /// <summary>Ends subscriptions.</summary>
    /// <exception cref="MqttConnectionLostException">The connection ended before the answer.</exception>
    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return Connection().Requests.AskAsync(new MqttUnsubscribePacket { TopicFilters = filters }, cancellationToken);
    }

    /// <summary>
    /// Sends DISCONNECT and closes; publishes still on the way fail. Nothing when it has ended already.
    /// </summary>
    public async Task DisconnectAsync(
        MqttDisconnectReasonCode reason = MqttDisconnectReasonCode.NormalDisconnection)
    {
        _connection?.End(new(reason, "Disconnected by this client."));
        await _running;
    }

    /// <summary>Sends DISCONNECT, so that no will is published, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _disconnectedSource.Dispose();
    }

    private static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Server, options.Port, cancellationToken);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.TlsOptions is not { } tls) return stream;
            var secure = new SslStream(stream, leaveInnerStreamOpen: false);
            tls.TargetHost ??= options.Server;
            await secure.AuthenticateAsClientAsync(tls, cancellationToken);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private MqttClientConnection Connection() =>
        _connection ?? throw new InvalidOperationException("The client is not connected.");

    private void End(MqttClientDisconnectedReason reason)
    {
        if (!_end.TrySetResult(reason)) return;
        // Off this thread: a callback on the token must not run inside the protocol's own tasks.
        _ = _disconnectedSource.CancelAsync();
    }
}
