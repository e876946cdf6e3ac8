using System.Diagnostics.CodeAnalysis;

namespace Monitor.Domain.Readings;

/// <summary>
/// What one reading stands for in time. A series has one statistic, and a programme names the one it uses.
/// </summary>
public enum Statistic : byte
{
    /// <summary>A sample at one moment (<c>rtd</c>; HJ 212 CN 2011).</summary>
    Instantaneous = 0,

    /// <summary>A mean over a minute period; the time is the period's start (<c>min</c>; CN 2051).</summary>
    Minute = 1,

    /// <summary>A mean over an hour period; the time is the period's start (<c>hour</c>; CN 2061).</summary>
    Hour = 2,

    /// <summary>A mean over a day; the time is the day's start (<c>day</c>; CN 2031).</summary>
    Day = 3,
}

/// <summary>The wire names of <see cref="Statistic"/>.</summary>
public static class StatisticNames
{
    private static readonly string[] Names = ["rtd", "min", "hour", "day"];

    /// <summary><c>rtd</c>, <c>min</c>, <c>hour</c> or <c>day</c>.</summary>
    public static string Name(this Statistic statistic) => Names[(int)statistic];

    /// <summary>Reads a wire name; exact, lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out Statistic statistic)
    {
        int at = name is null ? -1 : Array.IndexOf(Names, name);
        statistic = at < 0 ? default : (Statistic)at;
        return at >= 0;
    }
}
