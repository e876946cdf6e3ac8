using System.Globalization;

namespace Monitor.Rules.WaterQuality;

/// <summary>Rounding by GB/T 8170-2008 3.2: half to the even digit (四舍六入五成双). Once, at a named place.</summary>
public static class Gb8170
{
    /// <summary>Decimals of an exceedance multiple.</summary>
    public const int MultipleDecimals = 2;

    /// <summary>Rounds to a count of decimal places, 0 to 28.</summary>
    public static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.ToEven);

    /// <summary>
    /// Rounds to the digits of a limit as it is printed, for who compares rounded values (GB/T 8170-2008 4.3.3); classes here
    /// compare the full value (4.3.2).
    /// </summary>
    public static decimal RoundAs(decimal value, decimal limit) => Round(value, limit.Scale);

    /// <summary>A share as whole per cent.</summary>
    public static string Percent(decimal share) => Round(share * 100, 0).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>An exceedance multiple as documents print it: at most two decimals, trailing zeros dropped.</summary>
    public static string Multiple(decimal exceedance) =>
        Round(exceedance, MultipleDecimals).ToString("0.##", CultureInfo.InvariantCulture);
}
