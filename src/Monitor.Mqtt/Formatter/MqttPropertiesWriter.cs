using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>
/// Writes a property list, with its length before it. A property out of its place is the caller's fault.
/// </summary>
internal readonly ref struct MqttPropertiesWriter
{
    private readonly MqttBufferWriter _to;
    private readonly MqttControlPacketType _place;

    private MqttPropertiesWriter(MqttBufferWriter to, MqttControlPacketType place) => (_to, _place) = (to, place);

    internal static void Write(MqttBufferWriter to, MqttControlPacketType place, MqttProperties? properties)
    {
        if (properties is null)
        {
            to.WriteByte(0);
            return;
        }
        var mark = to.BeginLength();
        var writer = new MqttPropertiesWriter(to, place);
        writer.WriteMessage(properties);
        writer.WriteSession(properties);
        writer.WriteServer(properties);
        writer.WriteUsers(properties);
        to.EndLength(mark);
    }

    private void WriteMessage(MqttProperties p)
    {
        Byte(MqttPropertyId.PayloadFormatIndicator, (byte?)p.PayloadFormatIndicator);
        UInt32(MqttPropertyId.MessageExpiryInterval, p.MessageExpiryInterval);
        Text(MqttPropertyId.ContentType, p.ContentType);
        Text(MqttPropertyId.ResponseTopic, p.ResponseTopic);
        Binary(MqttPropertyId.CorrelationData, p.CorrelationData);
        UInt16(MqttPropertyId.TopicAlias, p.TopicAlias);
        UInt32(MqttPropertyId.WillDelayInterval, p.WillDelayInterval);
        foreach (uint id in p.SubscriptionIdentifiers ?? [])
        {
            Begin(MqttPropertyId.SubscriptionIdentifier);
            _to.WriteVariableByteInteger(id);
        }
    }

    private void WriteSession(MqttProperties p)
    {
        UInt32(MqttPropertyId.SessionExpiryInterval, p.SessionExpiryInterval);
        Text(MqttPropertyId.AuthenticationMethod, p.AuthenticationMethod);
        Binary(MqttPropertyId.AuthenticationData, p.AuthenticationData);
        Flag(MqttPropertyId.RequestProblemInformation, p.RequestProblemInformation);
        Flag(MqttPropertyId.RequestResponseInformation, p.RequestResponseInformation);
        UInt16(MqttPropertyId.ReceiveMaximum, p.ReceiveMaximum);
        UInt16(MqttPropertyId.TopicAliasMaximum, p.TopicAliasMaximum);
        UInt32(MqttPropertyId.MaximumPacketSize, p.MaximumPacketSize);
        Text(MqttPropertyId.ReasonString, p.ReasonString);
    }

    private void WriteServer(MqttProperties p)
    {
        Text(MqttPropertyId.AssignedClientIdentifier, p.AssignedClientIdentifier);
        UInt16(MqttPropertyId.ServerKeepAlive, p.ServerKeepAlive);
        Text(MqttPropertyId.ResponseInformation, p.ResponseInformation);
        Text(MqttPropertyId.ServerReference, p.ServerReference);
        Byte(MqttPropertyId.MaximumQoS, (byte?)p.MaximumQoS);
        Flag(MqttPropertyId.RetainAvailable, p.RetainAvailable);
        Flag(MqttPropertyId.WildcardSubscriptionAvailable, p.WildcardSubscriptionAvailable);
        Flag(MqttPropertyId.SubscriptionIdentifiersAvailable, p.SubscriptionIdentifiersAvailable);
        Flag(MqttPropertyId.SharedSubscriptionAvailable, p.SharedSubscriptionAvailable);
    }

    private void WriteUsers(MqttProperties p)
    {
        foreach (var user in p.UserProperties ?? [])
        {
            Begin(MqttPropertyId.UserProperty);
            _to.WriteString(user.Name);
            _to.WriteString(user.Value);
        }
    }

    private void Begin(MqttPropertyId id)
    {
        if (!MqttPropertyTable.Allows(_place, id))
            throw new ArgumentException($"Property {id} has no place in {(_place == 0 ? "a will" : _place)}.");
        _to.WriteByte((byte)id);
    }

    private void Byte(MqttPropertyId id, byte? value)
    {
        if (value is not byte b) return;
        Begin(id);
        _to.WriteByte(b);
    }

    private void Flag(MqttPropertyId id, bool? value) => Byte(id, value is bool b ? (byte)(b ? 1 : 0) : null);

    private void UInt16(MqttPropertyId id, ushort? value)
    {
        if (value is not ushort n) return;
        Begin(id);
        _to.WriteUInt16(n);
    }

    private void UInt32(MqttPropertyId id, uint? value)
    {
        if (value is not uint n) return;
        Begin(id);
        _to.WriteUInt32(n);
    }

    private void Text(MqttPropertyId id, string? value)
    {
        if (value is null) return;
        Begin(id);
        _to.WriteString(value);
    }

    private void Binary(MqttPropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is not ReadOnlyMemory<byte> bytes) return;
        Begin(id);
        _to.WriteBinary(bytes.Span);
    }
}
