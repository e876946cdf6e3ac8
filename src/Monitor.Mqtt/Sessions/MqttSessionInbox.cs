using System.Collections.Concurrent;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Sessions;

/// <summary>What a server does with each packet of a client that was taken.</summary>
internal sealed class MqttSessionInbox(
    MqttServerSession session, MqttServerSessionOptions options, MqttOutput output, MqttIncomingPublishes incoming,
    MqttPublishWindow outgoing, ConcurrentDictionary<string, MqttQualityOfServiceLevel> subscriptions,
    MqttConnectPacket connect)
{
    private static readonly MqttPingRespPacket PingResp = new();
    private readonly Dictionary<ushort, string> _aliases = [];

    internal ValueTask HandleAsync(MqttPacket packet, MqttKeepAlive keepAlive, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttPublishPacket p:
                if (p.Properties?.SubscriptionIdentifiers is not null) // [MQTT-3.3.4-6]
                    throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                        "A client's message with a subscription identifier.");
                ResolveAlias(p);
                return incoming.AcceptAsync(p, keepAlive, cancellationToken);
            case MqttPingReqPacket: output.Write(PingResp); break; // [MQTT-3.12.4-1]
            case MqttPubRelPacket p: incoming.Release(p.PacketIdentifier); break;
            case MqttPubAckPacket p when outgoing.Acknowledge(p.PacketIdentifier, p.ReasonCode): break;
            case MqttSubscribePacket p: return SubscribeAsync(p, cancellationToken);
            case MqttUnsubscribePacket p: return UnsubscribeAsync(p, cancellationToken);
            case MqttDisconnectPacket p: Disconnected(p); break;
            default: // a second CONNECT [MQTT-3.1.0-2], a server's packet, an answer to nothing
                throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                    $"{packet.PacketType} has no place here.");
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// [MQTT-3.3.2-8], [MQTT-3.3.2-9]: within the maximum; an empty topic means the one the alias had last.
    /// </summary>
    private void ResolveAlias(MqttPublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not ushort alias) return;
        if (alias == 0 || alias > options.TopicAliasMaximum)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.TopicAliasInvalid,
                $"Topic alias {alias}.");
        if (packet.Topic.Length > 0) _aliases[alias] = packet.Topic;
        else if (_aliases.TryGetValue(alias, out string? topic)) packet.Topic = topic;
        else throw new MqttProtocolViolationException(
            MqttDisconnectReasonCode.ProtocolError, $"Topic alias {alias} was never given a topic.");
    }

    private async ValueTask SubscribeAsync(MqttSubscribePacket packet, CancellationToken cancellationToken)
    {
        if (packet.Properties?.SubscriptionIdentifiers is not null)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.SubscriptionIdentifiersNotSupported,
                "Subscription identifiers are not supported.");
        var codes = new MqttSubscribeReasonCode[packet.TopicFilters.Count];
        var isNew = new bool[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            isNew[i] = !subscriptions.ContainsKey(packet.TopicFilters[i].Topic);
            codes[i] = await GrantAsync(packet.TopicFilters[i], cancellationToken);
        }
        output.Write(new MqttSubAckPacket { PacketIdentifier = packet.PacketIdentifier, ReasonCodes = codes });
        for (int i = 0; i < codes.Length && options.Subscribed is not null; i++)
        {
            bool granted = codes[i] <= MqttSubscribeReasonCode.GrantedQoS2;
            if (granted) options.Subscribed(session, packet.TopicFilters[i], isNew[i]);
        }
    }

    private async ValueTask<MqttSubscribeReasonCode> GrantAsync(
        MqttTopicFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Topic.StartsWith("$share/", StringComparison.Ordinal))
            return !filter.NoLocal ? MqttSubscribeReasonCode.SharedSubscriptionsNotSupported
                : throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                    "No Local on a shared subscription."); // [MQTT-3.8.3-4]
        if (options.Subscribe is null) return MqttSubscribeReasonCode.NotAuthorized;
        var answer = await options.Subscribe(session, filter, cancellationToken);
        if (answer > MqttSubscribeReasonCode.GrantedQoS2) return answer;
        // Room for every grant that makes sense, and none for a client that names filters without end.
        bool full = subscriptions.Count >= options.SubscriptionsMaximum && !subscriptions.ContainsKey(filter.Topic);
        if (full) return MqttSubscribeReasonCode.QuotaExceeded;
        var qos = (MqttQualityOfServiceLevel)Math.Min(
            Math.Min((byte)answer, (byte)filter.QualityOfServiceLevel), (byte)MqttQualityOfServiceLevel.AtLeastOnce);
        subscriptions[filter.Topic] = qos; // [MQTT-3.8.4-3] replaces one of the same filter
        return (MqttSubscribeReasonCode)qos;
    }

    private async ValueTask UnsubscribeAsync(MqttUnsubscribePacket packet, CancellationToken cancellationToken)
    {
        var codes = new MqttUnsubscribeReasonCode[packet.TopicFilters.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            string filter = packet.TopicFilters[i];
            bool ended = subscriptions.TryRemove(filter, out _);
            codes[i] = ended ? MqttUnsubscribeReasonCode.Success : MqttUnsubscribeReasonCode.NoSubscriptionExisted;
            if (ended && options.Unsubscribe is not null) await options.Unsubscribe(session, filter, cancellationToken);
        }
        output.Write(new MqttUnsubAckPacket { PacketIdentifier = packet.PacketIdentifier, ReasonCodes = codes });
    }

    private void Disconnected(MqttDisconnectPacket packet)
    {
        // [MQTT-3.14.2-2] of 5.0: a session that was to end with the connection cannot be prolonged now.
        if (packet.Properties?.SessionExpiryInterval > 0 && !(connect.Properties?.SessionExpiryInterval > 0))
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                "A session expiry at DISCONNECT where CONNECT had none.");
        session.End(new(MqttSessionEndReason.ClientDisconnected, packet.ReasonCode,
            packet.Properties?.ReasonString ?? "The client disconnected."));
    }
}
