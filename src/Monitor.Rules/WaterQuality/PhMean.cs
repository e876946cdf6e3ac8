namespace Monitor.Rules.WaterQuality;

/// <summary>
/// The mean of pH through the concentration of hydrogen ions: pH is a logarithm, and the mean of logarithms is not the
/// logarithm of the mean.
/// </summary>
public static class PhMean
{
    /// <summary>Decimal places of the result.</summary>
    public const int Decimals = 20;

    /// <summary>Largest magnitude of a pH that is taken; water is far inside.</summary>
    public const decimal MagnitudeMax = 100;

    /// <summary>
    /// −log₁₀ of the mean of 10⁻ᵖᴴ, to 20 decimals half-even; null of no values. The error before rounding is below
    /// 10⁻²⁴ · n for n values: concentrations count relative to the greatest of them, so that none is lost.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is beyond ±100.</exception>
    public static decimal? Of(IReadOnlyList<decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) return null;
        decimal lowest = values.Min();
        ArgumentOutOfRangeException.ThrowIfLessThan(lowest, -MagnitudeMax, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Max(), MagnitudeMax, nameof(values));
        decimal sum = 0;
        foreach (decimal value in values) sum += DecimalLogarithm.NegativePower(value - lowest);
        return Gb8170.Round(lowest - DecimalLogarithm.Log10(sum / values.Count), Decimals);
    }
}
