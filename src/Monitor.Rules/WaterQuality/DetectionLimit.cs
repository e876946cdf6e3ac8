using Monitor.Domain.Readings;

namespace Monitor.Rules.WaterQuality;

/// <summary>Values below the detection limit (环办监测函〔2020〕82号, item 7; SL 219-2013, 12.2.5).</summary>
public static class DetectionLimit
{
    /// <summary>
    /// The number with which a value enters means and classes: half the detection limit where it lies below it. A value
    /// above the measuring range enters with the end of the range, which flatters it; screening should have caught it.
    /// </summary>
    public static decimal Substitute(ReportedValue value) =>
        value.Qualifier == Qualifier.Below ? value.ToDecimal() / 2 : value.ToDecimal();

    /// <summary>
    /// Whether a value keeps a class. Below a detection limit that is itself above the class's limit nobody can tell, not
    /// even where half of it would keep the class.
    /// </summary>
    /// <param name="limits">The indicator's limits.</param>
    /// <param name="value">The value as reported.</param>
    /// <param name="target">The class to keep.</param>
    public static ClassVerdict Against(ClassLimits limits, ReportedValue value, SurfaceWaterClass target)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.LimitOf(target) is decimal limit && !CanJudge(value, limit)) return ClassVerdict.CannotBeJudged;
        return limits.ClassOf(Substitute(value)) <= target ? ClassVerdict.Keeps : ClassVerdict.Exceeds;
    }

    /// <summary>
    /// Whether a value says anything about a limit: one below a detection limit that is above the limit does not.
    /// </summary>
    public static bool CanJudge(ReportedValue value, decimal limit) =>
        value.Qualifier != Qualifier.Below || value.ToDecimal() <= limit;
}

/// <summary>Whether a value keeps a class.</summary>
public enum ClassVerdict
{
    /// <summary>It does.</summary>
    Keeps,

    /// <summary>It does not.</summary>
    Exceeds,

    /// <summary>The detection limit is above the class's limit (无法评价).</summary>
    CannotBeJudged,
}
