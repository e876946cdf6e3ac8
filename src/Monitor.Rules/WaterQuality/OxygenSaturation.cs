namespace Monitor.Rules.WaterQuality;

/// <summary>
/// Saturation of dissolved oxygen. GB 3838-2002 prints class I as "saturation 90 % (or 7.5 mg/L)"; programmes and
/// <c>classify</c> judge by mg/L, and this says what the other reading would give.
/// </summary>
public static class OxygenSaturation
{
    /// <summary>The saturation from which the water is class I, inclusive.</summary>
    public const decimal ClassIMin = 0.9m;

    private const decimal Numerator = 468m, Offset = 31.6m;

    /// <summary>DO_f = 468 ÷ (31.6 + T), mg/L (HJ 2.3-2018).</summary>
    /// <param name="celsius">Water temperature, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is below 0: that is ice.</exception>
    public static decimal At(decimal celsius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(celsius);
        return Numerator / (Offset + celsius);
    }

    /// <summary>The class of a value: class I also by saturation, where its limit in mg/L is not reached.</summary>
    /// <param name="limits">Limits of dissolved oxygen.</param>
    /// <param name="milligrams">The value, mg/L.</param>
    /// <param name="celsius">Water temperature, from 0.</param>
    public static SurfaceWaterClass ClassOf(ClassLimits limits, decimal milligrams, decimal celsius)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return milligrams >= ClassIMin * At(celsius) ? SurfaceWaterClass.I : limits.ClassOf(milligrams);
    }
}
