using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// What an agent says of itself on its topic <c>state</c>, retained; the same with <c>online</c> false is its will. It is
/// for people who look after agents, and no judgement reads it.
/// </summary>
/// <param name="Agent">Agent id.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="Online">Whether it is connected.</param>
/// <param name="At">When it said so, by its own clock; of a will, when it connected.</param>
/// <param name="Pending">Readings that it has and the server has not; null in a will.</param>
/// <param name="Fill">How much of its outbox's bound is filled, 0 to 1; null in a will.</param>
/// <param name="Alarms">What a person should know, as <c>disk-full</c>; ids.</param>
public sealed record AgentState(
    string Agent, string Boot, bool Online, Instant At, long? Pending, decimal? Fill, IReadOnlyList<string> Alarms)
{
    /// <summary>Largest state, in bytes.</summary>
    public const int BytesMax = 4096;

    private const int AlarmsMax = 32;

    /// <summary>The state's bytes:
    /// <c>{"v":1,"agent":…,"boot":…,"online":true,"at":ms,"pending":0,"fill":0.01,"alarms":[]}</c>.</summary>
    public byte[] ToBytes() => JsonBytes.Write(json =>
    {
        json.WriteNumber("v"u8, EnvelopeLimits.Version);
        json.WriteString("agent"u8, Agent);
        json.WriteString("boot"u8, Boot);
        json.WriteBoolean("online"u8, Online);
        json.WriteNumber("at"u8, At.UnixMilliseconds);
        if (Pending is long pending) json.WriteNumber("pending"u8, pending);
        if (Fill is decimal fill) json.WriteNumber("fill"u8, fill);
        json.WriteStartArray("alarms"u8);
        foreach (string alarm in Alarms) json.WriteStringValue(alarm);
        json.WriteEndArray();
    });

    /// <summary>Reads any bytes and never throws; unknown keys are ignored.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="state">The state.</param>
    /// <param name="reason">Why it is none, in a sentence; empty where it is one.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out AgentState? state, out string reason)
    {
        AgentState? read = null;
        reason = JsonBytes.Read(payload, BytesMax, json =>
        {
            if (json.GetProperty("v").GetInt32() != EnvelopeLimits.Version) return "Its version is unknown.";
            string agent = json.GetProperty("agent").GetString() ?? "";
            string boot = json.GetProperty("boot").GetString() ?? "";
            long at = json.GetProperty("at").GetInt64();
            string[] alarms = [.. json.GetProperty("alarms").EnumerateArray().Select(a => a.GetString() ?? "")];
            bool named = Identifier.IsValid(agent) && Identifier.IsValid(boot);
            if (!named || alarms.Length > AlarmsMax || !alarms.All(a => Identifier.IsValid(a)))
            {
                return "It names no agent, no boot, or alarms that are none.";
            }
            if (!EnvelopeLimits.IsTime(at)) return "Its time is out of range.";
            read = new AgentState(agent, boot, json.GetProperty("online").GetBoolean(), new Instant(at),
                json.TryGetProperty("pending", out JsonElement pending) ? pending.GetInt64() : null,
                json.TryGetProperty("fill", out JsonElement fill) ? fill.GetDecimal() : null, alarms);
            return "";
        });
        state = read;
        return state is not null;
    }
}
