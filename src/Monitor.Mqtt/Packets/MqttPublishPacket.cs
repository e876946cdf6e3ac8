using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>
/// PUBLISH: a message. Topic and payload are its own copies, valid for as long as the packet is held.
/// </summary>
public sealed class MqttPublishPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Publish;

    /// <summary>The topic name, without wildcards; empty only where a topic alias stands for it.</summary>
    public string Topic { get; set; } = string.Empty;

    /// <summary>The payload, any bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>The delivery promise.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    /// <summary>To be kept by a server as the last value of its topic.</summary>
    public bool Retain { get; set; }

    /// <summary>The sender believes that it has sent this before. Says nothing reliable: never dedupe on it.</summary>
    public bool Dup { get; set; }

    /// <summary>1 to 65535 above QoS 0; 0 at QoS 0.</summary>
    public ushort PacketIdentifier { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
