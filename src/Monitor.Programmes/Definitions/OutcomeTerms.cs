using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>How the figures of a period become money: parts that are netted, then capped, then rounded, once.</summary>
/// <param name="Parts">The parts; at least one. Their signed amounts are added.</param>
/// <param name="CapYuan">At most so much, whoever pays; null for no cap.</param>
/// <param name="Digits">Decimal places of the yuan that are paid.</param>
/// <param name="Rounding">How the sum is rounded to them.</param>
public sealed record OutcomeTerms(
    IReadOnlyList<OutcomePart> Parts, decimal? CapYuan, int Digits, MidpointRounding Rounding)
{
    /// <summary>Whether it is one table of the index and nothing else, as the Ou River's.</summary>
    public bool IsTableAlone => Parts is [BandsPart] && CapYuan is null;
}

/// <summary>One mechanism of an outcome.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Source">Where it comes from; empty where it is assumed.</param>
/// <param name="CapYuan">At most so much of this part, whoever pays; null for no cap.</param>
public abstract record OutcomePart(string Name, Bilingual Label, string Source, decimal? CapYuan)
{
    /// <summary>The word under <c>mechanism</c>.</summary>
    public abstract string Mechanism { get; }
}

/// <summary>A table of the index.</summary>
public sealed record BandsPart(string Name, Bilingual Label, string Source, decimal? CapYuan, IReadOnlyList<BandRow> Rows)
    : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <inheritdoc/>
    public override string Mechanism => "bands";
}

/// <summary>So much for each class better or worse than one class.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CapYuan">The part's cap.</param>
/// <param name="From">The class at which nobody pays; null for the section's target.</param>
/// <param name="YuanPerBetter">What the downstream side pays for each class better.</param>
/// <param name="YuanPerWorse">What the upstream side pays for each class worse.</param>
public sealed record ClassStepsPart(
    string Name, Bilingual Label, string Source, decimal? CapYuan, SurfaceWaterClass? From, decimal YuanPerBetter,
    decimal YuanPerWorse) : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <inheritdoc/>
    public override string Mechanism => "class-steps";
}

/// <summary>So much for each percentage point of the index under 1 or over it.</summary>
public sealed record IndexPointsPart(string Name, Bilingual Label, string Source, decimal? CapYuan, decimal YuanPerPoint)
    : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <inheritdoc/>
    public override string Mechanism => "index-points";
}

/// <summary>A table by exceedance multiple, for each of its measurands.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CapYuan">The part's cap.</param>
/// <param name="Measurands">Measurands it is applied to, each by itself.</param>
/// <param name="Over">The limits that are exceeded.</param>
/// <param name="PerMonth">Whether each month is priced by itself, and a year is the sum of its months.</param>
/// <param name="CapPerMeasurandYuan">At most so much for one measurand in one reckoning; null for no cap.</param>
/// <param name="Rows">The table; complete over the line.</param>
public sealed record TiersPart(
    string Name, Bilingual Label, string Source, decimal? CapYuan, IReadOnlyList<string> Measurands, LimitBasis Over,
    bool PerMonth, decimal? CapPerMeasurandYuan, IReadOnlyList<TierRow> Rows) : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <inheritdoc/>
    public override string Mechanism => "tiers";
}

/// <summary>Tonnes above a limit times a price, month by month.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CapYuan">The part's cap.</param>
/// <param name="Over">The limits that are exceeded.</param>
/// <param name="Flow">Code of the flow, in L/s.</param>
/// <param name="Prices">Measurands and yuan a tonne.</param>
/// <param name="BothWays">Whether the downstream side pays for tonnes below the limit.</param>
public sealed record MassExcessPart(
    string Name, Bilingual Label, string Source, decimal? CapYuan, LimitBasis Over, string Flow,
    IReadOnlyList<(string Measurand, decimal YuanPerTonne)> Prices, bool BothWays)
    : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <summary>
    /// Whether a month's tonnes are the sum over the slots of its days that have value and flow, in place of the month's mean
    /// times its mean flow.
    /// </summary>
    public bool ByPairs { get; init; }

    /// <inheritdoc/>
    public override string Mechanism => "mass-excess";
}

/// <summary>Met or missed: the class of the period's means, and the share of months that keep it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">Its name on documents.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="CapYuan">The part's cap.</param>
/// <param name="Class">The class to keep; null for the section's target.</param>
/// <param name="OfMeans">Whether the class of the period's means must keep it.</param>
/// <param name="Shares">Share of months that must keep it, by year; a year without one is not judged by months.</param>
/// <param name="Met">What then is paid.</param>
/// <param name="Missed">What is paid otherwise.</param>
public sealed record AttainmentPart(
    string Name, Bilingual Label, string Source, decimal? CapYuan, SurfaceWaterClass? Class, bool OfMeans,
    IReadOnlyDictionary<int, decimal> Shares, FixedResult Met, FixedResult Missed)
    : OutcomePart(Name, Label, Source, CapYuan)
{
    /// <inheritdoc/>
    public override string Mechanism => "attainment";
}

/// <summary>A result with its amount.</summary>
/// <param name="Direction">Who pays; <see cref="Direction.UndefinedInSource"/> declares a hole of the source.</param>
/// <param name="Yuan">How much; null for the section's own amount.</param>
public sealed record FixedResult(Direction Direction, decimal? Yuan);

/// <summary>Which limits an exceedance is measured against.</summary>
/// <param name="Class">The standard's limits of this class.</param>
/// <param name="IsTarget">The standard's limits of the section's target class.</param>
/// <remarks>Neither: the section's own <c>limits</c>.</remarks>
public readonly record struct LimitBasis(SurfaceWaterClass? Class, bool IsTarget)
{
    /// <summary>The limit of a measurand at a section; null where there is none.</summary>
    public decimal? Of(RiverProgramme programme, RiverSection section, string measurand)
    {
        SurfaceWaterClass? asked = IsTarget ? section.Target : Class;
        return asked is SurfaceWaterClass waterClass
            ? programme.Standard.Standard.Find(measurand, programme.Water)?.LimitOf(waterClass)
            : section.Limits.TryGetValue(measurand, out decimal limit) ? limit : null;
    }
}
