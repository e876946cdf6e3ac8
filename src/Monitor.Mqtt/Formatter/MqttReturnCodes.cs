using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>
/// The six return codes of a 3.1.1 CONNACK (§3.2.2.3) and the reason codes of 5.0, each as the nearest other.
/// </summary>
internal static class MqttReturnCodes
{
    internal static byte FromReason(MqttConnectReasonCode reason) => reason switch
    {
        MqttConnectReasonCode.Success => 0,
        MqttConnectReasonCode.UnsupportedProtocolVersion => 1,
        MqttConnectReasonCode.ClientIdentifierNotValid => 2,
        MqttConnectReasonCode.ServerUnavailable or MqttConnectReasonCode.ServerBusy
            or MqttConnectReasonCode.QuotaExceeded or MqttConnectReasonCode.ConnectionRateExceeded
            or MqttConnectReasonCode.UseAnotherServer or MqttConnectReasonCode.ServerMoved
            or MqttConnectReasonCode.UnspecifiedError => 3,
        MqttConnectReasonCode.BadUserNameOrPassword => 4,
        _ => 5,
    };

    internal static MqttConnectReasonCode ToReason(byte code) => code switch
    {
        0 => MqttConnectReasonCode.Success,
        1 => MqttConnectReasonCode.UnsupportedProtocolVersion,
        2 => MqttConnectReasonCode.ClientIdentifierNotValid,
        3 => MqttConnectReasonCode.ServerUnavailable,
        4 => MqttConnectReasonCode.BadUserNameOrPassword,
        5 => MqttConnectReasonCode.NotAuthorized,
        _ => throw MqttBodyReader.Malformed($"return code {code} is reserved"),
    };
}
