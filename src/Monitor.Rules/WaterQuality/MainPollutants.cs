using Monitor.Domain.Readings;

namespace Monitor.Rules.WaterQuality;

/// <summary>
/// Main pollutants of a section (主要污染指标, 环办〔2011〕22号): none where the class is III or better; else up to three
/// indicators worse than III. Cyanide and heavy metals stand first; then the worse class, then the greater multiple; an
/// indicator without a multiple (pH, DO) comes after those of its class that have one; last, code order.
/// </summary>
public static class MainPollutants
{
    /// <summary>Most indicators named.</summary>
    public const int CountMax = 3;

    /// <summary>The main pollutants, first first.</summary>
    public static IReadOnlyList<IndicatorClass> Of(ClassOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return
        [
            .. outcome.Indicators.Where(i => i.Class > SurfaceWaterClass.III)
                .OrderByDescending(i => i.Limits.First)
                .ThenByDescending(i => i.Class)
                .ThenByDescending(i => i.Exceedance ?? -1)
                .ThenBy(i => i.Code, StringComparer.Ordinal)
                .Take(CountMax),
        ];
    }

    /// <summary>As documents print them: <c>总磷(0.5)、溶解氧</c>; empty where there are none.</summary>
    public static string Text(ClassOutcome outcome) => string.Join('、', Of(outcome).Select(i =>
    {
        string name = Measurands.Find(i.Code)?.Chinese ?? i.Code;
        return i.Exceedance is decimal multiple ? $"{name}({Gb8170.Multiple(multiple)})" : name;
    }));
}
