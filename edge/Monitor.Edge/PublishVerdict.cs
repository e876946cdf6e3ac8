using Monitor.Mqtt.Protocol;

namespace Monitor.Edge;

/// <summary>What the server's answer to a batch asks of us.</summary>
internal enum PublishVerdict
{
    /// <summary>It has the batch.</summary>
    Acknowledged,

    /// <summary>It has not, and may take the same bytes later.</summary>
    Later,

    /// <summary>It will never take these bytes.</summary>
    Park,

    /// <summary>It will take nothing of ours until a person changed something.</summary>
    Stop,
}

/// <summary>Reads the reason codes of MQTT 5.0, table 3-8.</summary>
internal static class PublishVerdicts
{
    /// <summary>What a reason code asks. Unknown codes ask for patience: nothing is lost by sending again.</summary>
    internal static PublishVerdict Of(MqttPubAckReasonCode code) => code switch
    {
        MqttPubAckReasonCode.Success => PublishVerdict.Acknowledged,
        MqttPubAckReasonCode.PayloadFormatInvalid => PublishVerdict.Park,
        MqttPubAckReasonCode.NotAuthorized or MqttPubAckReasonCode.TopicNameInvalid => PublishVerdict.Stop,
        // Among these NoMatchingSubscribers: an outside broker took the message and gave it to nobody.
        _ => PublishVerdict.Later,
    };
}
