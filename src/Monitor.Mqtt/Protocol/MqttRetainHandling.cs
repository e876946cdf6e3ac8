namespace Monitor.Mqtt.Protocol;

/// <summary>What a server does with retained messages at SUBSCRIBE (MQTT 5.0 §3.8.3.1).</summary>
public enum MqttRetainHandling : byte
{
    /// <summary>Send them.</summary>
    SendAtSubscribe = 0,

    /// <summary>Send them if the subscription is new.</summary>
    SendAtSubscribeIfNewSubscriptionOnly = 1,

    /// <summary>Never send them.</summary>
    DoNotSendOnSubscribe = 2,
}
