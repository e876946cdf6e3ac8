using Monitor.Domain.Readings;

namespace Monitor.Rules.WaterQuality;

/// <summary>A lake's or a reservoir's class.</summary>
/// <param name="Class">By the single-factor method, total nitrogen left out.</param>
/// <param name="TotalNitrogen">The class of total nitrogen by itself; null where it has no value.</param>
public sealed record LakeOutcome(ClassOutcome Class, SurfaceWaterClass? TotalNitrogen);

/// <summary>
/// Lakes and reservoirs (环办〔2011〕22号): first the mean over time at each point, then over the points, then the single
/// factor; total nitrogen, which has limits for lakes only, is assessed by itself.
/// </summary>
public static class LakeClass
{
    private const string TotalNitrogen = "w21001";

    /// <summary>The lake's mean of one measurand; null where no point has a value.</summary>
    /// <param name="measurand">HJ code; pH goes through [H⁺] at both steps.</param>
    /// <param name="points">The values of each point in time; a point without any has no part.</param>
    public static decimal? MeanOf(string measurand, IEnumerable<IReadOnlyList<decimal>> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        decimal[] means = [.. points.Where(p => p.Count > 0).Select(p => Mean(measurand, p))];
        return means.Length == 0 ? null : Mean(measurand, means);
    }

    /// <summary>The class of a lake's means.</summary>
    /// <param name="standard">The limits.</param>
    /// <param name="means">Means by HJ code.</param>
    public static LakeOutcome Judge(SurfaceWaterStandard standard, IReadOnlyDictionary<string, decimal> means)
    {
        ArgumentNullException.ThrowIfNull(standard);
        ArgumentNullException.ThrowIfNull(means);
        ClassLimits? nitrogen = standard.Find(TotalNitrogen, WaterBody.Lake);
        return new LakeOutcome(
            SingleFactorClass.Judge(standard.AssessedFor(WaterBody.Lake), means, WaterBody.Lake),
            means.TryGetValue(TotalNitrogen, out decimal value) ? nitrogen?.ClassOf(value) : null);
    }

    /// <summary>The arithmetic mean; of pH that of [H⁺]. The values are not empty.</summary>
    internal static decimal Mean(string measurand, IReadOnlyList<decimal> values) =>
        measurand == Measurands.Ph ? PhMean.Of(values)!.Value : values.Sum() / values.Count;
}
