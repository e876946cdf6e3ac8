using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// Notices two machines that send under one agent's id. Each has an outbox, so a boot, of its own; and one that had given
/// way to the other comes again with batches that it made since. An outbox that is only emptied late brings older ones.
/// </summary>
/// <param name="alarm">Told of each change back: the agent and what was seen. Called on the committer's thread.</param>
/// <param name="agentsMax">Most agents kept in mind; beyond it all are forgotten, and seen anew.</param>
internal sealed class BootWatch(Action<string, string> alarm, int agentsMax = 20_000)
{
    /// <summary>Most boots of one agent kept in mind; the longest silent one is forgotten first.</summary>
    internal const int BootsMax = 8;

    private readonly Dictionary<string, List<Life>> _agents = new(StringComparer.Ordinal);

    /// <summary>A batch was stored for the first time. Called by one thread at a time.</summary>
    internal void See(ReadingBatch batch)
    {
        if (!_agents.TryGetValue(batch.Agent, out List<Life>? lives))
        {
            if (_agents.Count >= agentsMax) _agents.Clear();
            _agents.Add(batch.Agent, [new Life(batch.Boot, batch.Sent)]);
            return;
        }
        Life current = lives[^1];
        if (current.Boot == batch.Boot) return;
        int at = lives.FindIndex(l => l.Boot == batch.Boot);
        if (at < 0)
        {
            if (lives.Count == BootsMax) lives.RemoveAt(0);
            lives.Add(new Life(batch.Boot, batch.Sent));
            return;
        }
        if (batch.Sent < current.Began) return;
        Life again = lives[at];
        lives.RemoveAt(at);
        lives.Add(again);
        alarm(batch.Agent, $"Boot {batch.Boot} made batch {batch.Sequence} at {batch.Sent}, after boot {current.Boot} had begun "
            + $"at {current.Began}: two outboxes send under this id.");
    }

    /// <param name="Boot">The boot.</param>
    /// <param name="Began">When the first batch seen of it was made, by its agent's clock.</param>
    private sealed record Life(string Boot, Instant Began);
}
