using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>
/// One control packet of MQTT 3.1.1 or 5.0, with what both can say. The codec leaves out what 3.1.1 lacks.
/// </summary>
public abstract class MqttPacket
{
    private protected MqttPacket() { }

    /// <summary>Which of the fifteen it is.</summary>
    public abstract MqttControlPacketType PacketType { get; }
}
