using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Comparisons;

/// <summary>
/// All sections' years together, row by row: what was sealed is never added to a what-if, nor one direction to the other.
/// </summary>
/// <param name="Rows">The rows, in the order in which the sections have them.</param>
public sealed record ComparedBasin(IReadOnlyList<BasinRow> Rows)
{
    /// <summary>Sums the sections of one programme.</summary>
    /// <param name="sections">The sections, of the same years and terms.</param>
    public static ComparedBasin Of(IReadOnlyList<ComparedSection> sections) => new(
    [
        .. sections.SelectMany(s => s.Rows)
            .GroupBy(r => r.Terms?.Text.Sha256)
            // What was sealed first: a section whose years nobody judged has no such row.
            .OrderBy(g => g.Key is null ? 0 : 1)
            .Select(g => new BasinRow(g.First().Terms, Years([.. g]))),
    ]);

    private static IReadOnlyList<BasinYear> Years(IReadOnlyList<ComparedRow> rows) =>
    [
        .. rows.SelectMany(r => r.Years).GroupBy(y => y.Year).OrderBy(g => g.Key)
            .Select(g => BasinYear.Of(g.Key, [.. g])),
    ];
}

/// <summary>A basin's years by one set of terms, or as they were sealed.</summary>
/// <param name="Terms">The terms; null for what was sealed.</param>
/// <param name="Years">The years, in order.</param>
public sealed record BasinRow(RiverProgramme? Terms, IReadOnlyList<BasinYear> Years);

/// <summary>One year of a basin's row.</summary>
/// <param name="Year">The civil year.</param>
/// <param name="Sections">Sections with a result.</param>
/// <param name="Classes">How many of them have which class.</param>
/// <param name="Directions">How many have which direction.</param>
/// <param name="DownstreamYuan">What downstream sides pay in all.</param>
/// <param name="UpstreamYuan">What upstream sides pay in all.</param>
/// <param name="Change">Beside the year before; null where no section has one.</param>
/// <param name="Drafts">How many of the sections have a sealed draft only; their yuan are in no sum.</param>
/// <param name="DraftYuan">What these drafts ask for, whoever pays: downstream, then upstream.</param>
public sealed record BasinYear(
    int Year, int Sections, IReadOnlyDictionary<SurfaceWaterClass, int> Classes,
    IReadOnlyDictionary<Direction, int> Directions, decimal DownstreamYuan, decimal UpstreamYuan, BasinYearChange? Change,
    int Drafts, (decimal Downstream, decimal Upstream) DraftYuan)
{
    internal static BasinYear Of(int year, IReadOnlyList<ComparedYear> cells)
    {
        YearResult[] results = [.. cells.Where(c => c.Result is not null).Select(c => c.Result!)];
        ILookup<bool, YearResult> byDraft = results.ToLookup(r => r.IsDraft);
        return new BasinYear(
            year, results.Length,
            results.Where(r => r.Class is not null).GroupBy(r => r.Class!.Value).OrderBy(g => g.Key)
                .ToDictionary(g => g.Key, g => g.Count()),
            results.GroupBy(r => r.Direction).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count()),
            Paid(byDraft[false], Direction.DownstreamPays), Paid(byDraft[false], Direction.UpstreamPays),
            BasinYearChange.Of([.. cells.Where(c => c.Change is not null).Select(c => c.Change!)]), byDraft[true].Count(),
            (Paid(byDraft[true], Direction.DownstreamPays), Paid(byDraft[true], Direction.UpstreamPays)));
    }

    private static decimal Paid(IEnumerable<YearResult> results, Direction direction) =>
        results.Where(r => r.Direction == direction).Sum(r => r.Yuan ?? 0);
}

/// <summary>How many of a basin's sections changed, and in which way.</summary>
/// <param name="ClassBetter">Sections of a better class than the year before.</param>
/// <param name="ClassSame">Of the same.</param>
/// <param name="ClassWorse">Of a worse one.</param>
/// <param name="IndexLower">Sections whose index fell.</param>
/// <param name="IndexSame">Whose index is the same.</param>
/// <param name="IndexHigher">Whose index rose.</param>
/// <param name="IndexMean">Mean of the changes that can be said, unrounded; null where none can.</param>
/// <param name="Unsaid">Sections of which something cannot be said.</param>
public sealed record BasinYearChange(
    int ClassBetter, int ClassSame, int ClassWorse, int IndexLower, int IndexSame, int IndexHigher, decimal? IndexMean,
    int Unsaid)
{
    internal static BasinYearChange? Of(IReadOnlyList<YearChange> changes)
    {
        if (changes.Count == 0) return null;
        decimal[] moved = [.. changes.Where(c => c.Index is not null).Select(c => c.Index!.Value)];
        return new BasinYearChange(
            changes.Count(c => c.Steps < 0), changes.Count(c => c.Steps == 0), changes.Count(c => c.Steps > 0),
            moved.Count(m => m < 0), moved.Count(m => m == 0), moved.Count(m => m > 0),
            moved.Length > 0 ? moved.Sum() / moved.Length : null, changes.Count(c => c.Unsaid.Count > 0));
    }
}
