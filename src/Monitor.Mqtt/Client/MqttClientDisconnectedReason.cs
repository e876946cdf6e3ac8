using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Client;

/// <summary>Why a client's connection ended.</summary>
/// <param name="ReasonCode">The code of the DISCONNECT sent or received, or the one that fits.</param>
/// <param name="Detail">In words, for the log.</param>
/// <param name="ByServer">The server sent DISCONNECT.</param>
/// <param name="Exception">What the transport threw; null when nothing did.</param>
public sealed record MqttClientDisconnectedReason(
    MqttDisconnectReasonCode ReasonCode, string Detail, bool ByServer = false, Exception? Exception = null);
