using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// The judgement of one section over one period: everything a notice says, each number with what it was made of.
/// A pure function of the definition and the readings; it holds no clock, no position and no software version.
/// </summary>
public sealed record RiverAssessment
{
    /// <summary>The programme.</summary>
    public required RiverProgramme Programme { get; init; }

    /// <summary>The section.</summary>
    public required RiverSection Section { get; init; }

    /// <summary>A civil year (final) or month (preliminary).</summary>
    public required Period Period { get; init; }

    /// <summary>Class of the period's means over the programme's class indicators; null where one of them has no mean.</summary>
    public required SurfaceWaterClass? MeasuredClass { get; init; }

    /// <summary>Figures of every measurand that had readings or is needed, in code order.</summary>
    public required IReadOnlyList<MeasurandFigure> Figures { get; init; }

    /// <summary>Terms of the index, in the order of the definition.</summary>
    public required IReadOnlyList<IndexTerm> Terms { get; init; }

    /// <summary>The index before rounding; null where a term has no value.</summary>
    public required decimal? UnroundedIndex { get; init; }

    /// <summary>The index as it was compared with the table.</summary>
    public required decimal? Index { get; init; }

    /// <summary>The row of the table that applied; null where none did.</summary>
    public required BandRow? Band { get; init; }

    /// <summary>Who pays whom.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Why it is suspended or undefined, in sentences; empty where it is neither.</summary>
    public required IReadOnlyList<Bilingual> Reasons { get; init; }

    /// <summary>The suspension in force, whose approver the notice names; null where none is.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>Reviews that decided readings of the period, in the order of their positions.</summary>
    public IReadOnlyList<AppliedReview> Reviews { get; init; } = [];

    /// <summary>Yuan to pay; 0 where neither pays; null where undefined or suspended.</summary>
    public required decimal? AmountYuan { get; init; }

    /// <summary>What each part of the outcome came to; none where suspended by a person.</summary>
    public required IReadOnlyList<PartOutcome> Parts { get; init; }

    /// <summary>The amount by payer and payee; none where nobody pays.</summary>
    public required IReadOnlyList<SplitPayment> Payments { get; init; }

    /// <summary>Figures of the water that came in, in code order; none where the programme does not look at it.</summary>
    public required IReadOnlyList<MeasurandFigure> InflowFigures { get; init; }

    /// <summary>Who pays; null where nobody does.</summary>
    public Bilingual? Payer => Direction switch
    {
        Direction.DownstreamPays => Section.Downstream,
        Direction.UpstreamPays => Section.Upstream,
        _ => null,
    };

    /// <summary>Who is paid; null where nobody is.</summary>
    public Bilingual? Payee => Direction switch
    {
        Direction.DownstreamPays => Section.Upstream,
        Direction.UpstreamPays => Section.Downstream,
        _ => null,
    };
}

/// <summary>One measurand over the period.</summary>
/// <param name="Measurand">Its code.</param>
/// <param name="Value">Its mean (pH by [H⁺]) or yearly figure, unrounded; null where data are too few.</param>
/// <param name="Count">Valid readings that entered.</param>
/// <param name="Expected">Readings that a whole period would have.</param>
/// <param name="BelowDetection">How many of <paramref name="Count"/> were reported below the detection limit.</param>
/// <param name="Excluded">Readings that did not enter, by why, in the order of the reason's name.</param>
/// <param name="Months">Each month's figure.</param>
public sealed record MeasurandFigure(
    string Measurand, decimal? Value, int Count, int Expected, int BelowDetection,
    IReadOnlyList<Exclusion> Excluded, IReadOnlyList<MonthFigure> Months);

/// <summary>Readings that did not enter a mean.</summary>
/// <param name="Reason">
/// Why: <c>status-M</c>, a test's word as <c>gross_range</c>, <c>conflict</c>, <c>above-range</c>, <c>review</c>,
/// <c>clock</c>, <c>calibration</c>.
/// </param>
/// <param name="Flag">Suspect (waits for a person) or Fail.</param>
/// <param name="Count">How many.</param>
public sealed record Exclusion(string Reason, QcFlag Flag, int Count);

/// <summary>One month of one measurand.</summary>
/// <param name="Period">The month.</param>
/// <param name="Value">Its mean, unrounded; null where too few days are valid.</param>
/// <param name="Count">Valid readings.</param>
/// <param name="Expected">Readings of a whole month.</param>
/// <param name="ValidDays">Days with enough valid readings.</param>
public sealed record MonthFigure(Period Period, decimal? Value, int Count, int Expected, int ValidDays);
