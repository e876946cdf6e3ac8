using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>What an outcome is reckoned from, all of one section and period.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Section">The section.</param>
/// <param name="Period">A year or a month.</param>
/// <param name="Index">The rounded index; null where there is none.</param>
/// <param name="MeasuredClass">The class of the period's means; null where an indicator has no mean.</param>
public sealed record OutcomeBasis(
    RiverProgramme Programme, RiverSection Section, Period Period, decimal? Index, SurfaceWaterClass? MeasuredClass)
{
    /// <summary>Figures at the section by measurand; needed by tiers, mass excess and monthly attainment.</summary>
    public IReadOnlyDictionary<string, MeasurandFigure> Figures { get; init; } = new Dictionary<string, MeasurandFigure>();

    /// <summary>The same where the water came in.</summary>
    public IReadOnlyDictionary<string, MeasurandFigure> Inflow { get; init; } = new Dictionary<string, MeasurandFigure>();

    /// <summary>Measurands with their flow, where a part prices them by pairs.</summary>
    internal IReadOnlyDictionary<(string Measurand, string Flow), PairedFigure> Paired { get; init; } =
        new Dictionary<(string Measurand, string Flow), PairedFigure>();

    /// <summary>The same where the water came in.</summary>
    internal IReadOnlyDictionary<(string Measurand, string Flow), PairedFigure> InflowPaired { get; init; } =
        new Dictionary<(string Measurand, string Flow), PairedFigure>();

    /// <summary>The class that chooses the rows of a table.</summary>
    internal SurfaceWaterClass? BasisClass =>
        Programme.ClassBasis == ClassBasis.Target ? Section.Target : MeasuredClass;

    /// <summary>The fewest months that a judgement of the period needs.</summary>
    internal int MonthsMin => Period.Month is null ? Programme.Validity.YearMonthsMin : 1;
}

/// <summary>The sum of an outcome's parts.</summary>
/// <param name="Parts">Each part, in the order of the definition.</param>
/// <param name="Direction">Who pays.</param>
/// <param name="Yuan">How much, rounded, never below 0; null where undefined or suspended.</param>
/// <param name="Band">The row of the table of the index that applied; null where there is none.</param>
public sealed record OutcomeSum(IReadOnlyList<PartOutcome> Parts, Direction Direction, decimal? Yuan, BandRow? Band);

/// <summary>From figures to money: each part by itself, then the sum, its cap, and one rounding.</summary>
public static class OutcomeJudgement
{
    /// <summary>The outcome of known figures, as published ones.</summary>
    public static OutcomeSum Of(OutcomeBasis basis)
    {
        OutcomeTerms terms = basis.Programme.Outcome;
        List<PartOutcome> parts = [.. terms.Parts.Select(part => Of(basis, part))];
        BandRow? band = terms.Parts.OfType<BandsPart>().FirstOrDefault() is BandsPart table ? Row(basis, table) : null;
        // What cannot be judged yet may still decide what the source leaves open.
        foreach (Direction open in (Direction[])[Direction.Suspended, Direction.UndefinedInSource])
        {
            if (parts.Exists(p => p.Direction == open)) return new OutcomeSum(parts, open, null, band);
        }
        decimal sum = SignedYuan.Capped(parts.Sum(p => p.Yuan ?? 0), terms.CapYuan);
        decimal rounded = decimal.Round(sum, terms.Digits, terms.Rounding);
        // A table that says who pays says so even where the amount is nothing.
        Direction direction = terms.IsTableAlone ? band!.Direction : SignedYuan.DirectionOf(rounded);
        return new OutcomeSum(parts, direction, Math.Abs(rounded), band);
    }

    private static PartOutcome Of(OutcomeBasis b, OutcomePart part) => part switch
    {
        BandsPart bands => OfBands(b, bands),
        ClassStepsPart steps => OfClassSteps(b, steps),
        IndexPointsPart points => b.Index is decimal index
            ? PartOutcome.Of(
                points, [new PartItem("index", index, 1)], SignedYuan.OfIndexPoints(index, points.YuanPerPoint))
            : PartOutcome.Open(points, [], Direction.Suspended, []),
        TiersPart tiers => ExceedanceOutcome.OfTiers(b, tiers),
        MassExcessPart { ByPairs: true } mass => PairedMassOutcome.Of(b, mass),
        MassExcessPart mass => ExceedanceOutcome.OfMass(b, mass),
        AttainmentPart attainment => AttainmentOutcome.Of(b, attainment),
        _ => throw new InvalidOperationException($"The mechanism {part.Mechanism} has no judgement."),
    };

    private static BandRow? Row(OutcomeBasis b, BandsPart part) =>
        b.Index is decimal index && (b.BasisClass is not null || part.Rows.All(r => r.Class is null))
            ? BandTable.Find(part.Rows, b.BasisClass, index)
            : null;

    private static PartOutcome OfBands(OutcomeBasis b, BandsPart part)
    {
        bool isClassless = part.Rows.All(r => r.Class is null);
        if (b.Index is not decimal index || (b.BasisClass is null && !isClassless))
        {
            return PartOutcome.Open(part, [], Direction.Suspended, []);
        }
        BandRow? row = Row(b, part);
        decimal? yuan = row is null ? null : SignedYuan.Of(row.Direction, row.Yuan ?? b.Section.AmountYuan);
        PartItem[] items = [new PartItem("index", index, Row: row?.Id, Yuan: yuan)];
        return yuan is decimal paid
            ? PartOutcome.Of(part, items, paid)
            : PartOutcome.Open(part, items, Direction.UndefinedInSource, [OpenRow(b, index, row)]);
    }

    private static Bilingual OpenRow(OutcomeBasis b, decimal index, BandRow? row)
    {
        string chinese = b.BasisClass?.Chinese() ?? "", english = b.BasisClass?.Name() ?? "";
        if (row is null) return new Bilingual($"对应关系表没有{chinese}的行", $"the table has no row for class {english}");
        return row.Class is null
            ? new Bilingual(
                $"指数 {index} 落在对应关系表未规定的区间 {row.Interval}",
                $"the table prints no result for {row.Interval}, where {index} lies")
            : new Bilingual(
                $"{chinese}断面指数 {index} 落在对应关系表未规定的区间 {row.Interval}",
                $"for class {english} the table prints no result for {row.Interval}, where {index} lies");
    }

    private static PartOutcome OfClassSteps(OutcomeBasis b, ClassStepsPart part)
    {
        if (b.MeasuredClass is not SurfaceWaterClass measured) return PartOutcome.Open(part, [], Direction.Suspended, [NoClass]);
        SurfaceWaterClass from = part.From ?? b.Section.Target;
        decimal yuan = SignedYuan.OfClassSteps(measured, from, part.YuanPerBetter, part.YuanPerWorse);
        return PartOutcome.Of(part, [new PartItem("class", (int)measured, (int)from, Yuan: yuan)], yuan);
    }

    /// <summary>Why a class is missing.</summary>
    internal static Bilingual NoClass { get; } = new("定类指标数据不足，无法定类", "too few data to give the measured class");
}
