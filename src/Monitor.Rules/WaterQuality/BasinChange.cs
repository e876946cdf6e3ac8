namespace Monitor.Rules.WaterQuality;

/// <summary>Where a combined change begins to count, in percentage points of ΔG − ΔD.</summary>
/// <param name="SomeMin">Above so many points it is some change.</param>
/// <param name="MarkedMin">Above so many it is a marked one.</param>
public sealed record ChangeThresholds(decimal SomeMin, decimal MarkedMin)
{
    /// <summary>3 and 10 points: recalled from 环办〔2011〕22号, and in no source that could be read.</summary>
    public static ChangeThresholds Recalled { get; } = new(3, 10);
}

/// <summary>
/// How a basin changed between two periods (环办〔2011〕22号): G is the share of sections of class I to III, D the share worse
/// than V; ΔG − ΔD above 0 is better.
/// </summary>
public static class BasinChange
{
    private const decimal PointsOfOne = 100;

    /// <summary>ΔG − ΔD in percentage points, exactly.</summary>
    public static decimal PointsOf(BasinOutcome before, BasinOutcome after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        decimal good = after.GoodShare - before.GoodShare, inferior = after.InferiorShare - before.InferiorShare;
        return (good - inferior) * PointsOfOne;
    }

    /// <summary>The change in words; the thresholds themselves still belong to the smaller change.</summary>
    public static ClassChange Between(BasinOutcome before, BasinOutcome after, ChangeThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        decimal points = PointsOf(before, after), size = Math.Abs(points);
        if (size <= thresholds.SomeMin) return ClassChange.None;
        bool isMarked = size > thresholds.MarkedMin;
        return points > 0
            ? isMarked ? ClassChange.MuchBetter : ClassChange.Better
            : isMarked ? ClassChange.MuchWorse : ClassChange.Worse;
    }
}
