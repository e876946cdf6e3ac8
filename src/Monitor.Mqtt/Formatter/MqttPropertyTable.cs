using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>Which packet may carry which property: the last column of table 2-4, a bit per packet type.</summary>
internal static class MqttPropertyTable
{
    /// <summary>The will's own property list inside CONNECT; no packet type is 0.</summary>
    internal const MqttControlPacketType Will = 0;

    private const int W = 1, Connect = 1 << 1, ConnAck = 1 << 2, Publish = 1 << 3, Subscribe = 1 << 8;
    private const int Disconnect = 1 << 14, Auth = 1 << 15;

    // PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK.
    private const int Acks = 0b1111 << 4 | 1 << 9 | 1 << 11;
    private const int Unsubscribe = 1 << 10;

    internal static bool Allows(MqttControlPacketType place, MqttPropertyId id) => (Places(id) >> (int)place & 1) != 0;

    private static int Places(MqttPropertyId id) => id switch
    {
        MqttPropertyId.PayloadFormatIndicator or MqttPropertyId.MessageExpiryInterval or MqttPropertyId.ContentType
            or MqttPropertyId.ResponseTopic or MqttPropertyId.CorrelationData => Publish | W,
        MqttPropertyId.SubscriptionIdentifier => Publish | Subscribe,
        MqttPropertyId.SessionExpiryInterval => Connect | ConnAck | Disconnect,
        MqttPropertyId.AssignedClientIdentifier or MqttPropertyId.ServerKeepAlive or MqttPropertyId.ResponseInformation
            or MqttPropertyId.MaximumQoS or MqttPropertyId.RetainAvailable
            or MqttPropertyId.WildcardSubscriptionAvailable or MqttPropertyId.SubscriptionIdentifiersAvailable
            or MqttPropertyId.SharedSubscriptionAvailable => ConnAck,
        MqttPropertyId.AuthenticationMethod or MqttPropertyId.AuthenticationData => Connect | ConnAck | Auth,
        MqttPropertyId.RequestProblemInformation or MqttPropertyId.RequestResponseInformation => Connect,
        MqttPropertyId.WillDelayInterval => W,
        MqttPropertyId.ServerReference => ConnAck | Disconnect,
        MqttPropertyId.ReasonString => ConnAck | Acks | Disconnect | Auth,
        MqttPropertyId.ReceiveMaximum or MqttPropertyId.TopicAliasMaximum or MqttPropertyId.MaximumPacketSize
            => Connect | ConnAck,
        MqttPropertyId.TopicAlias => Publish,
        MqttPropertyId.UserProperty
            => W | Connect | ConnAck | Publish | Acks | Subscribe | Unsubscribe | Disconnect | Auth,
        _ => 0,
    };
}
