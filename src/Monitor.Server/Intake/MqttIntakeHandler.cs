using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Monitor.Storage;

namespace Monitor.Server.Intake;

/// <summary>
/// The broker's end of the agents' connections. There is no subscription and no queue between the socket and the
/// commit: PUBACK means that the message is on disk.
/// </summary>
internal sealed class MqttIntakeHandler : ConnectionHandler
{
    private readonly IntakeCommitter _committer;
    private readonly IntakeLimits _limits;
    private readonly ILogger<MqttIntakeHandler> _log;
    private readonly CancellationToken _stopping;
    private readonly MqttServerSessionOptions _options;
    private readonly ConcurrentDictionary<string, MqttServerSession> _connected = new(StringComparer.Ordinal);

    public MqttIntakeHandler(IntakeCommitter committer, IntakeLimits limits, TimeProvider clock,
        IHostApplicationLifetime lifetime, ILogger<MqttIntakeHandler> log)
    {
        (_committer, _limits, _log, _stopping) = (committer, limits, log, lifetime.ApplicationStopping);
        _options = new MqttServerSessionOptions
        {
            Authenticate = Authenticate,
            Publish = PublishAsync,
            Connected = TakeOver,
            MaximumPacketSize = limits.PacketBytesMax,
            TimeProvider = clock,
        };
    }

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new MqttServerSession(
            connection.Transport.Input, connection.Transport.Output, _options, connection.RemoteEndPoint?.ToString());
        MqttSessionEnd end = await session.RunAsync(_stopping);
        _connected.TryRemove(KeyValuePair.Create(session.ClientId, session));
        LogLevel level = end.Reason switch
        {
            MqttSessionEndReason.CallbackFailed => LogLevel.Error,
            MqttSessionEndReason.ClientDisconnected or MqttSessionEndReason.HostStopping => LogLevel.Debug,
            _ => LogLevel.Information,
        };
        _log.Log(level, end.Exception, "Agent {Agent} at {Address}: {Reason}. {Detail}",
            session.ClientId, session.RemoteEndPoint, end.Reason, end.Detail);
    }

    /// <summary>The client id is the agent's id; whoever names none has no place in a topic.</summary>
    private ValueTask<MqttConnectReasonCode> Authenticate(
        MqttServerSession session, MqttConnectPacket connect, CancellationToken cancellationToken)
    {
        if (!Identifier.IsValid(connect.ClientId)) return new(MqttConnectReasonCode.ClientIdentifierNotValid);
        TimeSpan third = TimeSpan.FromSeconds(connect.KeepAlivePeriod) / 3;
        session.Tag = third > TimeSpan.Zero && third < _limits.CommitWaitMax ? third : _limits.CommitWaitMax;
        return new(MqttConnectReasonCode.Success);
    }

    /// <summary>[MQTT-3.1.4-3] The same client on a second connection ends the first.</summary>
    private void TakeOver(MqttServerSession session)
    {
        MqttServerSession? former = null;
        _connected.AddOrUpdate(session.ClientId, session, (_, there) =>
        {
            former = there;
            return session;
        });
        if (former is null) return;
        _log.LogWarning("Agent {Agent} connected from {Address} while connected from {Former}: the former is ended.",
            session.ClientId, session.RemoteEndPoint, former.RemoteEndPoint);
        former.Disconnect(MqttDisconnectReasonCode.SessionTakenOver);
    }

    private async ValueTask<MqttPubAckReasonCode> PublishAsync(
        MqttServerSession session, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        CrashPoint.Reach("received");
        IntakeCheck check = IntakeCheck.Of(session.ClientId, packet.Topic, packet.Payload);
        if (check.Arrival is DeadLetterArrival letter)
        {
            _log.LogWarning("Agent {Agent}, topic {Topic}: kept apart. {Reason}",
                letter.Agent, letter.Topic, letter.Reason);
        }
        AppendOutcome? outcome =
            await _committer.CommitAsync(check.Arrival, packet.Payload.Length, (TimeSpan)session.Tag!);
        return outcome is AppendOutcome known ? check.AnswerTo(known) : MqttPubAckReasonCode.QuotaExceeded;
    }
}
