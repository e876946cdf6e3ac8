using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>The bodies of SUBSCRIBE, SUBACK, UNSUBSCRIBE and UNSUBACK (§3.8 to §3.11).</summary>
internal static class MqttSubscriptionDecoder
{
    internal static MqttSubscribePacket DecodeSubscribe(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttSubscribePacket { PacketIdentifier = MqttBodyDecoder.ReadIdentifier(ref reader) };
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.Subscribe);
        if (reader.IsEmpty) throw MqttBodyReader.ProtocolError("a SUBSCRIBE without a filter"); // [MQTT-3.8.3-2]
        var filters = new List<MqttTopicFilter>();
        while (!reader.IsEmpty) filters.Add(DecodeFilter(ref reader, v5));
        packet.TopicFilters = filters;
        return packet;
    }

    internal static MqttUnsubscribePacket DecodeUnsubscribe(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttUnsubscribePacket { PacketIdentifier = MqttBodyDecoder.ReadIdentifier(ref reader) };
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.Unsubscribe);
        if (reader.IsEmpty) throw MqttBodyReader.ProtocolError("an UNSUBSCRIBE without a filter"); // [MQTT-3.10.3-2]
        var filters = new List<string>();
        while (!reader.IsEmpty) filters.Add(Valid(reader.ReadString()));
        packet.TopicFilters = filters;
        return packet;
    }

    internal static MqttSubAckPacket DecodeSubAck(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttSubAckPacket { PacketIdentifier = MqttBodyDecoder.ReadIdentifier(ref reader) };
        if (v5) packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.SubAck);
        var codes = new List<MqttSubscribeReasonCode>(reader.Remaining);
        while (!reader.IsEmpty)
        {
            byte code = reader.ReadByte();
            if (!v5 && code is not (0 or 1 or 2 or 0x80)) // [MQTT-3.9.3-2] of 3.1.1
                throw MqttBodyReader.Malformed($"SUBACK return code {code} is reserved");
            codes.Add(MqttBodyDecoder.Known((MqttSubscribeReasonCode)code));
        }
        if (codes.Count == 0) throw MqttBodyReader.Malformed("a SUBACK without a code");
        packet.ReasonCodes = codes;
        return packet;
    }

    internal static MqttUnsubAckPacket DecodeUnsubAck(ref MqttBodyReader reader, bool v5)
    {
        var packet = new MqttUnsubAckPacket { PacketIdentifier = MqttBodyDecoder.ReadIdentifier(ref reader) };
        if (!v5) return packet;
        packet.Properties = MqttPropertiesReader.Read(ref reader, MqttControlPacketType.UnsubAck);
        var codes = new List<MqttUnsubscribeReasonCode>(reader.Remaining);
        while (!reader.IsEmpty) codes.Add(MqttBodyDecoder.Known((MqttUnsubscribeReasonCode)reader.ReadByte()));
        if (codes.Count == 0) throw MqttBodyReader.Malformed("an UNSUBACK without a code");
        packet.ReasonCodes = codes;
        return packet;
    }

    private static MqttTopicFilter DecodeFilter(ref MqttBodyReader reader, bool v5)
    {
        string topic = Valid(reader.ReadString());
        byte options = reader.ReadByte();
        // [MQTT-3.8.3-5]; in 3.1.1, where only the QoS is there, [MQTT-3.8.3-4].
        if ((options & (v5 ? 0xC0 : 0xFC)) != 0) throw MqttBodyReader.Malformed("reserved subscription options");
        if ((options & 3) == 3) throw MqttBodyReader.Malformed("subscription QoS 3");
        if ((options & 0x30) == 0x30) throw MqttBodyReader.ProtocolError("retain handling 3");
        return new MqttTopicFilter
        {
            Topic = topic,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)(options & 3),
            NoLocal = (options & 4) != 0,
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = (MqttRetainHandling)(options >> 4 & 3),
        };
    }

    private static string Valid(string filter) => MqttTopicFilterComparer.IsValidFilter(filter)
        ? filter
        : throw new MqttProtocolViolationException(MqttDisconnectReasonCode.TopicFilterInvalid,
            "A topic filter that is empty or has a wildcard out of its place.");
}
