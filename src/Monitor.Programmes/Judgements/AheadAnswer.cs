using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>A look ahead as it is shown: figures with at most six decimals, spans as <c>[0.9, 1.1]</c>, never sealed.</summary>
/// <remarks>
/// <c>Through</c>: Months of the year that are over, 0 to 12. <c>Index</c>: Of those, rounded as the programme compares.
/// <c>IndexAtEnd</c>: What the unrounded index may still come to. <c>Possible</c>: Null where the outcome's mechanism is not
/// looked ahead; <c>WhyNot</c> then says why. <c>Certain</c>: The one outcome left; null where there are several.
/// </remarks>
public sealed record AheadAnswer(
    string Section, string Period, int Through, string? Class, string? Index, AheadOutcomeText SoFar, string? IndexAtEnd,
    AheadOutcomeText? Certain, IReadOnlyList<AheadOutcomeText>? Possible, IReadOnlyList<AheadTermText> Terms,
    IReadOnlyList<AheadNeedText> Needs, IReadOnlyList<AheadWarningText> Warnings, AheadWords? WhyNot)
{
    private const int ShownDigits = 6;

    /// <summary>The answer.</summary>
    /// <param name="ahead">What was computed.</param>
    /// <param name="a">The judgement that it was computed from.</param>
    public static AheadAnswer Of(LookAhead ahead, RiverAssessment a)
    {
        int digits = a.Programme.Index.Digits;
        return new AheadAnswer(
            ahead.Section.Id, ahead.Year.Label, ahead.MonthsOver, ahead.Class?.Name(),
            ahead.Index is decimal index
                ? CanonicalAssessment.Fixed(decimal.Round(index, digits, a.Programme.Index.Rounding), digits)
                : null,
            AheadOutcomeText.Of(ahead.SoFar), ahead.AtEnd is AheadSpan span ? Span(span) : null,
            ahead.Certain is AheadOutcome certain ? AheadOutcomeText.Of(certain) : null,
            ahead.Possible is null ? null : [.. ahead.Possible.Select(AheadOutcomeText.Of)],
            [.. ahead.Terms.Select(AheadTermText.Of)],
            [.. ahead.Needs.Select(n => new AheadNeedText(
                n.Row.Id, n.Row.Interval.ToString(), n.Row.Direction.Name(), n.Together is null ? null : Shown(n.Together),
                [.. n.Terms.Select(t => new AheadMeanText(t.Measurand, t.Mean is null ? null : Shown(t.Mean)))]))],
            [.. ahead.Warnings.Select(w => new AheadWarningText(
                w.Kind == AheadWarningKind.Near ? "near" : "next-month", Shown(w.Distance), Shown(w.Edge),
                AheadOutcomeText.Of(w.Beyond)))],
            ahead.WhyNot is null ? null : new AheadWords(ahead.WhyNot.Chinese, ahead.WhyNot.English));
    }

    internal static string? Shown(decimal? number) => number is decimal d
        ? CanonicalAssessment.Plain(decimal.Round(d, ShownDigits, MidpointRounding.ToEven))
        : null;

    internal static string Span(AheadSpan span) =>
        Shown(new Interval(span.Low, true, span.High, span.High is not null));

    private static string Shown(Interval i) =>
        $"{(i.LowIncluded ? '[' : '(')}{Shown(i.Low) ?? "-inf"}, {Shown(i.High) ?? "inf"}{(i.HighIncluded ? ']' : ')')}";
}

/// <summary>A sentence in both languages.</summary>
public sealed record AheadWords(string Zh, string En);

/// <summary>An outcome that may come; its amount is null where it is open.</summary>
public sealed record AheadOutcomeText(string Direction, string? Amount, string? Row)
{
    internal static AheadOutcomeText Of(AheadOutcome o) =>
        new(o.Direction.Name(), CanonicalAssessment.Plain(o.Yuan), o.Row);
}

/// <summary>A term of the index so far.</summary>
/// <remarks><c>Push</c>: How far it moves the index from where its baseline would have it; above 0 is worse.</remarks>
public sealed record AheadTermText(
    string Measurand, string Value, bool IsAssumed, string Baseline, string Ratio, string Weight, string Contribution,
    string Push, int MonthsJudged, int MonthsLeft, string MonthRange)
{
    internal static AheadTermText Of(AheadTerm t) => new(
        t.Measurand, AheadAnswer.Shown(t.Value)!, t.IsAssumed, CanonicalAssessment.Plain(t.Baseline)!,
        AheadAnswer.Shown(t.Ratio)!, CanonicalAssessment.Plain(t.Weight)!, AheadAnswer.Shown(t.Contribution)!,
        AheadAnswer.Shown(t.Push)!, t.MonthsJudged, t.MonthsLeft, AheadAnswer.Span(t.Month));
}

/// <summary>What the rest must be for one row: its mean over the baseline, and each measurand's own mean alone.</summary>
public sealed record AheadNeedText(
    string Row, string Interval, string Direction, string? Together, IReadOnlyList<AheadMeanText> Alone);

/// <summary>The span that a measurand's remaining months must have; null where none does.</summary>
public sealed record AheadMeanText(string Measurand, string? Mean);

/// <summary>A warning: <c>near</c> an edge within a distance, or <c>next-month</c>.</summary>
public sealed record AheadWarningText(string Kind, string? Distance, string? Edge, AheadOutcomeText Beyond);
