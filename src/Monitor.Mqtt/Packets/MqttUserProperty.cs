namespace Monitor.Mqtt.Packets;

/// <summary>
/// A name and a value of the sender's own (MQTT 5.0). Lost over a 3.1.1 bridge: never more than a hint.
/// </summary>
public readonly record struct MqttUserProperty(string Name, string Value);
