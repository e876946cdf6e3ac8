using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// Notices agents whose clock is not to be believed, on the day their batches come in: the times in them may lie in any year,
/// and nobody looks for them there.
/// </summary>
/// <param name="alarm">Told when an agent's batches begin to be doubtful, not of each: the agent and why.</param>
/// <param name="agentsMax">Most agents kept in mind; beyond it all are forgotten, and told of anew.</param>
internal sealed class DoubtWatch(Action<string, string> alarm, int agentsMax = 20_000)
{
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);

    /// <summary>A batch was stored for the first time. Called by one thread at a time.</summary>
    internal void See(ReadingBatch batch, Instant receivedAt)
    {
        if (ClockDoubt.Of(batch, receivedAt) is not string why)
        {
            _doubted.Remove(batch.Agent);
            return;
        }
        if (_doubted.Contains(batch.Agent)) return;
        if (_doubted.Count >= agentsMax) _doubted.Clear();
        _doubted.Add(batch.Agent);
        alarm(batch.Agent, $"Batch {batch.Boot}/{batch.Sequence}: {why}");
    }
}
