namespace Monitor.Mqtt.Protocol;

/// <summary>What the sender says of the payload (MQTT 5.0 §3.3.2.3.2).</summary>
public enum MqttPayloadFormatIndicator : byte
{
    /// <summary>Bytes.</summary>
    Unspecified = 0,

    /// <summary>UTF-8 text.</summary>
    CharacterData = 1,
}
