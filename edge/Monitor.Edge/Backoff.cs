namespace Monitor.Edge;

/// <summary>
/// Waiting times between attempts: a ceiling that doubles with each failure, and a wait drawn evenly from nothing to
/// the ceiling, so that a hundred agents that lost one server do not come back in step.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan most, Random chance)
{
    private int failures;

    /// <summary>The longest that the next wait can be.</summary>
    internal TimeSpan Ceiling => first * Math.Min(most / first, Math.Pow(2, Math.Min(failures, 62)));

    /// <summary>How long to wait now; counts a failure.</summary>
    internal TimeSpan Next()
    {
        TimeSpan wait = Ceiling * chance.NextDouble();
        failures++;
        return wait;
    }

    /// <summary>Something succeeded: the next failure waits shortly again.</summary>
    internal void Reset() => failures = 0;
}
