using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>Reads a property list: each property known, in its place, once, and of an allowed value.</summary>
internal static class MqttPropertiesReader
{
    internal static MqttProperties? Read(ref MqttBodyReader reader, MqttControlPacketType place)
    {
        uint length = reader.ReadVariableByteInteger();
        var list = reader.ReadBlock(length);
        if (list.IsEmpty) return null;
        var properties = new MqttProperties();
        List<MqttUserProperty>? users = null;
        List<uint>? subscriptions = null;
        ulong seen = 0;
        while (!list.IsEmpty)
        {
            uint number = list.ReadVariableByteInteger();
            var id = number <= (uint)MqttPropertyId.SharedSubscriptionAvailable ? (MqttPropertyId)number : 0;
            if (!MqttPropertyTable.Allows(place, id))
                throw MqttBodyReader.ProtocolError($"property {number} has no place here");
            // Only these two may come more than once.
            bool many = id == MqttPropertyId.UserProperty
                || (id == MqttPropertyId.SubscriptionIdentifier && place == MqttControlPacketType.Publish);
            if (!many && (seen >> (int)id & 1) != 0) throw MqttBodyReader.ProtocolError($"property {number} twice");
            seen |= 1UL << (int)id;
            if (id == MqttPropertyId.UserProperty) (users ??= []).Add(new(list.ReadString(), list.ReadString()));
            else if (id == MqttPropertyId.SubscriptionIdentifier)
                (subscriptions ??= []).Add(NotZero(list.ReadVariableByteInteger(), id));
            else ReadOne(ref list, id, properties);
        }
        properties.UserProperties = users;
        properties.SubscriptionIdentifiers = subscriptions;
        return properties;
    }

    private static void ReadOne(ref MqttBodyReader list, MqttPropertyId id, MqttProperties into)
    {
        switch (id)
        {
            case MqttPropertyId.PayloadFormatIndicator:
                into.PayloadFormatIndicator = (MqttPayloadFormatIndicator)(ReadFlag(ref list, id) ? 1 : 0);
                break;
            case MqttPropertyId.MessageExpiryInterval: into.MessageExpiryInterval = list.ReadUInt32(); break;
            case MqttPropertyId.ContentType: into.ContentType = list.ReadString(); break;
            case MqttPropertyId.ResponseTopic: into.ResponseTopic = ReadTopic(ref list); break;
            case MqttPropertyId.CorrelationData: into.CorrelationData = list.ReadBinary(); break;
            case MqttPropertyId.SessionExpiryInterval: into.SessionExpiryInterval = list.ReadUInt32(); break;
            case MqttPropertyId.AssignedClientIdentifier: into.AssignedClientIdentifier = list.ReadString(); break;
            case MqttPropertyId.ServerKeepAlive: into.ServerKeepAlive = list.ReadUInt16(); break;
            case MqttPropertyId.AuthenticationMethod: into.AuthenticationMethod = list.ReadString(); break;
            case MqttPropertyId.AuthenticationData: into.AuthenticationData = list.ReadBinary(); break;
            case MqttPropertyId.RequestProblemInformation:
                into.RequestProblemInformation = ReadFlag(ref list, id);
                break;
            case MqttPropertyId.WillDelayInterval: into.WillDelayInterval = list.ReadUInt32(); break;
            case MqttPropertyId.RequestResponseInformation:
                into.RequestResponseInformation = ReadFlag(ref list, id);
                break;
            case MqttPropertyId.ResponseInformation: into.ResponseInformation = list.ReadString(); break;
            case MqttPropertyId.ServerReference: into.ServerReference = list.ReadString(); break;
            case MqttPropertyId.ReasonString: into.ReasonString = list.ReadString(); break;
            case MqttPropertyId.ReceiveMaximum:
                into.ReceiveMaximum = (ushort)NotZero(list.ReadUInt16(), id);
                break;
            case MqttPropertyId.TopicAliasMaximum: into.TopicAliasMaximum = list.ReadUInt16(); break;
            case MqttPropertyId.TopicAlias: into.TopicAlias = list.ReadUInt16(); break;
            case MqttPropertyId.MaximumQoS:
                into.MaximumQoS = (MqttQualityOfServiceLevel)(ReadFlag(ref list, id) ? 1 : 0);
                break;
            case MqttPropertyId.RetainAvailable: into.RetainAvailable = ReadFlag(ref list, id); break;
            case MqttPropertyId.MaximumPacketSize:
                into.MaximumPacketSize = NotZero(list.ReadUInt32(), id);
                break;
            case MqttPropertyId.WildcardSubscriptionAvailable:
                into.WildcardSubscriptionAvailable = ReadFlag(ref list, id);
                break;
            case MqttPropertyId.SubscriptionIdentifiersAvailable:
                into.SubscriptionIdentifiersAvailable = ReadFlag(ref list, id);
                break;
            case MqttPropertyId.SharedSubscriptionAvailable:
                into.SharedSubscriptionAvailable = ReadFlag(ref list, id);
                break;
            default: throw MqttBodyReader.Malformed($"property {(int)id} is unknown");
        }
    }

    /// <summary>[MQTT-3.3.2-14] The response topic has no wildcards.</summary>
    private static string ReadTopic(ref MqttBodyReader list)
    {
        string topic = list.ReadString();
        return topic.AsSpan().IndexOfAny('+', '#') < 0
            ? topic : throw MqttBodyReader.ProtocolError("a response topic with a wildcard");
    }

    private static bool ReadFlag(ref MqttBodyReader list, MqttPropertyId id) => list.ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw MqttBodyReader.ProtocolError($"property {(int)id} is neither 0 nor 1"),
    };

    private static uint NotZero(uint value, MqttPropertyId id) =>
        value != 0 ? value : throw MqttBodyReader.ProtocolError($"property {(int)id} is 0");
}
