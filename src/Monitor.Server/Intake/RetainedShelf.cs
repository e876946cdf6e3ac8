using System.Collections.Concurrent;
using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// The last message of each agent's <c>state</c> and <c>meta</c>: in the record, and in memory to be handed on.
/// </summary>
internal sealed class RetainedShelf
{
    private readonly IntakeCommitter _committer;
    private readonly IntakeLimits _limits;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _messages = new(StringComparer.Ordinal);

    public RetainedShelf(IReadingStore record, IntakeCommitter committer, IntakeLimits limits)
    {
        (_committer, _limits) = (committer, limits);
        foreach (RetainedMessage message in record.Retained()) _messages[message.Topic] = message.Payload;
    }

    /// <summary>The topic's message; null for none.</summary>
    internal ReadOnlyMemory<byte>? Find(string topic) =>
        _messages.TryGetValue(topic, out ReadOnlyMemory<byte> payload) ? payload : null;

    /// <summary>Keeps a message in place of the topic's former one; null where the store or the shelf has no room now.</summary>
    internal async ValueTask<AppendOutcome?> PutAsync(AgentPass pass, string topic, ReadOnlyMemory<byte> payload)
    {
        if (!HasRoom(topic)) return null;
        AppendOutcome? outcome = await _committer.CommitAsync(
            new RetainedArrival(pass.Agent, topic, payload), payload.Length, pass.CommitWait);
        if (outcome is null) return null;
        Show(topic, payload);
        return outcome;
    }

    /// <summary>Topics that have a message.</summary>
    internal ICollection<string> Topics => _messages.Keys;

    /// <summary>Whether a message of the topic can be kept.</summary>
    internal bool HasRoom(string topic) => _messages.Count < _limits.RetainedMax || _messages.ContainsKey(topic);

    /// <summary>Hands on from now what is in the record.</summary>
    internal void Show(string topic, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty) _messages.TryRemove(topic, out _);
        else _messages[topic] = payload;
    }
}
