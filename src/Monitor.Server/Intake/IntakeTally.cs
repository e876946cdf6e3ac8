using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>What the intake did since it started: for the health page, never for judgements.</summary>
internal sealed class IntakeTally
{
    private long _readings;
    private long _batches;
    private long _repeats;
    private long _deadLetters;
    private long _refused;

    /// <summary>Readings stored.</summary>
    internal long Readings => Interlocked.Read(ref _readings);

    /// <summary>Batches stored.</summary>
    internal long Batches => Interlocked.Read(ref _batches);

    /// <summary>Batches that came again.</summary>
    internal long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Messages kept apart, conflicts with them.</summary>
    internal long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>Messages told to come again later.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

    internal void Refuse() => Interlocked.Increment(ref _refused);

    internal void Add(Arrival arrival, AppendOutcome outcome)
    {
        switch (outcome)
        {
            case AppendOutcome.Stored when arrival is BatchArrival batch:
                Interlocked.Increment(ref _batches);
                Interlocked.Add(ref _readings, batch.Batch.Readings.Count);
                break;
            case AppendOutcome.Repeat:
                Interlocked.Increment(ref _repeats);
                break;
            case AppendOutcome.Noted:
                break;
            default:
                Interlocked.Increment(ref _deadLetters);
                break;
        }
    }
}
