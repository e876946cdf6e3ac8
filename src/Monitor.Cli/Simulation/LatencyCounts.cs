namespace Monitor.Cli.Simulation;

/// <summary>
/// Times counted in classes that grow by 2 %, from a microsecond to a quarter of an hour: as exact as such figures are,
/// and the same memory for any number of them.
/// </summary>
internal sealed class LatencyCounts
{
    private const double Growth = 1.02;
    private static readonly double LogGrowth = Math.Log(Growth);
    private readonly long[] _counts = new long[1050];

    /// <summary>How many were counted.</summary>
    internal long Count { get; private set; }

    /// <summary>The longest.</summary>
    internal TimeSpan Longest { get; private set; }

    internal void Add(TimeSpan time)
    {
        double microseconds = Math.Max(1, time.TotalMicroseconds);
        int at = Math.Min(_counts.Length - 1, (int)(Math.Log(microseconds) / LogGrowth));
        _counts[at]++;
        Count++;
        if (time > Longest) Longest = time;
    }

    /// <summary>Takes another's counts in.</summary>
    internal void Add(LatencyCounts other)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        Count += other.Count;
        if (other.Longest > Longest) Longest = other.Longest;
    }

    /// <summary>The time in milliseconds that so large a share took at most, within 2 %; 0 where nothing was counted.</summary>
    internal double Milliseconds(double share)
    {
        long wanted = (long)Math.Ceiling(Count * share), seen = 0;
        for (int i = 0; i < _counts.Length && wanted > 0; i++)
        {
            seen += _counts[i];
            if (seen >= wanted) return Math.Min(Math.Pow(Growth, i + 1) / 1000, Longest.TotalMilliseconds);
        }
        return 0;
    }
}
