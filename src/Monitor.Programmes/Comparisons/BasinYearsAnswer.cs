using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Comparisons;

/// <summary>A basin's years side by side, as they are shown; never sealed.</summary>
public sealed record BasinYearsAnswer(string Basin, IReadOnlyList<BasinRowAnswer> Rows)
{
    /// <summary>The answer.</summary>
    /// <param name="basin">Programme id.</param>
    /// <param name="compared">What was computed.</param>
    public static BasinYearsAnswer Of(string basin, ComparedBasin compared)
    {
        RiverProgramme? today = compared.Rows.FirstOrDefault(r => r.Terms is not null)?.Terms;
        return new BasinYearsAnswer(basin, [.. compared.Rows.Select(r => new BasinRowAnswer(
            YearsRowAnswer.NameOf(r.Terms, today), r.Terms is not null, r.Terms?.Version,
            r.Terms is null ? null : YearsWords.Of(r.Terms.Title), [.. r.Years.Select(BasinYearAnswer.Of)]))]);
    }
}

/// <summary>A basin's row: one set of terms over the years.</summary>
public sealed record BasinRowAnswer(
    string Terms, bool WhatIf, string? Version, YearsWords? Title, IReadOnlyList<BasinYearAnswer> Years);

/// <summary>One year of a basin's row; a what-if's money is never added to what was sealed.</summary>
/// <remarks>
/// <c>Classes</c>, <c>Directions</c>: Sections by class and by direction. <c>DownstreamPays</c>, <c>UpstreamPays</c>: Yuan in
/// all, each direction by itself, without drafts. <c>Drafts</c>: Sections with a sealed draft only, which nobody pays by yet;
/// <c>DraftDownstreamPays</c>, <c>DraftUpstreamPays</c>: what these ask for.
/// </remarks>
public sealed record BasinYearAnswer(
    int Year, int Sections, IReadOnlyDictionary<string, int> Classes, IReadOnlyDictionary<string, int> Directions,
    string DownstreamPays, string UpstreamPays, BasinChangeAnswer? Change, int Drafts,
    string DraftDownstreamPays, string DraftUpstreamPays)
{
    internal static BasinYearAnswer Of(BasinYear y) => new(
        y.Year, y.Sections, y.Classes.ToDictionary(c => c.Key.Name(), c => c.Value),
        y.Directions.ToDictionary(d => d.Key.Name(), d => d.Value), CanonicalAssessment.Plain(y.DownstreamYuan)!,
        CanonicalAssessment.Plain(y.UpstreamYuan)!, y.Change is null ? null : BasinChangeAnswer.Of(y.Change), y.Drafts,
        CanonicalAssessment.Plain(y.DraftYuan.Downstream)!, CanonicalAssessment.Plain(y.DraftYuan.Upstream)!);
}

/// <summary>How many sections changed beside the year before, and the mean change of their index.</summary>
public sealed record BasinChangeAnswer(
    int ClassBetter, int ClassSame, int ClassWorse, int IndexLower, int IndexSame, int IndexHigher, string? IndexMean, int Unsaid)
{
    private const int ShownDigits = 6;

    internal static BasinChangeAnswer Of(BasinYearChange c) => new(
        c.ClassBetter, c.ClassSame, c.ClassWorse, c.IndexLower, c.IndexSame, c.IndexHigher,
        c.IndexMean is decimal mean
            ? CanonicalAssessment.Plain(decimal.Round(mean, ShownDigits, MidpointRounding.ToEven))
            : null,
        c.Unsaid);
}
