using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>Packets to bytes. What the version cannot say is left out, never sent wrongly.</summary>
public static class MqttPacketEncoder
{
    /// <summary>The bytes of one packet.</summary>
    /// <exception cref="ArgumentException">
    /// The packet cannot be said: a field too long, a property out of place.
    /// </exception>
    public static byte[] Encode(MqttPacket packet, MqttProtocolVersion version)
    {
        var writer = new MqttBufferWriter();
        Write(writer, packet, version);
        return writer.Written.ToArray();
    }

    /// <summary>Appends one packet; when it throws, the buffer is as it was.</summary>
    internal static void Write(MqttBufferWriter to, MqttPacket packet, MqttProtocolVersion version)
    {
        ArgumentNullException.ThrowIfNull(packet);
        int start = to.Length;
        try
        {
            int expected = packet is MqttPublishPacket p ? p.Payload.Length + p.Topic.Length + 8 : 0;
            to.WriteByte(FirstByte(packet));
            var mark = to.BeginLength(Math.Min(expected, MqttPacketDecoder.RemainingLengthMax));
            WriteBody(to, packet, version == MqttProtocolVersion.V500);
            to.EndLength(mark);
        }
        catch (ArgumentException)
        {
            to.Truncate(start);
            throw;
        }
    }

    /// <summary>
    /// PUBACK, PUBREC, PUBREL or PUBCOMP without properties: four bytes on success, five in 5.0 else.
    /// </summary>
    internal static void WriteAck(
        MqttBufferWriter to, MqttControlPacketType type, ushort id, byte reason, MqttProtocolVersion version)
    {
        bool coded = reason != 0 && version == MqttProtocolVersion.V500;
        to.WriteByte((byte)((int)type << 4 | (type == MqttControlPacketType.PubRel ? 2 : 0)));
        to.WriteByte((byte)(coded ? 3 : 2));
        to.WriteUInt16(id);
        if (coded) to.WriteByte(reason);
    }

    private static byte FirstByte(MqttPacket packet)
    {
        int flags = packet switch
        {
            MqttPublishPacket p => (p.Dup ? 8 : 0) | (int)p.QualityOfServiceLevel << 1 | (p.Retain ? 1 : 0),
            MqttPubRelPacket or MqttSubscribePacket or MqttUnsubscribePacket => 2,
            _ => 0,
        };
        return (byte)((int)packet.PacketType << 4 | flags);
    }

    private static void WriteBody(MqttBufferWriter to, MqttPacket packet, bool v5)
    {
        if (packet is MqttPacketWithIdentifier { PacketIdentifier: var id }) to.WriteUInt16(NotZero(id));
        switch (packet)
        {
            case MqttPublishPacket p: WritePublish(to, p, v5); break;
            case MqttPubAckPacket p: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttPubRecPacket p: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttPubRelPacket p: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttPubCompPacket p: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttConnectPacket p: WriteConnect(to, p); break;
            case MqttConnAckPacket p: WriteConnAck(to, p, v5); break;
            case MqttSubscribePacket p: WriteSubscribe(to, p, v5); break;
            case MqttSubAckPacket p: WriteSubAck(to, p, v5); break;
            case MqttUnsubscribePacket p: WriteUnsubscribe(to, p, v5); break;
            case MqttUnsubAckPacket p: WriteUnsubAck(to, p, v5); break;
            case MqttDisconnectPacket p: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttAuthPacket p when v5: WriteCode(to, p, (byte)p.ReasonCode, p.Properties, v5); break;
            case MqttAuthPacket: throw new ArgumentException("AUTH does not exist in MQTT 3.1.1.");
        }
    }

    private static void WritePublish(MqttBufferWriter to, MqttPublishPacket p, bool v5)
    {
        bool aliased = v5 && p.Topic.Length == 0 && p.Properties?.TopicAlias is not null;
        if (!aliased && !MqttTopicFilterComparer.IsValidTopic(p.Topic))
            throw new ArgumentException($"'{p.Topic}' is no topic name: empty, or it holds a wildcard.");
        to.WriteString(p.Topic);
        if (p.QualityOfServiceLevel > 0) to.WriteUInt16(NotZero(p.PacketIdentifier));
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.Publish, p.Properties);
        to.WriteBytes(p.Payload.Span);
    }

    private static void WriteConnect(MqttBufferWriter to, MqttConnectPacket p)
    {
        bool v5 = p.ProtocolVersion == MqttProtocolVersion.V500;
        if (!v5 && p is { Password: not null, Username: null })
            throw new ArgumentException("MQTT 3.1.1 does not allow a password without a user name.");
        int flags = (p.CleanSession ? 2 : 0) | (p.Username is null ? 0 : 0x80) | (p.Password is null ? 0 : 0x40);
        if (p.Will is { } w) flags |= 4 | (int)w.QualityOfServiceLevel << 3 | (w.Retain ? 0x20 : 0);
        to.WriteString("MQTT");
        to.WriteByte((byte)p.ProtocolVersion);
        to.WriteByte((byte)flags);
        to.WriteUInt16(p.KeepAlivePeriod);
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.Connect, p.Properties);
        to.WriteString(p.ClientId);
        if (p.Will is { } will)
        {
            if (v5) MqttPropertiesWriter.Write(to, MqttPropertyTable.Will, will.Properties);
            to.WriteString(will.Topic);
            to.WriteBinary(will.Payload.Span);
        }
        if (p.Username is not null) to.WriteString(p.Username);
        if (p.Password is { } password) to.WriteBinary(password.Span);
    }

    private static void WriteConnAck(MqttBufferWriter to, MqttConnAckPacket p, bool v5)
    {
        to.WriteByte((byte)(p.IsSessionPresent ? 1 : 0));
        to.WriteByte(v5 ? (byte)p.ReasonCode : MqttReturnCodes.FromReason(p.ReasonCode));
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.ConnAck, p.Properties);
    }

    private static void WriteSubscribe(MqttBufferWriter to, MqttSubscribePacket p, bool v5)
    {
        if (p.TopicFilters.Count == 0) throw new ArgumentException("A SUBSCRIBE needs a topic filter.");
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.Subscribe, p.Properties);
        foreach (var filter in p.TopicFilters)
        {
            to.WriteString(Valid(filter.Topic));
            int options = (int)filter.QualityOfServiceLevel;
            if (v5)
                options |= (filter.NoLocal ? 4 : 0) | (filter.RetainAsPublished ? 8 : 0)
                    | (int)filter.RetainHandling << 4;
            to.WriteByte((byte)options);
        }
    }

    private static void WriteSubAck(MqttBufferWriter to, MqttSubAckPacket p, bool v5)
    {
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.SubAck, p.Properties);
        foreach (var code in p.ReasonCodes) to.WriteByte(v5 ? (byte)code : Math.Min((byte)code, (byte)0x80));
    }

    private static void WriteUnsubscribe(MqttBufferWriter to, MqttUnsubscribePacket p, bool v5)
    {
        if (p.TopicFilters.Count == 0) throw new ArgumentException("An UNSUBSCRIBE needs a topic filter.");
        if (v5) MqttPropertiesWriter.Write(to, MqttControlPacketType.Unsubscribe, p.Properties);
        foreach (string filter in p.TopicFilters) to.WriteString(Valid(filter));
    }

    private static void WriteUnsubAck(MqttBufferWriter to, MqttUnsubAckPacket p, bool v5)
    {
        if (!v5) return;
        MqttPropertiesWriter.Write(to, MqttControlPacketType.UnsubAck, p.Properties);
        foreach (var code in p.ReasonCodes) to.WriteByte((byte)code);
    }

    /// <summary>
    /// Reason and properties, both left out where the standard reads their absence as success and none.
    /// </summary>
    private static void WriteCode(
        MqttBufferWriter to, MqttPacket packet, byte code, MqttProperties? properties, bool v5)
    {
        if (!v5 || (code == 0 && properties is null)) return;
        to.WriteByte(code);
        if (properties is not null) MqttPropertiesWriter.Write(to, packet.PacketType, properties);
    }

    private static ushort NotZero(ushort id) =>
        id != 0 ? id : throw new ArgumentException("Packet identifier 0 cannot be sent."); // [MQTT-2.2.1-3]

    private static string Valid(string filter) => MqttTopicFilterComparer.IsValidFilter(filter)
        ? filter : throw new ArgumentException($"'{filter}' is no topic filter.");
}
