namespace Monitor.Programmes.Definitions;

/// <summary>One thing that is judged by itself: a whole milestone, or a part of a yearly one.</summary>
/// <param name="Milestone">The milestone.</param>
/// <param name="Part">Id of the part; null for the whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Criterion">What shows it.</param>
public sealed record MilestonePart(Milestone Milestone, string? Part, Bilingual Name, Criterion Criterion)
{
    /// <summary>Names it in keys, entries and on the command line: <c>cover</c>, or <c>year-1.hydrology</c>.</summary>
    public string Path => Part is null ? Milestone.Id : $"{Milestone.Id}.{Part}";

    /// <summary>Whether it is the milestone, so that its credits follow when it passes.</summary>
    public bool IsWhole => Part is null;

    /// <summary>A milestone as a whole.</summary>
    public static MilestonePart Whole(Milestone milestone) => new(milestone, null, milestone.Name, milestone.Criterion);

    /// <summary>A milestone, and where it is yearly its parts after it.</summary>
    public static IEnumerable<MilestonePart> Of(Milestone milestone) =>
    [
        Whole(milestone),
        .. milestone.Criterion is ByYear year
            ? year.Parts.Select(p => new MilestonePart(milestone, p.Id, p.Name, p.Criterion))
            : [],
    ];
}
