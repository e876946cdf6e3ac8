namespace Monitor.Mqtt.Protocol;

/// <summary>The high four bits of the first byte (MQTT 5.0 §2.1.2).</summary>
public enum MqttControlPacketType : byte
{
    /// <summary>CONNECT: the first packet of a client.</summary>
    Connect = 1,

    /// <summary>CONNACK: the answer to it.</summary>
    ConnAck = 2,

    /// <summary>PUBLISH: a message.</summary>
    Publish = 3,

    /// <summary>PUBACK: the answer at QoS 1.</summary>
    PubAck = 4,

    /// <summary>PUBREC: the first answer at QoS 2.</summary>
    PubRec = 5,

    /// <summary>PUBREL: the sender of QoS 2 lets go.</summary>
    PubRel = 6,

    /// <summary>PUBCOMP: the last answer at QoS 2.</summary>
    PubComp = 7,

    /// <summary>SUBSCRIBE: topic filters wanted.</summary>
    Subscribe = 8,

    /// <summary>SUBACK: one code per filter.</summary>
    SubAck = 9,

    /// <summary>UNSUBSCRIBE: topic filters no longer wanted.</summary>
    Unsubscribe = 10,

    /// <summary>UNSUBACK: the answer to it.</summary>
    UnsubAck = 11,

    /// <summary>PINGREQ: I am alive, are you?.</summary>
    PingReq = 12,

    /// <summary>PINGRESP: I am.</summary>
    PingResp = 13,

    /// <summary>DISCONNECT: the last packet.</summary>
    Disconnect = 14,

    /// <summary>AUTH: a step of enhanced authentication, MQTT 5.0 only.</summary>
    Auth = 15,
}
