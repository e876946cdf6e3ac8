using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>The body of one packet, whole, to its fields.</summary>
internal static class MqttBodyDecoder
{
    internal static MqttPacket Decode(byte first, ReadOnlySpan<byte> body, MqttProtocolVersion version)
    {
        var reader = new MqttBodyReader(body);
        bool v5 = version == MqttProtocolVersion.V500;
        MqttPacket packet = (MqttControlPacketType)(first >> 4) switch
        {
            MqttControlPacketType.Publish => DecodePublish(first, ref reader, v5),
            MqttControlPacketType.PubAck => DecodePubAck(ref reader, v5),
            MqttControlPacketType.Connect => MqttConnectDecoder.Decode(ref reader),
            MqttControlPacketType.ConnAck => DecodeConnAck(ref reader, v5),
            MqttControlPacketType.PubRec => DecodePubRec(ref reader, v5),
            MqttControlPacketType.PubRel => DecodePubRel(ref reader, v5),
            MqttControlPacketType.PubComp => DecodePubComp(ref reader, v5),
            MqttControlPacketType.Subscribe => MqttSubscriptionDecoder.DecodeSubscribe(ref reader, v5),
            MqttControlPacketType.SubAck => MqttSubscriptionDecoder.DecodeSubAck(ref reader, v5),
            MqttControlPacketType.Unsubscribe => MqttSubscriptionDecoder.DecodeUnsubscribe(ref reader, v5),
            MqttControlPacketType.UnsubAck => MqttSubscriptionDecoder.DecodeUnsubAck(ref reader, v5),
            MqttControlPacketType.PingReq => new MqttPingReqPacket(),
            MqttControlPacketType.PingResp => new MqttPingRespPacket(),
            MqttControlPacketType.Disconnect => DecodeDisconnect(ref reader, v5),
            MqttControlPacketType.Auth when v5 => DecodeAuth(ref reader),
            _ => throw MqttBodyReader.Malformed("AUTH does not exist in MQTT 3.1.1"),
        };
        reader.ExpectEnd();
        return packet;
    }

    private static MqttPublishPacket DecodePublish(byte first, ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttPublishPacket
        {
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)(first >> 1 & 3),
            Retain = (first & 1) != 0,
            Dup = (first & 8) != 0,
            Topic = reader.ReadString(),
        };
        // [MQTT-2.2.1-2] Only above QoS 0 is there an identifier.
        if (packet.QualityOfServiceLevel > 0) packet.PacketIdentifier = ReadIdentifier(ref reader);
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.Publish);
        bool aliased = packet.Topic.Length == 0 && packet.Properties?.TopicAlias is not null;
        if (!aliased && !MqttTopicFilterComparer.IsValidTopic(packet.Topic))
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.TopicNameInvalid,
                "A topic name that is empty or holds a wildcard."); // [MQTT-3.3.2-2]
        packet.Payload = reader.ReadRest().ToArray();
        return packet;
    }

    private static MqttPubAckPacket DecodePubAck(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttPubAckPacket { PacketIdentifier = ReadIdentifier(ref reader) };
        if (v5 && !reader.IsEmpty) packet.ReasonCode = Known((MqttPubAckReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5, MqttControlPacketType.PubAck);
        return packet;
    }

    private static MqttPubRecPacket DecodePubRec(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttPubRecPacket { PacketIdentifier = ReadIdentifier(ref reader) };
        if (v5 && !reader.IsEmpty) packet.ReasonCode = Known((MqttPubRecReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5, MqttControlPacketType.PubRec);
        return packet;
    }

    private static MqttPubRelPacket DecodePubRel(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttPubRelPacket { PacketIdentifier = ReadIdentifier(ref reader) };
        if (v5 && !reader.IsEmpty) packet.ReasonCode = Known((MqttPubRelReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5, MqttControlPacketType.PubRel);
        return packet;
    }

    private static MqttPubCompPacket DecodePubComp(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttPubCompPacket { PacketIdentifier = ReadIdentifier(ref reader) };
        if (v5 && !reader.IsEmpty) packet.ReasonCode = Known((MqttPubCompReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5, MqttControlPacketType.PubComp);
        return packet;
    }

    private static MqttConnAckPacket DecodeConnAck(ref MqttBodyReader reader, bool v5)
    {
        byte flags = reader.ReadByte();
        if (flags > 1) throw MqttBodyReader.Malformed("reserved bits of the CONNACK flags"); // [MQTT-3.2.2-1]
        byte code = reader.ReadByte();
        var packet = new MqttConnAckPacket
        {
            IsSessionPresent = flags == 1,
            ReasonCode = v5 ? Known((MqttConnectReasonCode)code) : MqttReturnCodes.ToReason(code),
        };
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.ConnAck);
        if (packet.IsSessionPresent && packet.ReasonCode != 0) // [MQTT-3.2.2-6]
            throw MqttBodyReader.ProtocolError("a refusal with a session present");
        return packet;
    }

    private static MqttDisconnectPacket DecodeDisconnect(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttDisconnectPacket();
        if (v5 && !reader.IsEmpty) packet.ReasonCode = Known((MqttDisconnectReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5, MqttControlPacketType.Disconnect);
        return packet;
    }

    private static MqttAuthPacket DecodeAuth(ref MqttBodyReader reader)
    {
        var packet = new MqttAuthPacket();
        if (!reader.IsEmpty) packet.ReasonCode = Known((MqttAuthenticateReasonCode)reader.ReadByte());
        packet.Properties = ReadOptional(ref reader, v5: true, MqttControlPacketType.Auth);
        return packet;
    }

    /// <summary>Above zero. [MQTT-2.2.1-3]</summary>
    internal static ushort ReadIdentifier(ref MqttBodyReader reader)
    {
        ushort id = reader.ReadUInt16();
        return id != 0 ? id : throw MqttBodyReader.ProtocolError("packet identifier 0");
    }

    /// <summary>Answers may end before their property list (§3.4.2.2.1).</summary>
    private static MqttProperties? ReadOptional(ref MqttBodyReader reader, bool v5, MqttControlPacketType place) =>
        v5 && !reader.IsEmpty ? MqttPropertiesReader.Read(ref reader, place) : null;

    internal static T Known<T>(T code) where T : struct, Enum =>
        Enum.IsDefined(code) ? code : throw MqttBodyReader.Malformed($"{typeof(T).Name} {code:X} does not exist");
}
