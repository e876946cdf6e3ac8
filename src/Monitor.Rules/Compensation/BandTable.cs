using Monitor.Rules.WaterQuality;

namespace Monitor.Rules.Compensation;

/// <summary>One row of an agreement's table: for a class, an index in the interval has this result.</summary>
/// <param name="Id">Name of the row, printed on the notice.</param>
/// <param name="Class">The class that the row is for.</param>
/// <param name="Interval">The span of the index.</param>
/// <param name="Direction">The result; <see cref="Direction.UndefinedInSource"/> declares a hole of the source.</param>
public sealed record BandRow(string Id, SurfaceWaterClass Class, Interval Interval, Direction Direction);

/// <summary>A hole or an overlap of a table.</summary>
/// <param name="Class">The class whose rows do not fit.</param>
/// <param name="Interval">The span that no row covers, or that two rows cover.</param>
/// <param name="First">The row before the hole, or one of the two; empty at the line's lower end.</param>
/// <param name="Second">The row after the hole, or the other of the two; empty at the line's upper end.</param>
/// <param name="IsOverlap">True for an overlap, false for a gap.</param>
public sealed record BandFault(SurfaceWaterClass Class, Interval Interval, string First, string Second, bool IsOverlap);

/// <summary>The table that turns class and index into a result.</summary>
public static class BandTable
{
    /// <summary>
    /// The row of a class whose interval holds the index, compared exactly; null where the table has none. A table that
    /// passed <see cref="Check"/> has exactly one for each of its classes.
    /// </summary>
    public static BandRow? Find(IReadOnlyList<BandRow> rows, SurfaceWaterClass waterClass, decimal index) =>
        rows.FirstOrDefault(r => r.Class == waterClass && r.Interval.Contains(index));

    /// <summary>
    /// Walks the whole line of each class the table names, and returns every span that no row covers and every span that
    /// two rows cover, single points included.
    /// </summary>
    public static IReadOnlyList<BandFault> Check(IReadOnlyList<BandRow> rows)
    {
        List<BandFault> faults = [];
        foreach (IGrouping<SurfaceWaterClass, BandRow> group in rows.GroupBy(r => r.Class).OrderBy(g => g.Key))
        {
            List<BandRow> ordered = [.. group];
            ordered.Sort((a, b) => CompareLow(a.Interval, b.Interval));
            BandRow? reach = null; // the row that reaches furthest so far
            foreach (BandRow row in ordered)
            {
                Interval? gap = Between(reach?.Interval, row.Interval);
                if (gap is not null) faults.Add(new BandFault(group.Key, gap, reach?.Id ?? "", row.Id, false));
                Interval? both = reach is null ? null : Intersect(reach.Interval, row.Interval);
                if (both is not null) faults.Add(new BandFault(group.Key, both, reach!.Id, row.Id, true));
                if (reach is null || CompareHigh(row.Interval, reach.Interval) > 0) reach = row;
            }
            Interval? rest = Between(reach?.Interval, null);
            if (rest is not null) faults.Add(new BandFault(group.Key, rest, reach?.Id ?? "", "", false));
        }
        return faults;
    }

    // The span strictly between the upper end of one and the lower end of the next; null ends are the line's ends.
    private static Interval? Between(Interval? before, Interval? after)
    {
        if (before is not null && before.High is null) return null;
        if (after is not null && after.Low is null) return null;
        var span = new Interval(
            before?.High, before is not null && !before.HighIncluded,
            after?.Low, after is not null && !after.LowIncluded);
        return span.IsEmpty ? null : span;
    }

    private static Interval? Intersect(Interval a, Interval b)
    {
        Interval low = CompareLow(a, b) >= 0 ? a : b;
        Interval high = CompareHigh(a, b) <= 0 ? a : b;
        var both = new Interval(low.Low, low.LowIncluded, high.High, high.HighIncluded);
        return both.IsEmpty ? null : both;
    }

    private static int CompareLow(Interval a, Interval b)
    {
        if (a.Low is null || b.Low is null) return (a.Low is null ? 0 : 1) - (b.Low is null ? 0 : 1);
        int order = a.Low.Value.CompareTo(b.Low.Value);
        return order != 0 ? order : (a.LowIncluded ? 0 : 1) - (b.LowIncluded ? 0 : 1);
    }

    private static int CompareHigh(Interval a, Interval b)
    {
        if (a.High is null || b.High is null) return (a.High is null ? 1 : 0) - (b.High is null ? 1 : 0);
        int order = a.High.Value.CompareTo(b.High.Value);
        return order != 0 ? order : (a.HighIncluded ? 1 : 0) - (b.HighIncluded ? 1 : 0);
    }
}
