using System.Buffers;
using System.IO.Pipelines;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>A server session over two pipes in memory, and the client's end of them, spoken packet by packet.</summary>
internal sealed class SessionUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);
    private readonly Pipe _toServer = new(new(useSynchronizationContext: false));
    private readonly Pipe _toClient = new(new(useSynchronizationContext: false));
    private readonly CancellationTokenSource _stop = new();
    private readonly MqttProtocolVersion _version;

    public SessionUnderTest(MqttServerSessionOptions options, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        _version = version;
        Session = new(_toServer.Reader, _toClient.Writer, options, "test");
        Run = Session.RunAsync(_stop.Token);
    }

    public MqttServerSession Session { get; }

    public Task<MqttSessionEnd> Run { get; }

    /// <summary>Options that take every client and refuse to be handed a message.</summary>
    public static MqttServerSessionOptions TakesAnyone { get; } = new()
    {
        Authenticate = (_, _, _) => ValueTask.FromResult(MqttConnectReasonCode.Success),
        Publish = (_, _, _) => throw new InvalidOperationException("No message was expected."),
        TimeProvider = new ManualClock(),
    };

    public static MqttPublishPacket Publish(ushort id, int qos = 1, string topic = "a/b") => new()
    {
        Topic = topic,
        PacketIdentifier = id,
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
        Payload = new byte[] { (byte)id },
    };

    public Task SendAsync(params MqttPacket[] packets) =>
        SendBytesAsync([.. packets.SelectMany(p => MqttPacketEncoder.Encode(p, _version))]);

    public async Task SendBytesAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes);

    public ValueTask CloseAsync() => _toServer.Writer.CompleteAsync();

    public Task StopHostAsync() => _stop.CancelAsync();

    public async Task<MqttConnAckPacket> ConnectAsync(MqttConnectPacket? connect = null)
    {
        connect ??= new() { ClientId = "A-017" };
        connect.ProtocolVersion = _version;
        await SendAsync(connect);
        return Assert.IsType<MqttConnAckPacket>(await ReceiveAsync());
    }

    /// <summary>The next packet of the server; null when it closed.</summary>
    public async Task<MqttPacket?> ReceiveAsync()
    {
        while (true)
        {
            var result = await _toClient.Reader.ReadAsync().AsTask().WaitAsync(Ceiling);
            var buffer = result.Buffer;
            bool got = MqttPacketDecoder.TryDecode(ref buffer, _version, 1 << 20, out var packet);
            _toClient.Reader.AdvanceTo(buffer.Start, got ? buffer.Start : buffer.End);
            if (got) return packet;
            if (result.IsCompleted) return null;
        }
    }

    /// <summary>The reason of the DISCONNECT that must come next.</summary>
    public async Task<MqttDisconnectReasonCode> ByeAsync() => (await ReceiveAsync<MqttDisconnectPacket>()).ReasonCode;

    public async Task<T> ReceiveAsync<T>() where T : MqttPacket => Assert.IsType<T>(await ReceiveAsync());

    /// <summary>Everything sent and not yet taken, in the one read that a single flush makes.</summary>
    public async Task<byte[]> ReceiveFlushAsync()
    {
        var result = await _toClient.Reader.ReadAsync().AsTask().WaitAsync(Ceiling);
        byte[] bytes = result.Buffer.ToArray();
        _toClient.Reader.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    public Task<MqttSessionEnd> EndAsync() => Run.WaitAsync(Ceiling);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _toClient.Reader.CompleteAsync();
        await Run.WaitAsync(Ceiling);
        _stop.Dispose();
    }
}
