using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Server.People;

namespace Monitor.Server.Intake;

/// <summary>
/// Lets agents in: by certificate (CN = agent id) or by password, always as a registered agent and under its own id; or
/// without either from this machine, see <see cref="UnregisteredAgents"/>.
/// </summary>
internal sealed class AgentDoor(
    AgentRegister register, UnregisteredAgents unregistered, IntakeLimits limits, TimeProvider clock) : IDisposable
{
    // What is verified against where nobody is registered under the id, so that the answer takes as long.
    private static readonly string Nobody = AgentPassword.Hash(AgentPassword.Generate());

    // Passwords that were found right, by a key of this process: an agent that comes back does not cost a derivation.
    private readonly ConcurrentDictionary<string, (string Hash, byte[] Proof)> _known = new(StringComparer.Ordinal);
    private readonly byte[] _proofKey = RandomNumberGenerator.GetBytes(32);

    // Guesses must not take the processors from the intake.
    private readonly SemaphoreSlim _deriving = new(Math.Max(1, Environment.ProcessorCount / 2));
    private volatile bool _anyRegistered;

    /// <summary>Decides on a CONNECT.</summary>
    /// <returns>The code to answer with, and with success the pass; otherwise why, for the list of alarms.</returns>
    internal async ValueTask<(MqttConnectReasonCode Code, AgentPass? Pass, string Why)> AdmitAsync(
        MqttConnectPacket connect, AgentCaller caller, CancellationToken cancellationToken)
    {
        string id = connect.ClientId;
        if (!Identifier.IsValid(id)) return (MqttConnectReasonCode.ClientIdentifierNotValid, null, "Its client id is no id.");
        RegisteredAgent? agent = register.Find(id);
        bool isGood = agent is { RevokedPosition: null };
        if (caller.Certificate is X509Certificate2 certificate)
        {
            string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            if (name != id) return (MqttConnectReasonCode.ClientIdentifierNotValid, null,
                "Its client id is not the CN of its certificate.");
            return isGood
                ? (MqttConnectReasonCode.Success, Pass(connect, agent), "")
                : (MqttConnectReasonCode.NotAuthorized, null, $"The agent of its certificate is {Standing(agent)}.");
        }
        // Whoever is registered under an id must prove it; and who was revoked is out, wherever the call comes from.
        if (agent is null && IsOpenTo(caller)) return (MqttConnectReasonCode.Success, Pass(connect, null), "");
        if (connect.Username is null || connect.Password is not ReadOnlyMemory<byte> password)
        {
            return (MqttConnectReasonCode.NotAuthorized, null, "It shows neither a password nor a certificate.");
        }
        if (connect.Username != id) return (MqttConnectReasonCode.ClientIdentifierNotValid, null,
            "Its client id is not its user name.");
        bool proves = await ProvesAsync(id, isGood ? agent!.PasswordHash : Nobody, password, cancellationToken);
        return proves && isGood
            ? (MqttConnectReasonCode.Success, Pass(connect, agent), "")
            : (MqttConnectReasonCode.BadUserNameOrPassword, null,
                isGood ? "Its password is wrong." : $"The agent is {Standing(agent)}.");
    }

    public void Dispose() => _deriving.Dispose();

    private static string Standing(RegisteredAgent? agent) => agent is null ? "not registered" : "revoked";

    private bool IsOpenTo(AgentCaller caller) => caller.IsHere && unregistered switch
    {
        UnregisteredAgents.OnThisMachine => true,
        UnregisteredAgents.UntilOneIsRegistered => !AnyRegistered(),
        _ => false,
    };

    // Registrations are never taken away, so a yes holds for ever.
    private bool AnyRegistered() => _anyRegistered || (_anyRegistered = register.All().Count > 0);

    private async ValueTask<bool> ProvesAsync(
        string id, string hash, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        byte[] proof = HMACSHA256.HashData(_proofKey, password.Span);
        bool known = _known.TryGetValue(id, out (string Hash, byte[] Proof) found) && found.Hash == hash;
        if (known && CryptographicOperations.FixedTimeEquals(found.Proof, proof)) return true;
        await _deriving.WaitAsync(cancellationToken);
        try
        {
            if (!AgentPassword.Verify(hash, password.Span)) return false;
        }
        finally
        {
            _deriving.Release();
        }
        _known[id] = (hash, proof);
        return true;
    }

    private AgentPass Pass(MqttConnectPacket connect, RegisteredAgent? agent)
    {
        TimeSpan third = TimeSpan.FromSeconds(connect.KeepAlivePeriod) / 3;
        TimeSpan wait = third > TimeSpan.Zero && third < limits.CommitWaitMax ? third : limits.CommitWaitMax;
        byte[]? key = agent is { PublicKey.Length: > 0 } ? Convert.FromBase64String(agent.PublicKey) : null;
        return new AgentPass(connect.ClientId, agent, key, wait, new AgentAllowance(limits, clock));
    }
}
