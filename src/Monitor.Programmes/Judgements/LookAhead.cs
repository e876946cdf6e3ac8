using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// A running year before its end: where it stands, what may still come, and what the rest would have to be. Shown, never
/// sealed. It takes for granted that months that are over stay as they are, that the rest has enough data, and that no person
/// suspends the year; what the rest measures lies within the instrument's range.
/// </summary>
public sealed record LookAhead
{
    /// <summary>The section.</summary>
    public required RiverSection Section { get; init; }

    /// <summary>The year.</summary>
    public required Period Year { get; init; }

    /// <summary>Months that are over, of 12.</summary>
    public required int MonthsOver { get; init; }

    /// <summary>The index of the months that are over, unrounded; null where there is none.</summary>
    public required decimal? Index { get; init; }

    /// <summary>The class of their means; null where an indicator has none.</summary>
    public required SurfaceWaterClass? Class { get; init; }

    /// <summary>What the year would come to if it ended so.</summary>
    public required AheadOutcome SoFar { get; init; }

    /// <summary>What the index may still come to at the year's end; null where it has no index.</summary>
    public required AheadSpan? AtEnd { get; init; }

    /// <summary>Every outcome that the rest can still bring; null where it is not looked ahead.</summary>
    public required IReadOnlyList<AheadOutcome>? Possible { get; init; }

    /// <summary>Why it is not looked ahead; null where it is.</summary>
    public Bilingual? WhyNot { get; init; }

    /// <summary>Terms of the index, those first that push it furthest from 1.</summary>
    public required IReadOnlyList<AheadTerm> Terms { get; init; }

    /// <summary>For each row of the table of the index, what the rest would have to be; empty where there is none.</summary>
    public required IReadOnlyList<AheadNeed> Needs { get; init; }

    /// <summary>What is close, or within reach of one month.</summary>
    public required IReadOnlyList<AheadWarning> Warnings { get; init; }

    /// <summary>The one outcome left, whatever the rest may be; null where there are several.</summary>
    public AheadOutcome? Certain => Possible is [AheadOutcome only] ? only : null;
}

/// <summary>An outcome that may come.</summary>
/// <param name="Direction">Who pays.</param>
/// <param name="Yuan">How much; null where undefined or suspended, or where it depends on how far the index goes.</param>
/// <param name="Row">The row of the table; null where several have this outcome, or none.</param>
public sealed record AheadOutcome(Direction Direction, decimal? Yuan, string? Row);

/// <summary>A term of the index in a running year.</summary>
/// <param name="Measurand">Its code.</param>
/// <param name="Value">Mean of the months so far; the baseline where <paramref name="IsAssumed"/>.</param>
/// <param name="IsAssumed">Whether nothing is known yet and it is taken to be at its baseline.</param>
/// <param name="Baseline">Its baseline.</param>
/// <param name="Ratio">Its ratio.</param>
/// <param name="Weight">Its effective weight.</param>
/// <param name="MonthsJudged">Months that are over and valid; 1 for a yearly figure that is in.</param>
/// <param name="MonthsLeft">Months that are not over; 1 for a yearly figure that is not in.</param>
/// <param name="Month">What one month's mean may be.</param>
public sealed record AheadTerm(
    string Measurand, decimal Value, bool IsAssumed, decimal Baseline, decimal Ratio, decimal Weight, int MonthsJudged,
    int MonthsLeft, AheadSpan Month)
{
    /// <summary>Weight × ratio.</summary>
    public decimal Contribution => Weight * Ratio;

    /// <summary>How far it moves the index from where its baseline would have it; above 0 is worse.</summary>
    public decimal Push => Weight * (Ratio - 1);
}

/// <summary>What the rest would have to be for one row of the table.</summary>
/// <param name="Row">The row.</param>
/// <param name="Together">
/// The rest's mean over its baseline, the same for all measured terms; null where no such rest reaches the row.
/// </param>
/// <param name="Terms">
/// For each measured term alone, the others as they are so far: the mean of its remaining months; null where none does.
/// </param>
public sealed record AheadNeed(BandRow Row, Interval? Together, IReadOnlyList<(string Measurand, Interval? Mean)> Terms);

/// <summary>Something to look at before it happens.</summary>
/// <param name="Kind">How far.</param>
/// <param name="Distance">The set distance that is kept no more; null for <see cref="AheadWarningKind.NextMonth"/>.</param>
/// <param name="Edge">The edge of the row; null for <see cref="AheadWarningKind.NextMonth"/>.</param>
/// <param name="Beyond">What lies beyond.</param>
public sealed record AheadWarning(AheadWarningKind Kind, decimal? Distance, decimal? Edge, AheadOutcome Beyond);

/// <summary>Kinds of warnings.</summary>
public enum AheadWarningKind
{
    /// <summary>The index so far is within a set distance of an edge.</summary>
    Near,

    /// <summary>One month, or a yearly figure that comes in, can bring another outcome.</summary>
    NextMonth,
}
