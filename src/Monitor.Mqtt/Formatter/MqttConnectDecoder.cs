using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>The body of CONNECT (§3.1), which says itself which version it is of.</summary>
internal static class MqttConnectDecoder
{
    internal static MqttConnectPacket Decode(ref MqttBodyReader reader)
    {
        string name = reader.ReadString();
        byte level = reader.ReadByte();
        // 3.1 called itself MQIsdp; [MQTT-3.1.2-2] lets us answer a level we do not speak.
        if (name is "MQIsdp" || (name is "MQTT" && level is not (4 or 5)))
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                $"{name} level {level} is not spoken here.") { UnsupportedLevel = level };
        if (name is not "MQTT") throw MqttBodyReader.Malformed("a protocol name that is not MQTT"); // [MQTT-3.1.2-1]
        byte flags = reader.ReadByte();
        CheckFlags(flags, level);
        bool v5 = level == 5;
        var packet = new MqttConnectPacket
        {
            ProtocolVersion = (MqttProtocolVersion)level,
            CleanSession = (flags & 2) != 0,
            KeepAlivePeriod = reader.ReadUInt16(),
        };
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.Connect);
        if (packet.Properties is { AuthenticationData: not null, AuthenticationMethod: null })
            throw MqttBodyReader.ProtocolError("authentication data without a method");
        packet.ClientId = reader.ReadString();
        if ((flags & 4) != 0) packet.Will = DecodeWill(ref reader, flags, v5);
        if ((flags & 0x80) != 0) packet.Username = reader.ReadString();
        if ((flags & 0x40) != 0) packet.Password = reader.ReadBinary();
        return packet;
    }

    private static MqttWill DecodeWill(ref MqttBodyReader reader, byte flags, bool v5)
    {
        var will = new MqttWill
        {
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)(flags >> 3 & 3),
            Retain = (flags & 0x20) != 0,
            Properties = v5 ? MqttPropertiesReader.Read(ref reader, MqttPropertyTable.Will) : null,
            Topic = reader.ReadString(),
        };
        if (!MqttTopicFilterComparer.IsValidTopic(will.Topic))
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.TopicNameInvalid,
                "A will topic that is empty or holds a wildcard.");
        will.Payload = reader.ReadBinary();
        return will;
    }

    private static void CheckFlags(byte flags, byte level)
    {
        if ((flags & 1) != 0) throw MqttBodyReader.Malformed("the reserved connect flag"); // [MQTT-3.1.2-3]
        if ((flags & 4) == 0 && (flags & 0x38) != 0) // [MQTT-3.1.2-11], [MQTT-3.1.2-13]
            throw MqttBodyReader.Malformed("will QoS or will retain without a will");
        if ((flags & 0x18) == 0x18) throw MqttBodyReader.Malformed("will QoS 3"); // [MQTT-3.1.2-12]
        // [MQTT-3.1.2-22] of 3.1.1; 5.0 allows a password alone.
        if (level == 4 && (flags & 0xC0) == 0x40) throw MqttBodyReader.Malformed("a password without a user name");
    }
}
