using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;

namespace Monitor.Server.Intake;

/// <summary>
/// The broker's end of the agents' connections: who is connected, how they come in and how they go. What they publish is
/// <see cref="IntakeDesk"/>'s, what they are sent <see cref="AgentPost"/>'s.
/// </summary>
internal sealed class MqttIntakeHandler : ConnectionHandler
{
    private readonly AgentDoor _door;
    private readonly IntakeDesk _desk;
    private readonly IntakeLimits _limits;
    private readonly ILogger<MqttIntakeHandler> _log;
    private readonly CancellationToken _stopping;
    private readonly MqttServerSessionOptions _options;
    private readonly AgentWills _wills;
    private readonly ConcurrentDictionary<string, MqttServerSession> _connected = new(StringComparer.Ordinal);
    private int _connections;

    public MqttIntakeHandler(AgentDoor door, IntakeDesk desk, AgentPost post, IntakeLimits limits, TimeProvider clock,
        IHostApplicationLifetime lifetime, ILogger<MqttIntakeHandler> log)
    {
        (_door, _desk, _limits, _log, _stopping) = (door, desk, limits, log, lifetime.ApplicationStopping);
        _wills = new AgentWills(desk, _connected.ContainsKey, clock);
        _options = new MqttServerSessionOptions
        {
            Authenticate = AuthenticateAsync,
            Publish = desk.PublishAsync,
            Throttle = static (session, packet) => ((AgentPass)session.Tag!).Allowance.Take(packet.Payload.Length),
            Subscribe = AgentPost.Grant,
            Subscribed = post.Begin,
            Connected = TakeOver,
            KeepAliveMaximum = limits.KeepAliveMax,
            SilenceMaximum = limits.KeepAliveMax * 3 / 2,
            MaximumPacketSize = limits.PacketBytesMax,
            TimeProvider = clock,
        };
    }

    /// <summary>Sessions that are taken in now.</summary>
    internal ICollection<MqttServerSession> Connected => _connected.Values;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        try
        {
            if (Interlocked.Increment(ref _connections) > _limits.ConnectionsMax)
            {
                _log.LogWarning("A connection from {Address} is one too many: {Max} are served.",
                    connection.RemoteEndPoint, _limits.ConnectionsMax);
                connection.Abort();
                return;
            }
            await ServeAsync(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        var session = new MqttServerSession(
            connection.Transport.Input, connection.Transport.Output, _options, connection.RemoteEndPoint?.ToString())
        {
            Tag = new AgentCaller(
                (connection.RemoteEndPoint as IPEndPoint)?.Address,
                connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate),
        };
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
        if (end.Will is not null && session.Tag is AgentPass pass && end.Reason != MqttSessionEndReason.HostStopping)
        {
            _wills.Take(pass, end.Will, end.WillDelay);
        }
    }

    private async ValueTask<MqttConnectReasonCode> AuthenticateAsync(
        MqttServerSession session, MqttConnectPacket connect, CancellationToken cancellationToken)
    {
        try
        {
            var caller = (AgentCaller)session.Tag!;
            (MqttConnectReasonCode code, AgentPass? pass, string why) =
                await _door.AdmitAsync(connect, caller, cancellationToken);
            if (pass is not null) session.Tag = pass;
            else _desk.Alarm("", AlarmKinds.NotLetIn, $"{Printable(connect.ClientId)} at {session.RemoteEndPoint}: {why}");
            return code;
        }
        catch (StoreUnavailableException e)
        {
            _log.LogWarning("The register of agents cannot be read: {Reason}", e.Message);
            return MqttConnectReasonCode.ServerUnavailable;
        }
    }

    private static string Printable(string id) => Identifier.IsValid(id) ? id : "a client without an id";

    /// <summary>[MQTT-3.1.4-3] The same client on a second connection ends the first. What both sent is kept.</summary>
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
        _desk.Alarm(session.ClientId, AlarmKinds.TakenOver,
            $"Connected from {session.RemoteEndPoint} while connected from {former.RemoteEndPoint}.");
        former.Disconnect(MqttDisconnectReasonCode.SessionTakenOver);
    }
}
