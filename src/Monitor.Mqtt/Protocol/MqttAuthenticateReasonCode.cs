namespace Monitor.Mqtt.Protocol;

/// <summary>Step of an enhanced authentication (MQTT 5.0 §3.15.2.1).</summary>
public enum MqttAuthenticateReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>Go on with another step.</summary>
    ContinueAuthentication = 0x18,

    /// <summary>Begin again.</summary>
    ReAuthenticate = 0x19,
}
