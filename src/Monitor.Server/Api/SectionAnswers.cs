using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Server.Api;

/// <summary>A section as the list has it.</summary>
internal sealed record SectionItem(
    string Section, BilingualName Name, BilingualName River, string Programme, string TargetClass, string? LastReading);

/// <summary>A section, its newest judgement, and the figures of a year.</summary>
/// <remarks>
/// <c>Position</c>: Position up to which the figures were read.
/// <c>Judgement</c>: The newest sealed judgement; null before the first.
/// <c>Period</c>: The year of the figures.
/// <c>Figures</c>: One for each measurand, in code order.
/// <c>Months</c>: What each month alone would give; preliminary, never sealed here.
/// </remarks>
internal sealed record SectionAnswer(
    string Section, BilingualName Name, BilingualName River, BilingualName Upstream, BilingualName Downstream,
    SectionTerms Terms, long Position, string? LastReading, SectionJudgement? Judgement, string? Period,
    IReadOnlyList<MeasurandAnswer> Figures, IReadOnlyList<MonthAnswer> Months);

/// <summary>The terms a section is judged by.</summary>
internal sealed record SectionTerms(
    string Programme, string Version, BilingualName Title, string TimeZone, string TargetClass, string AmountYuan,
    BilingualName BaselineLabel, int IntervalHours, int IndexDigits, string MonthShareMin,
    IReadOnlyList<BandSpan> Bands, IReadOnlyList<string> Assumptions);

/// <summary>A sealed judgement and its notice.</summary>
/// <remarks>
/// <c>Terms</c>: The composition of the index; empty where the entry has another shape.
/// </remarks>
internal sealed record SectionJudgement(
    string Period, string? Class, string TargetClass, string? Index, string Direction, string? Amount, string Status,
    string Number, long NoticeEntry, long AssessmentEntry, string SealedAt, string? Payer, string? Payee,
    string? BandRow, IReadOnlyList<string> Reasons, IReadOnlyList<IndexTermAnswer> Terms);

/// <summary>One term of the index. Contributions are shown with six decimals; the index is rounded once, in the rules.</summary>
internal sealed record IndexTermAnswer(
    string Measurand, BilingualName Name, string Unit, string? Value, string Baseline, string? Ratio, string Weight,
    string? Contribution, int Count, int Expected);

/// <summary>One measurand over the year.</summary>
/// <remarks>
/// <c>Limits</c>: Limits of classes I to V; for pH its two ends; empty where the standard has none.
/// <c>Sense</c>: <c>at-most</c>, <c>at-least</c> or <c>within</c>; null without limits.
/// </remarks>
internal sealed record MeasurandAnswer(
    string Measurand, BilingualName Name, string Symbol, string Unit, string? Mean, string? Class, string? Baseline,
    IReadOnlyList<string> Limits, string? Sense, int Count, int Expected, int BelowDetection,
    IReadOnlyList<ExclusionAnswer> Excluded, bool IsYearly, bool IsClassing);

/// <summary>Readings that did not enter, by why.</summary>
internal sealed record ExclusionAnswer(string Reason, int Flag, int Count);

/// <summary>A month: its preliminary index, class, and the means.</summary>
internal sealed record MonthAnswer(
    string Period, string? Class, string? Index, string Direction, int Count, int Expected,
    IReadOnlyDictionary<string, string?> Means);

/// <summary>Makes the answers about sections.</summary>
internal static class SectionAnswers
{
    internal const int ShownDigits = 6;

    internal static string? Shown(decimal? number) => number is decimal d
        ? CanonicalAssessment.Plain(decimal.Round(d, ShownDigits, MidpointRounding.ToEven))
        : null;

    internal static BilingualName NameOf(string measurand) => Measurands.Find(measurand) is Measurand known
        ? new BilingualName(known.Chinese, known.English)
        : new BilingualName(measurand, measurand);

    internal static SectionTerms TermsOf(RiverProgramme p, RiverSection s) => new(
        p.Id, p.Version, BilingualName.Of(p.Title), p.Zone.Id, s.Target.Name(), CanonicalAssessment.Plain(s.AmountYuan)!,
        BilingualName.Of(s.BaselineLabel), p.IntervalHours, p.Index.Digits,
        CanonicalAssessment.Plain(p.Validity.MonthShareMin)!, BandSpan.Of(p, s), p.AssumptionsFor(s));

    internal static SectionJudgement? JudgementOf(LedgerView ledger, string section)
    {
        if (!ledger.Newest.TryGetValue(section, out var newest)) return null;
        (var entry, var n) = newest;
        using JsonDocument json = JsonDocument.Parse(ledger.At(n.Assessment)?.Body ?? "{}"u8.ToArray());
        JsonElement root = json.RootElement;
        return new SectionJudgement(
            n.Period, n.Class, n.TargetClass, n.Index, n.Direction, n.Amount, n.Status, n.Number, entry.Number,
            n.Assessment, entry.SealedAt.ToString(), Text(root, "payer"), Text(root, "payee"), Text(root, "bandRow"),
            root.TryGetProperty("reasons", out JsonElement why) ? [.. why.EnumerateArray().Select(r => r.GetString()!)] : [],
            CompositionOf(root));
    }

    /// <summary>The composition of an assessment's index; empty where the entry has another shape.</summary>
    internal static IReadOnlyList<IndexTermAnswer> CompositionOf(JsonElement assessment) =>
        assessment.TryGetProperty("terms", out JsonElement terms) ? [.. terms.EnumerateArray().Select(TermOf)] : [];

    internal static MeasurandAnswer FigureOf(RiverAssessment a, MeasurandFigure figure)
    {
        Measurand? known = Measurands.Find(figure.Measurand);
        ClassLimits? limits = a.Programme.Standard.Standard.Find(figure.Measurand, a.Programme.Water);
        bool isYearly = a.Programme.Index.Terms.Any(
            t => t.IsYearlyFigure && t.Parts.Any(p => p.Measurand == figure.Measurand));
        return new MeasurandAnswer(
            figure.Measurand, NameOf(figure.Measurand), known?.Symbol ?? figure.Measurand, known?.Unit ?? "",
            Shown(figure.Value), figure.Value is decimal mean ? limits?.ClassOf(mean).Name() : null,
            CanonicalAssessment.Plain(a.Section.Baseline.TryGetValue(figure.Measurand, out decimal b) ? b : null),
            limits is null ? [] : [.. limits.Limits.Select(l => CanonicalAssessment.Plain(l)!)], Sense(limits),
            figure.Count, figure.Expected, figure.BelowDetection,
            [.. figure.Excluded.Select(e => new ExclusionAnswer(e.Reason, (int)e.Flag, e.Count))], isYearly,
            a.Programme.ClassIndicators.Contains(figure.Measurand));
    }

    internal static MonthAnswer MonthOf(RiverAssessment a)
    {
        IEnumerable<MeasurandFigure> measured = a.Figures.Where(f => f.Months.Count > 0);
        return new MonthAnswer(
            a.Period.Label, a.MeasuredClass?.Name(), CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits),
            a.Direction.Name(), measured.Sum(f => f.Count), measured.Sum(f => f.Expected),
            measured.ToDictionary(f => f.Measurand, f => Shown(f.Value)));
    }

    private static IndexTermAnswer TermOf(JsonElement term)
    {
        string measurand = term.GetProperty("name").GetString()!;
        decimal? ratio = Number(term, "ratio"), weight = Number(term, "weight");
        return new IndexTermAnswer(
            measurand, NameOf(measurand), Measurands.Find(measurand)?.Unit ?? "", Shown(Number(term, "value")),
            Text(term, "baseline")!, Shown(ratio), Text(term, "weight")!, Shown(weight * ratio),
            term.GetProperty("count").GetInt32(), term.GetProperty("expected").GetInt32());
    }

    private static string? Sense(ClassLimits? limits) => limits?.Direction switch
    {
        LimitDirection.AtMost => "at-most",
        LimitDirection.AtLeast => "at-least",
        LimitDirection.Within => "within",
        _ => null,
    };

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private static decimal? Number(JsonElement json, string key) => Text(json, key) is string text
        ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
