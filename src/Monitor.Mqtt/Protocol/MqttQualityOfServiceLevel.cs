namespace Monitor.Mqtt.Protocol;

/// <summary>Delivery promise of a PUBLISH.</summary>
public enum MqttQualityOfServiceLevel : byte
{
    /// <summary>No answer; may be lost.</summary>
    AtMostOnce = 0,

    /// <summary>Answered by PUBACK; may come twice.</summary>
    AtLeastOnce = 1,

    /// <summary>PUBREC, PUBREL, PUBCOMP.</summary>
    ExactlyOnce = 2,
}
