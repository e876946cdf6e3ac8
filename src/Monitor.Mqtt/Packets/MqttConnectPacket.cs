using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>CONNECT: who the client is and what it can take.</summary>
public sealed class MqttConnectPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Connect;

    /// <summary>Which standard the connection speaks from here on.</summary>
    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.V500;

    /// <summary>The client identifier; empty asks the server to choose one.</summary>
    public string ClientId { get; set; } = string.Empty;

    /// <summary>Clean Session of 3.1.1, Clean Start of 5.0.</summary>
    public bool CleanSession { get; set; } = true;

    /// <summary>Seconds; 0 turns the keep-alive off.</summary>
    public ushort KeepAlivePeriod { get; set; }

    /// <summary>The user name; null when absent.</summary>
    public string? Username { get; set; }

    /// <summary>The password, any bytes; null when absent.</summary>
    public ReadOnlyMemory<byte>? Password { get; set; }

    /// <summary>What to publish when the connection ends without DISCONNECT; null for nothing.</summary>
    public MqttWill? Will { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
