using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Screening;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>A span of numbers without an upper end where <paramref name="High"/> is null; both ends belong to it.</summary>
/// <param name="Low">Least.</param>
/// <param name="High">Greatest; null for none.</param>
public readonly record struct AheadSpan(decimal Low, decimal? High);

/// <summary>One measurand of a running year: its months so far, and what the rest may still do to its figure.</summary>
internal sealed class AheadFigure
{
    private readonly bool isPh;
    private readonly bool isYearly;
    private readonly Instant end;

    internal AheadFigure(RiverProgramme programme, MeasurandFigure figure, Instant until)
    {
        end = until;
        isPh = figure.Measurand == Measurands.Ph;
        isYearly = figure.Months.Count == 0;
        Known = isYearly
            ? figure.Value is decimal once ? [once] : []
            : [.. figure.Months.Where(m => m.Period.End <= until && m.Value is not null).Select(m => m.Value!.Value)];
        Left = isYearly ? 1 - Known.Count : figure.Months.Count(m => m.Period.End > until);
        Needed = isYearly ? Left : Math.Max(programme.Validity.YearMonthsMin - Known.Count, 0);
        ValueRange? instrument = programme.Screening.Limits.GetValueOrDefault(figure.Measurand)?.GrossRange?.Fail;
        // A value below detection counts as a share of the limit, so that a mean may lie under the instrument's range.
        decimal least = instrument?.Low ?? 0;
        Month = new AheadSpan(least > 0 ? least * Math.Min(programme.BelowDetectionFactor, 1) : least, instrument?.High);
    }

    /// <summary>Figures of the months that are over and valid; the one yearly figure.</summary>
    internal IReadOnlyList<decimal> Known { get; }

    /// <summary>Months that are not over; 1 for a yearly figure that is not in.</summary>
    internal int Left { get; }

    /// <summary>How many of those must be valid, or the year is suspended.</summary>
    internal int Needed { get; }

    /// <summary>Whether the year cannot have a figure any more.</summary>
    internal bool IsShort => Needed > Left;

    /// <summary>What one month's figure may be: what the instrument can measure.</summary>
    internal AheadSpan Month { get; }

    internal bool IsMonthly => !isYearly;

    /// <summary>Whether its rest bears on its mean in a straight line.</summary>
    internal bool IsLinear => IsMonthly && !isPh;

    internal decimal? SoFar => Known.Count > 0 ? Mean(Known) : null;

    /// <summary>What the year's figure may come to; the rest has at least the months that it needs.</summary>
    internal AheadSpan AtEnd(decimal? otherwise) => After(Math.Min(Needed, Left), Left, otherwise);

    /// <summary>What the figure so far may be a month later.</summary>
    internal AheadSpan NextMonth(decimal? otherwise) => After(0, Math.Min(Left, 1), otherwise);

    /// <summary>What the year's figure may come to with so many months more; the month's own span with none at all.</summary>
    internal AheadSpan With(int more) => After(more, more, null);

    // A mean moves one way with each month that is added at one end, so that the fewest and the most months are enough.
    private AheadSpan After(int fewest, int most, decimal? otherwise)
    {
        List<decimal> lows = [];
        List<decimal?> highs = [];
        foreach (int more in (int[])[fewest, most])
        {
            if (Known.Count + more == 0)
            {
                if (otherwise is decimal put) (lows, highs) = ([.. lows, put], [.. highs, put]);
                continue;
            }
            lows.Add(Mean([.. Known, .. Enumerable.Repeat(Month.Low, more)]));
            highs.Add(more > 0 && Month.High is null
                ? null
                : Mean([.. Known, .. Enumerable.Repeat(Month.High ?? 0, more)]));
        }
        return lows.Count == 0
            ? Month
            : new AheadSpan(lows.Min(), highs.Contains(null) ? null : highs.Max());
    }

    /// <summary>Whether a month is over.</summary>
    internal bool IsOver(MonthFigure month) => month.Period.End <= end;

    /// <summary>The mean of months.</summary>
    internal decimal MeanOf(IReadOnlyList<decimal> values) => Mean(values);

    private decimal Mean(IReadOnlyList<decimal> values) =>
        isPh ? PhMean.Of(values)!.Value : values.Sum() / values.Count;
}
