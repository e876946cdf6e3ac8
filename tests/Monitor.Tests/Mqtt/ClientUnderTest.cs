using System.IO.Pipelines;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>A client over two pipes in memory, and the server's end of them, spoken packet by packet.</summary>
internal sealed class ClientUnderTest(MqttProtocolVersion version = MqttProtocolVersion.V500) : IAsyncDisposable
{
    private readonly Pipe _toServer = new(new(useSynchronizationContext: false));
    private readonly Pipe _toClient = new(new(useSynchronizationContext: false));

    public ManualClock Clock { get; } = new();

    public MqttClient Client => field ??= new(Clock);

    public async Task<MqttClientConnectResult> ConnectAsync(
        MqttConnAckPacket? answer = null, MqttClientOptions? options = null)
    {
        options ??= new() { ClientId = "A" };
        var connecting = Client.ConnectAsync(
            _toClient.Reader, _toServer.Writer, options with { ProtocolVersion = version }, CancellationToken.None);
        await ReceiveAsync<MqttConnectPacket>();
        await SendAsync(answer ?? new());
        return await connecting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task SendAsync(params MqttPacket[] packets)
    {
        foreach (var packet in packets) await _toClient.Writer.WriteAsync(MqttPacketEncoder.Encode(packet, version));
    }

    /// <summary>The next message, as the application takes it.</summary>
    public async Task<MqttReceivedMessage> TakeAsync()
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Client.ReceivedMessages.ReadAsync(ceiling.Token);
    }

    public ValueTask CloseAsync() => _toClient.Writer.CompleteAsync();

    public async Task<MqttPacket?> ReceiveAsync()
    {
        while (true)
        {
            var result = await _toServer.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            var buffer = result.Buffer;
            bool got = MqttPacketDecoder.TryDecode(ref buffer, version, 1 << 20, out var packet);
            _toServer.Reader.AdvanceTo(buffer.Start, got ? buffer.Start : buffer.End);
            if (got) return packet;
            if (result.IsCompleted) return null;
        }
    }

    /// <summary>The reason of the DISCONNECT that must come next.</summary>
    public async Task<MqttDisconnectReasonCode> ByeAsync() => (await ReceiveAsync<MqttDisconnectPacket>()).ReasonCode;

    public async Task<T> ReceiveAsync<T>() where T : MqttPacket => Assert.IsType<T>(await ReceiveAsync());

    public async ValueTask DisposeAsync()
    {
        await _toServer.Reader.CompleteAsync();
        await Client.DisposeAsync();
    }
}
