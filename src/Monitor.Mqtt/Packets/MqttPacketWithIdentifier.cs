namespace Monitor.Mqtt.Packets;

/// <summary>A packet that carries a packet identifier.</summary>
public abstract class MqttPacketWithIdentifier : MqttPacket
{
    private protected MqttPacketWithIdentifier() { }

    /// <summary>1 to 65535; unique among the packets of one sender that are not yet answered.</summary>
    public ushort PacketIdentifier { get; set; }
}
