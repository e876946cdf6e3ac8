using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;

namespace Monitor.Integration.Tests.Mqtt;

/// <summary>Server sessions behind a plain TCP listener on a free port. What they are handed is kept.</summary>
internal sealed class SessionHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task<MqttSessionEnd>> _sessions = [];
    private readonly Task _accepting;

    public SessionHost(Func<MqttPublishPacket, MqttPubAckReasonCode>? answer = null)
    {
        Options = new()
        {
            Authenticate = (_, _, _) => ValueTask.FromResult(MqttConnectReasonCode.Success),
            Publish = async (session, packet, _) =>
            {
                Versions.Add(session.ProtocolVersion);
                Published.Enqueue(packet);
                await Task.Yield(); // a commit that is not done at once
                return answer?.Invoke(packet) ?? MqttPubAckReasonCode.Success;
            },
            Subscribe = (_, filter, _) =>
                ValueTask.FromResult((MqttSubscribeReasonCode)(byte)filter.QualityOfServiceLevel),
            Connected = session => Sessions[session.ClientId] = session,
        };
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public MqttServerSessionOptions Options { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<MqttPublishPacket> Published { get; } = new();

    public ConcurrentBag<MqttProtocolVersion> Versions { get; } = [];

    public ConcurrentDictionary<string, MqttServerSession> Sessions { get; } = new();

    /// <summary>How each session ended; waits for those that have not.</summary>
    public async Task<MqttSessionEnd[]> EndsAsync() =>
        await Task.WhenAll(_sessions).WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await EndsAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var stream = new NetworkStream(socket, ownsSocket: true);
            var session = new MqttServerSession(
                PipeReader.Create(stream), PipeWriter.Create(stream), Options, socket.RemoteEndPoint!.ToString());
            _sessions.Add(session.RunAsync(_stop.Token));
        }
    }
}
