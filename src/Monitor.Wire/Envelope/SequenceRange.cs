namespace Monitor.Wire.Envelope;

/// <summary>Batches of one boot by their sequences.</summary>
/// <param name="From">The first, from 1.</param>
/// <param name="To">The last, inclusive; not below <paramref name="From"/>.</param>
public readonly record struct SequenceRange(long From, long To)
{
    /// <summary>Whether the two ends make a range.</summary>
    public bool IsValid => From >= 1 && To >= From;
}
