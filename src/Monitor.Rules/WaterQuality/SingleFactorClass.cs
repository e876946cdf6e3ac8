namespace Monitor.Rules.WaterQuality;

/// <summary>One indicator's part in a class.</summary>
/// <param name="Limits">The limits it was judged by.</param>
/// <param name="Value">The value, unrounded.</param>
/// <param name="Class">Its class.</param>
/// <param name="Exceedance">(C − S₃) ÷ S₃, unrounded; null where it keeps class III, and for pH and DO.</param>
public sealed record IndicatorClass(ClassLimits Limits, decimal Value, SurfaceWaterClass Class, decimal? Exceedance)
{
    /// <summary>HJ code.</summary>
    public string Code => Limits.Code;
}

/// <summary>A class with its reasons.</summary>
/// <param name="Class">The worst class among the indicators; null where there was no value to judge.</param>
/// <param name="Indicators">Every indicator judged, in code order.</param>
public sealed record ClassOutcome(SurfaceWaterClass? Class, IReadOnlyList<IndicatorClass> Indicators)
{
    /// <summary>Codes of every indicator at the outcome's class, in code order.</summary>
    public IReadOnlyList<string> Worst => [.. Indicators.Where(i => i.Class == Class).Select(i => i.Code)];

    /// <summary>Indicators worse than class III that have an exceedance multiple, in code order.</summary>
    public IReadOnlyList<IndicatorClass> Exceeding => [.. Indicators.Where(i => i.Exceedance is not null)];
}

/// <summary>The single-factor method (单因子评价法, 环办〔2011〕22号): the water is as good as its worst indicator.</summary>
public static class SingleFactorClass
{
    /// <summary>Judges values as they are; nothing is rounded before.</summary>
    /// <param name="limits">Limits of what counts, see <see cref="SurfaceWaterStandard.AssessedFor"/>.</param>
    /// <param name="values">Values by HJ code, in the units of the limits; codes without limits do not count.</param>
    /// <param name="body">Limits for the other water body do not count.</param>
    public static ClassOutcome Judge(
        IReadOnlyList<ClassLimits> limits, IReadOnlyDictionary<string, decimal> values, WaterBody body)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(values);
        var indicators = new List<IndicatorClass>();
        foreach (ClassLimits limit in limits)
        {
            if (!limit.WaterBodies.Contains(body) || !values.TryGetValue(limit.Code, out decimal value)) continue;
            decimal? exceedance = limit.ExceedanceOf(value, SurfaceWaterClass.III);
            indicators.Add(new IndicatorClass(limit, value, limit.ClassOf(value), exceedance));
        }
        indicators.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        SurfaceWaterClass? worst = indicators.Count == 0 ? null : indicators.Max(i => i.Class);
        return new ClassOutcome(worst, indicators);
    }
}
