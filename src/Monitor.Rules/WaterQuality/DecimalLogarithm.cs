namespace Monitor.Rules.WaterQuality;

/// <summary>
/// Powers and logarithms of ten in decimal, by series of our own: the C library's differ between machines in the last
/// digit, and a judgement must not. Every step is a decimal operation (28 digits, half-even), so results are the same
/// everywhere. The absolute error of both is below 10⁻²⁵: some 50 roundings of at most 10⁻²⁷ each.
/// </summary>
public static class DecimalLogarithm
{
    private const decimal Ln2 = 0.6931471805599453094172321215m;
    private const decimal Ln10 = 2.3025850929940456840179914547m;
    private const int TermsMax = 100;

    // What has been computed once: meters report pH to a tenth or a hundredth, so that a year has a few hundred
    // differences and thousands of readings. Each entry is null or a boxed decimal, so that it is written at once.
    private const int KnownPlaces = 2;
    private const int KnownMax = 1400;
    private static readonly object?[] Known = new object?[KnownMax];

    /// <summary>10⁻ˣ for x from 0; 0 where it is below what a decimal holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is negative.</exception>
    public static decimal NegativePower(decimal x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x.Scale > KnownPlaces || x * 100 >= KnownMax) return SeriesOfPower(x);
        int at = (int)(x * 100);
        if (Known[at] is decimal power) return power;
        power = SeriesOfPower(at / 100m);
        Known[at] = power;
        return power;
    }

    private static decimal SeriesOfPower(decimal x)
    {
        decimal whole = decimal.Floor(x);
        if (whole > 28) return 0;
        // e^y = 1 + y + y²/2! + … with 0 ≤ y < ln 10: all terms positive, nothing cancels.
        decimal y = (x - whole) * Ln10;
        (decimal sum, decimal term) = (1, 1);
        for (int n = 1; n < TermsMax && term != 0; n++)
        {
            term = term * y / n;
            sum += term;
        }
        decimal power = 1 / sum;
        for (int i = 0; i < (int)whole; i++) power /= 10;
        return power;
    }

    /// <summary>log₁₀ x for x above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is 0 or negative.</exception>
    public static decimal Log10(decimal x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        // x = m · 10ᵗ · 2ʰ with m from 2/3 to 4/3.
        (int tens, int halves) = (0, 0);
        for (; x >= 10; tens++) x /= 10;
        for (; x < 1; tens--) x *= 10;
        for (; x > 4m / 3; halves++) x /= 2;
        // ln m = 2 (z + z³/3 + z⁵/5 + …), z = (m − 1)/(m + 1), |z| ≤ 1/5.
        decimal z = (x - 1) / (x + 1);
        (decimal sum, decimal power) = (0, z);
        for (int n = 1; n < TermsMax && power != 0; n += 2)
        {
            sum += power / n;
            power = power * z * z;
        }
        return tens + (((2 * sum) + (halves * Ln2)) / Ln10);
    }
}
