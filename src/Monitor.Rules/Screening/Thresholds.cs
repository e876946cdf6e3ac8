using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Checks that the limits records share.</summary>
internal static class Thresholds
{
    /// <summary>Largest threshold; keeps threshold × milliseconds inside a decimal.</summary>
    public const decimal Max = 1_000_000_000_000m;

    public static decimal? Checked(decimal? threshold, string name) =>
        threshold is < 0 or > Max
            ? throw new ArgumentException($"The {name} threshold {threshold} is not between 0 and {Max}.", name)
            : threshold;

    public static void CheckLengths(int length, int values)
    {
        if (length != values) throw new ArgumentException($"A list of {length} stands beside {values} values.");
    }

    /// <summary>Equal times are allowed: two instruments may report at one moment.</summary>
    public static void CheckOrder(ReadOnlySpan<Instant> times)
    {
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
            {
                throw new ArgumentException($"Time {times[i]} follows {times[i - 1]}: sort the series.");
            }
        }
    }

    /// <summary>The median step in milliseconds, the mean of the middle two where their count is even.</summary>
    public static decimal MedianStep(ReadOnlySpan<Instant> times)
    {
        var steps = new long[times.Length - 1];
        for (int i = 1; i < times.Length; i++)
        {
            steps[i - 1] = times[i].UnixMilliseconds - times[i - 1].UnixMilliseconds;
        }
        Array.Sort(steps);
        int middle = steps.Length / 2;
        return steps.Length % 2 == 1 ? steps[middle] : ((decimal)steps[middle - 1] + steps[middle]) / 2;
    }
}
