using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Comparisons;

/// <summary>A section's years side by side, as they are shown; never sealed.</summary>
/// <remarks><c>Rows</c>: What was sealed first, where anything was; then today's terms, then other rounds.</remarks>
public sealed record YearsAnswer(string Section, YearsWords Name, IReadOnlyList<YearsRowAnswer> Rows)
{
    /// <summary>The answer.</summary>
    public static YearsAnswer Of(ComparedSection compared) => new(
        compared.Section, YearsWords.Of(compared.Name), [.. compared.Rows.Select(r => YearsRowAnswer.Of(r, First(compared)))]);

    // Today's terms are the first that are given.
    private static RiverProgramme? First(ComparedSection compared) =>
        compared.Rows.FirstOrDefault(r => r.Terms is not null)?.Terms;
}

/// <summary>A sentence in both languages.</summary>
public sealed record YearsWords(string Zh, string En)
{
    /// <summary>The sentence.</summary>
    public static YearsWords Of(Bilingual words) => new(words.Chinese, words.English);
}

/// <summary>A row: one set of terms over the years.</summary>
/// <remarks>
/// <c>Terms</c>: <c>sealed</c>, <c>today</c> or <c>round</c>. <c>WhatIf</c>: Whether it was judged for this comparison only.
/// <c>Programme</c>, <c>Version</c>, <c>Title</c>: Null of what was sealed, where each year has its own.
/// </remarks>
public sealed record YearsRowAnswer(
    string Terms, bool WhatIf, string? Programme, string? Version, YearsWords? Title, IReadOnlyList<YearAnswer> Years)
{
    internal static YearsRowAnswer Of(ComparedRow row, RiverProgramme? today) => new(
        NameOf(row.Terms, today), row.Terms is not null, row.Terms?.Id, row.Terms?.Version,
        row.Terms is null ? null : YearsWords.Of(row.Terms.Title), [.. row.Years.Select(YearAnswer.Of)]);

    internal static string NameOf(RiverProgramme? terms, RiverProgramme? today) =>
        terms is null ? "sealed" : ReferenceEquals(terms, today) ? "today" : "round";
}

/// <summary>One year of a row.</summary>
/// <remarks>
/// <c>Entry</c>: The entry that sealed it. <c>Status</c>: <c>draft</c> or <c>issued</c>. Both null of a what-if.
/// <c>Absent</c>: Why there is no result. <c>Change</c>: Beside the nearest year before it. <c>Against</c>: Beside the same year
/// by the terms that count.
/// </remarks>
public sealed record YearAnswer(
    int Year, string? Version, long? Entry, string? Status, string? TargetClass, string? Class, string? Index,
    string? Direction, string? Amount,
    IReadOnlyList<YearsWords> Reasons, YearsWords? Absent, YearChangeAnswer? Change, YearAgainstAnswer? Against)
{
    internal static YearAnswer Of(ComparedYear y)
    {
        YearResult? r = y.Result;
        return new YearAnswer(
            y.Year, r?.Version, r?.Entry, r is { IsWhatIf: false } ? r.IsDraft ? "draft" : "issued" : null, r?.Target.Name(),
            r?.Class?.Name(), r?.Index?.ToString(Invariant), r?.Direction.Name(),
            CanonicalAssessment.Plain(r?.Yuan), [.. (r?.Reasons ?? []).Select(YearsWords.Of)],
            y.Absent is null ? null : YearsWords.Of(y.Absent),
            y.Change is null ? null : YearChangeAnswer.Of(y.Change),
            y.Against is null ? null : YearAgainstAnswer.Of(y.Against));
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}

/// <summary>What changed from a year before.</summary>
/// <remarks>
/// <c>ClassChange</c>: <c>none</c>, <c>better</c>, <c>much-better</c>, <c>worse</c>, <c>much-worse</c>. <c>Steps</c>: Above 0 is
/// worse. <c>Yuan</c>: By how much more the downstream side pays. Null where it cannot be said; <c>Unsaid</c> says why.
/// </remarks>
public sealed record YearChangeAnswer(
    int From, string? ClassChange, int? Steps, string? Index, string? Yuan, IReadOnlyList<YearsWords> Unsaid)
{
    internal static YearChangeAnswer Of(YearChange c) => new(
        c.From, c.Class is ClassChange change ? NameOf(change) : null, c.Steps, CanonicalAssessment.Plain(c.Index),
        CanonicalAssessment.Plain(c.Yuan), [.. c.Unsaid.Select(YearsWords.Of)]);

    private static string NameOf(ClassChange change) => change switch
    {
        Rules.WaterQuality.ClassChange.Better => "better",
        Rules.WaterQuality.ClassChange.MuchBetter => "much-better",
        Rules.WaterQuality.ClassChange.Worse => "worse",
        Rules.WaterQuality.ClassChange.MuchWorse => "much-worse",
        _ => "none",
    };
}

/// <summary>A what-if beside the result that counts.</summary>
/// <remarks>
/// <c>WhatIf</c>: Whether the result that counts is not sealed either. <c>Entry</c>: The entry that sealed it; null where none
/// did. <c>Outcome</c>: <c>same</c>, <c>changed</c>, or null where the two cannot be compared.
/// </remarks>
public sealed record YearAgainstAnswer(string Version, bool WhatIf, long? Entry, string? Outcome,
    IReadOnlyList<YearsWords> Unsaid)
{
    internal static YearAgainstAnswer Of(YearAgainst a) => new(
        a.Version, a.Entry is null, a.Entry, a.IsSame is bool same ? same ? "same" : "changed" : null,
        [.. a.Unsaid.Select(YearsWords.Of)]);
}
