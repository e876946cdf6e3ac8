using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// What a server that misses batches says on an agent's topic <c>cmd</c>:
/// <c>{"cmd":"resend","boot":"…","from":1,"to":500}</c>. The agent sends again what it still keeps of them.
/// </summary>
/// <param name="Boot">Which of the agent's boots.</param>
/// <param name="Sequences">Which batches.</param>
public sealed record ResendCommand(string Boot, SequenceRange Sequences)
{
    private const string Name = "resend";

    /// <summary>Largest command, in bytes.</summary>
    public const int BytesMax = 1024;

    /// <summary>The command's bytes.</summary>
    public byte[] ToBytes() => JsonBytes.Write(json =>
    {
        json.WriteString("cmd"u8, Name);
        json.WriteString("boot"u8, Boot);
        json.WriteNumber("from"u8, Sequences.From);
        json.WriteNumber("to"u8, Sequences.To);
    });

    /// <summary>Reads any bytes and never throws; unknown keys are ignored.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="command">The command.</param>
    /// <param name="reason">Why it is none, in a sentence; empty where it is one.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ResendCommand? command, out string reason)
    {
        ResendCommand? read = null;
        reason = JsonBytes.Read(payload, BytesMax, json =>
        {
            if (json.GetProperty("cmd").GetString() != Name) return "The command is unknown; known is resend.";
            string boot = json.GetProperty("boot").GetString() ?? "";
            var sequences = new SequenceRange(
                json.GetProperty("from").GetInt64(), json.GetProperty("to").GetInt64());
            if (!Identifier.IsValid(boot) || !sequences.IsValid) return "It names no boot, or no range.";
            read = new ResendCommand(boot, sequences);
            return "";
        });
        command = read;
        return command is not null;
    }
}
