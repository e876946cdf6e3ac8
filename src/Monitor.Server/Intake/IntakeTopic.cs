using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>A topic of the house: <c>monitor/v1/{section}/{agent}/{kind}</c>.</summary>
/// <param name="Section">Section id.</param>
/// <param name="Agent">Agent id.</param>
/// <param name="Kind">One of the kinds below.</param>
internal sealed record IntakeTopic(string Section, string Agent, string Kind)
{
    /// <summary>Batches, from the agent.</summary>
    internal const string Data = "data";

    /// <summary>Birth and will, from the agent; the last is kept.</summary>
    internal const string State = "state";

    /// <summary>Instruments and the like, from the agent; the last is kept.</summary>
    internal const string Meta = "meta";

    /// <summary>What is on disk, to the agent.</summary>
    internal const string Receipt = "receipt";

    /// <summary>What the server asks for, to the agent.</summary>
    internal const string Command = "cmd";

    private const string Prefix = "monitor/v1/";

    /// <summary>Reads a topic; exact.</summary>
    internal static bool TryRead(string topic, [NotNullWhen(true)] out IntakeTopic? read)
    {
        read = null;
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = topic.AsSpan(Prefix.Length);
        int first = rest.IndexOf('/');
        if (first < 0 || !Identifier.IsValid(rest[..first])) return false;
        ReadOnlySpan<char> after = rest[(first + 1)..];
        int second = after.IndexOf('/');
        if (second < 0 || !Identifier.IsValid(after[..second])) return false;
        string? kind = KindOf(after[(second + 1)..]);
        if (kind is null) return false;
        read = new IntakeTopic(rest[..first].ToString(), after[..second].ToString(), kind);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Section}/{Agent}/{Kind}";

    private static string? KindOf(ReadOnlySpan<char> word) => word switch
    {
        Data => Data,
        State => State,
        Meta => Meta,
        Receipt => Receipt,
        Command => Command,
        _ => null,
    };
}
