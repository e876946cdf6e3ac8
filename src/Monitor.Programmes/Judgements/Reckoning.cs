using Monitor.Domain.Readings;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>How screened values become figures. Judgements are as agreed; other ways only say what would change.</summary>
/// <param name="CountsDoubtful">Whether readings that wait for a person count.</param>
/// <param name="CountsExcluded">Whether all that stand apart count; QC samples, which are no river water, never do.</param>
/// <param name="IsMedian">Whether each mean on the way, of a day, a month and the year, is a median.</param>
public sealed record Reckoning(bool CountsDoubtful, bool CountsExcluded, bool IsMedian)
{
    /// <summary>As every agreement here has it: good readings only, and means.</summary>
    public static Reckoning Agreed { get; } = new(false, false, false);

    /// <summary>The values with the verdicts of this way; what counts is good.</summary>
    internal IReadOnlyList<ScreenedValue> Counted(IReadOnlyList<ScreenedValue> screened) => CountsDoubtful || CountsExcluded
        ? [.. screened.Select(v => IsTaken(v) ? v with { Flag = QcFlag.Good, Reason = "" } : v)]
        : screened;

    /// <summary>What stands for several values, of which there is at least one.</summary>
    internal Func<List<decimal>, decimal> Middle(bool isPh) =>
        IsMedian ? values => Median(values, isPh) : values => Mean(values, isPh);

    private bool IsTaken(ScreenedValue v) =>
        (CountsDoubtful && v.Flag == QcFlag.Suspect) || (CountsExcluded && v.Flag != QcFlag.Good && !v.Source.IsQcSample);

    // Sums of reported decimals are exact, so that the order of the readings cannot matter.
    private static decimal Mean(List<decimal> values, bool isPh) =>
        isPh ? PhMean.Of(values)!.Value : values.Sum() / values.Count;

    private static decimal Median(List<decimal> values, bool isPh)
    {
        List<decimal> sorted = [.. values.Order()];
        int half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : Mean([sorted[half - 1], sorted[half]], isPh);
    }
}
