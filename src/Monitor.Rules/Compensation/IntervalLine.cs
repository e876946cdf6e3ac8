namespace Monitor.Rules.Compensation;

/// <summary>A hole or an overlap on the line.</summary>
/// <param name="Interval">The span that nothing covers, or that two cover.</param>
/// <param name="First">What stands before the hole, or one of the two; empty at the line's lower end.</param>
/// <param name="Second">What stands after the hole, or the other of the two; empty at the line's upper end.</param>
/// <param name="IsOverlap">True for an overlap, false for a gap.</param>
public sealed record LineFault(Interval Interval, string First, string Second, bool IsOverlap);

/// <summary>Whether intervals cover the number line once, from end to end.</summary>
public static class IntervalLine
{
    /// <summary>
    /// Walks the whole line and returns every span that no interval covers and every span that two cover, single points
    /// included. Nothing at all leaves the whole line.
    /// </summary>
    public static IReadOnlyList<LineFault> Check(IReadOnlyList<(string Id, Interval Interval)> rows)
    {
        List<LineFault> faults = [];
        List<(string Id, Interval Interval)> ordered = [.. rows];
        ordered.Sort((a, b) => CompareLow(a.Interval, b.Interval));
        (string Id, Interval? Interval) reach = ("", null); // what reaches furthest so far
        foreach ((string id, Interval interval) in ordered)
        {
            Interval? gap = Between(reach.Interval, interval);
            if (gap is not null) faults.Add(new LineFault(gap, reach.Id, id, false));
            Interval? both = reach.Interval is null ? null : Intersect(reach.Interval, interval);
            if (both is not null) faults.Add(new LineFault(both, reach.Id, id, true));
            if (reach.Interval is null || CompareHigh(interval, reach.Interval) > 0) reach = (id, interval);
        }
        Interval? rest = Between(reach.Interval, null);
        if (rest is not null) faults.Add(new LineFault(rest, reach.Id, "", false));
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
