using System.Threading.Channels;
using Monitor.Mqtt.Packets;

namespace Monitor.Tests.Mqtt;

/// <summary>The payloads that a session handed over, in hex and in order.</summary>
internal sealed class PublishedPayloads
{
    private readonly Channel<string> _payloads = Channel.CreateUnbounded<string>();

    /// <summary>Whether all were asked for.</summary>
    public bool IsEmpty => _payloads.Reader.Count == 0;

    /// <summary>Takes one in; gives it in hex.</summary>
    public string Add(MqttPublishPacket packet)
    {
        string hex = Convert.ToHexString(packet.Payload.Span);
        _payloads.Writer.TryWrite(hex);
        return hex;
    }

    /// <summary>The next one.</summary>
    public Task<string> NextAsync() => _payloads.Reader.ReadAsync().AsTask();
}
