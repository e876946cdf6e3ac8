using Monitor.Rules.WaterQuality;

namespace Monitor.Rules.Compensation;

/// <summary>One row of an agreement's table: for a class, an index in the interval has this result.</summary>
/// <param name="Id">Name of the row, printed on the notice.</param>
/// <param name="Class">The class that the row is for; null where the table knows no classes.</param>
/// <param name="Interval">The span of the index.</param>
/// <param name="Direction">The result; <see cref="Direction.UndefinedInSource"/> declares a hole of the source.</param>
/// <param name="Yuan">What is paid by this row; null where the section's own amount is.</param>
public sealed record BandRow(
    string Id, SurfaceWaterClass? Class, Interval Interval, Direction Direction, decimal? Yuan = null)
{
    /// <summary>Whether the row is for a class.</summary>
    public bool IsFor(SurfaceWaterClass? waterClass) => Class is null || Class == waterClass;
}

/// <summary>A hole or an overlap of a table.</summary>
/// <param name="Class">The class whose rows do not fit; null where the table knows no classes.</param>
/// <param name="Interval">The span that no row covers, or that two rows cover.</param>
/// <param name="First">The row before the hole, or one of the two; empty at the line's lower end.</param>
/// <param name="Second">The row after the hole, or the other of the two; empty at the line's upper end.</param>
/// <param name="IsOverlap">True for an overlap, false for a gap.</param>
public sealed record BandFault(SurfaceWaterClass? Class, Interval Interval, string First, string Second, bool IsOverlap);

/// <summary>The table that turns class and index into a result.</summary>
public static class BandTable
{
    /// <summary>
    /// The row of a class whose interval holds the index, compared exactly; null where the table has none. A table that
    /// passed <see cref="Check"/> has exactly one for each of its classes.
    /// </summary>
    public static BandRow? Find(IReadOnlyList<BandRow> rows, SurfaceWaterClass? waterClass, decimal index) =>
        rows.FirstOrDefault(r => r.IsFor(waterClass) && r.Interval.Contains(index));

    /// <summary>
    /// Walks the whole line of each class the table names, and returns every span that no row covers and every span that
    /// two rows cover, single points included.
    /// </summary>
    public static IReadOnlyList<BandFault> Check(IReadOnlyList<BandRow> rows) =>
        [.. rows.GroupBy(r => r.Class).OrderBy(g => g.Key)
            .SelectMany(group => IntervalLine.Check([.. group.Select(r => (r.Id, r.Interval))])
                .Select(f => new BandFault(group.Key, f.Interval, f.First, f.Second, f.IsOverlap)))];
}
